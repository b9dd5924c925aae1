// The left side: who you are, which chats there are.

import { html, useEffect, useRef } from "/page/vendor/htm-preact-standalone.module.js";
import { Avatar, Icon, Platform } from "/page/parts.js";
import { hour } from "/page/texts.js";

export function Side({ world, chat, me, text, deeds, drawer, close, chooseLanguage }) {
  const panel = useRef(null);
  useEffect(() => { if (drawer) panel.current.querySelector("button").focus(); }, [drawer]);
  const escape = (event) => { if (event.key === "Escape") close(); };
  return html`
    <div class="scrim" onClick=${close}></div>
    <aside class="side" id="side" ref=${panel} onKeyDown=${escape} aria-label=${text.say("chats")}>
      <div class="brand">
        <img src="/page/icon.svg" alt="" width="34" height="34" />
        <div class="brand-name"><strong>${text.say("title")}</strong>
          <span class="badge" title=${text.say("badge_more")}><${Icon} name="lock" />${text.say("badge")}</span></div>
        <button type="button" class="plain language" lang=${text.other}
          onClick=${() => chooseLanguage(text.other)}>${text.say("language")}</button>
        <button type="button" class="plain only-narrow" aria-label=${text.say("close_chats")} onClick=${close}>
          <${Icon} name="close" /></button>
      </div>
      <h2 id="who">${text.say("you_are")}</h2>
      <div class="people" role="group" aria-labelledby="who">
        ${world.people.map((person) => html`<${Face} key=${person.id} person=${person} me=${me} text=${text} deeds=${deeds} />`)}
      </div>
      <h2>${text.say("chats")}</h2>
      <nav class="chats" aria-label=${text.say("chats")}>
        ${world.chats.map((one) => html`<${Row} key=${one.id} one=${one} open=${one.id === chat.id}
          world=${world} text=${text} deeds=${deeds} />`)}
      </nav>
      <p class="small-print">${text.say("badge_more")}</p>
    </aside>`;
}

function Face({ person, me, text, deeds }) {
  const chosen = person.id === me.id;
  return html`<button type="button" class="face" aria-pressed=${chosen} onClick=${() => deeds.become(person.id)}>
    <${Avatar} who=${person} /><span class="face-name">${person.name}</span>
    <span class="face-role">${text.say(person.leads ? "leader" : person.platform ? `platform_${person.platform}` : "teacher")}</span></button>`;
}

function Row({ one, open, world, text, deeds }) {
  const last = one.messages.at(-1);
  const who = one.private ? { ...world.bot, bot: true } : { id: one.id, name: one.title, many: true };
  const words = last ? preview(last, text) : text.say("no_messages");
  return html`<button type="button" class="row" aria-current=${open ? "page" : undefined} onClick=${() => deeds.open(one.id)}>
    <${Avatar} who=${who} />
    <span class="row-title"><span>${one.title}</span><${Platform} of=${one.platform} text=${text} />${one.private ? html`<${Icon} name="lock" />` : html`<${Icon} name="group" />`}</span>
    <span class="row-time">${last ? hour(last.date, world.clock.zone, text.language) : ""}</span>
    <span class="row-last">${words}</span></button>`;
}

export function preview(message, text) {
  if (message.service) return text.say(message.service.kind, { names: message.service.names.join("、") });
  const label = message.file ? `[${text.say(message.file.image ? "photo" : "file")}] ${message.file.name}` : "";
  return `${message.from.name}: ${label}${label && message.text ? " " : ""}${message.text}`;
}
