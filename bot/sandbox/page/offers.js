// What the composer offers while one types: commands from the bot's menu, results of "@the_bot words".

import { html, useEffect, useRef, useState } from "/page/vendor/htm-preact-standalone.module.js";
import { act } from "/page/link.js";

const MOST = 8;

export function Offers({ offers, at, take, text }) {
  const list = useRef(null);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  return html`<ul class="offers" id="offers" role="listbox" aria-label=${text.say("commands")} ref=${list} hidden=${!offers.length}>
    ${offers.map((offer, index) => html`<li key=${offer.key} id=${`offer-${index}`} role="option" aria-selected=${index === at}
      onMouseDown=${(event) => { event.preventDefault(); take(offer); }}>
      <strong>${offer.title}</strong><span>${offer.about}</span></li>`)}
  </ul>`;
}

export function offered(words, world, chat, found) {
  if (found.results.length) {
    return found.results.map(({ id, title, description }) => ({
      key: id, title, about: description, result: id, inline: found.inline,
    }));
  }
  const typed = /^[/／]([A-Za-z0-9_]*)$/.exec(words);
  if (!typed) return [];
  const suffix = chat.private || chat.mention ? "" : `@${world.bot.username}`;
  const before = chat.mention && !chat.private ? `@${chat.mention} ` : "";
  return chat.commands
    .filter(({ command }) => command.startsWith(typed[1].toLowerCase()))
    .slice(0, 40)
    .map(({ command, description }) => ({
      key: command, title: `/${command}`, about: description, fill: `${before}/${command}${suffix} `,
    }));
}

// "@the_bot words" asks the bot for results, a moment after the last key.
export function useInline(words, world, chat) {
  const [found, setFound] = useState({ results: [] });
  const query = new RegExp(`^@${world.bot.username}\\s+(.+)$`, "s").exec(words)?.[1];
  useEffect(() => {
    setFound({ results: [] });
    if (!query) return undefined;
    let current = true;
    const ask = async () => {
      const answer = await act("inline", { person: world.me, chat: chat.id, query });
      if (current) setFound({ ...answer, results: answer.results.slice(0, MOST) });
    };
    const timer = setTimeout(() => ask().catch(() => setFound({ results: [] })), 350);
    return () => { current = false; clearTimeout(timer); };
  }, [query]);
  return found;
}
