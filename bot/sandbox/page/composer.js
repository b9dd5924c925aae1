// Where one writes: text, a reply, a file; commands are completed from the bot's menu.

import { html, useEffect, useRef, useState } from "/page/vendor/htm-preact-standalone.module.js";
import { act } from "/page/link.js";
import { Offers, offered, useInline } from "/page/offers.js";
import { Icon } from "/page/parts.js";
import { preview } from "/page/side.js";
import { size } from "/page/texts.js";

export function Composer(given) {
  const { text, reply, setReply, chat } = given;
  const pen = usePen(given);
  const { words, file, offers, at, area } = pen;
  const prompt = text.say(chat.private ? "write_private" : chat.mention ? "write_mention" : "write_group");
  return html`<form class="composer" onSubmit=${(event) => { event.preventDefault(); pen.send(); }}>
    <${Offers} offers=${offers} at=${at} take=${pen.take} text=${text} />
    ${reply ? html`<${Strip} icon="reply" title=${text.say("reply_to", { name: reply.from.name })}
      words=${preview(reply, text)} label=${text.say("unreply")} drop=${() => setReply(null)} />` : null}
    ${file ? html`<${Strip} icon="file" title=${file.name} words=${size(file.size)}
      label=${text.say("unattach")} drop=${() => pen.setFile(null)} />` : null}
    <div class="composer-line">
      <label class="plain attach" title=${text.say("attach")}><${Icon} name="clip" />
        <input type="file" aria-label=${text.say("attach")}
          onChange=${(event) => { pen.setFile(event.target.files[0] ?? null); event.target.value = ""; }} /></label>
      <textarea rows="1" ref=${area} value=${words} maxlength="4096" enterkeyhint="send"
        placeholder=${prompt} aria-label=${prompt}
        role="combobox" aria-expanded=${offers.length > 0} aria-controls="offers" aria-autocomplete="list"
        aria-activedescendant=${offers.length ? `offer-${at}` : undefined}
        onInput=${(event) => pen.setWords(event.target.value)} onKeyDown=${pen.key}></textarea>
      <button type="submit" class="send" aria-label=${text.say("send")} disabled=${!words.trim() && !file}>
        <${Icon} name="send" /></button>
    </div>
  </form>`;
}

// The words and the file in hand, what is offered for them, and what the keys do.
function usePen({ world, chat, deeds, draft, taken, reply, setReply }) {
  const [words, setWords] = useState("");
  const [file, setFile] = useState(null);
  const [dismissed, setDismissed] = useState("");
  const [at, setAt] = useState(0);
  const area = useRef(null);
  const found = useInline(words, world, chat);
  const offers = dismissed === words ? [] : offered(words, world, chat, found);
  const put = (line) => { setWords(line); setDismissed(line); area.current.focus(); };
  useEffect(() => { if (draft?.chat === chat.id) { taken(); put(draft.text); } }, [draft]);
  useEffect(() => { if (reply) area.current.focus(); }, [reply]);
  useEffect(() => { grow(area.current); setAt(0); }, [words]);
  useForced(chat, setReply);
  const take = (offer) => {
    if (!offer.result) return put(offer.fill);
    setWords("");
    return act("choose", { person: world.me, chat: chat.id, inline: offer.inline, result: offer.result });
  };
  const send = async () => {
    if (!words.trim() && !file) return;
    setWords("");
    setFile(null);
    if (!(await deeds.send(words.trim(), file))) { setWords(words); setFile(file); }
  };
  const key = keyboard({ offers, at, setAt, take, send, dismiss: () => setDismissed(words), drop: () => setReply(null) });
  return { words, setWords, file, setFile, offers, at, area, take, send, key };
}

function keyboard({ offers, at, setAt, take, send, dismiss, drop }) {
  const choosing = {
    ArrowDown: () => setAt((at + 1) % offers.length),
    ArrowUp: () => setAt((at + offers.length - 1) % offers.length),
    Tab: () => take(offers[at]),
    Enter: () => take(offers[at]),
    Escape: dismiss,
  };
  const writing = { Enter: send, Escape: drop };
  return (event) => {
    if (event.isComposing || event.keyCode === 229 || event.shiftKey) return; // an input method is at work
    const deed = (offers.length ? choosing : writing)[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  };
}

function Strip({ icon, title, words, label, drop }) {
  return html`<div class="strip"><${Icon} name=${icon} /><span class="strip-words"><strong>${title}</strong><span>${words}</span></span>
    <button type="button" class="plain" aria-label=${label} onClick=${drop}><${Icon} name="close" /></button></div>`;
}

// A message that asks for a reply opens the reply by itself, once.
function useForced(chat, setReply) {
  const last = chat.messages.at(-1);
  const seen = useRef(last?.id);
  useEffect(() => {
    if (last && last.id !== seen.current && last.force_reply) setReply(last);
    seen.current = last?.id;
  }, [last?.id]);
}

function grow(area) {
  area.rows = 1;
  const line = parseFloat(getComputedStyle(area).lineHeight);
  area.rows = Math.min(6, Math.max(1, Math.round((area.scrollHeight - 18) / line)));
}
