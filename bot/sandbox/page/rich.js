// Text with entities as nodes of the page. Offsets count UTF-16 units, as strings here do.

import { html } from "/page/vendor/htm-preact-standalone.module.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const LINKS = {
  text_link: (entity) => entity.url,
  url: (entity, text) => (/^https?:/.test(text) ? text : `https://${text}`),
  email: (entity, text) => `mailto:${text}`,
};

export function rich(text, entities, deeds) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, sorted, deeds);
}

function nodes(text, start, end, entities, deeds) {
  const made = [];
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const stop = Math.min(first.offset + first.length, end);
    const inner = others.filter((one) => one.offset < stop);
    rest = others.filter((one) => one.offset >= stop);
    if (first.offset > start) made.push(text.slice(start, first.offset));
    made.push(wrap(first, text.slice(first.offset, stop), nodes(text, first.offset, stop, inner, deeds), deeds));
    start = BLOCKS.has(first.type) && text[stop] === "\n" ? stop + 1 : stop;
  }
  if (start < end) made.push(text.slice(start, end));
  return made;
}

function wrap(entity, text, inside, deeds) {
  const { type } = entity;
  if (LINKS[type]) return anchor(LINKS[type](entity, text), inside, deeds);
  if (type === "bot_command") {
    return html`<button type="button" class="inline-command" onClick=${() => deeds.fill(`${text} `)}>${inside}</button>`;
  }
  if (type === "hashtag" || type.includes("mention")) return html`<span class="mark">${inside}</span>`;
  if (type === "spoiler") return html`<span class="spoiler" tabindex="0">${inside}</span>`;
  const Tag = TAGS[type];
  return Tag ? html`<${Tag}>${inside}</${Tag}>` : inside;
}

export function anchor(href, inside, deeds, look = "link") {
  if (!/^(https?:|mailto:|tg:)/.test(href)) return html`<span>${inside}</span>`;
  const own = deepLink(href, deeds.username);
  const press = own !== null ? (event) => { event.preventDefault(); deeds.start(own); } : undefined;
  return html`<a class=${look} href=${href} target="_blank" rel="noopener noreferrer" onClick=${press}>${inside}</a>`;
}

// What t.me/<the bot>?start=… carries, or null when the link leads elsewhere.
function deepLink(href, username) {
  let url;
  try { url = new URL(href); } catch { return null; }
  const name = url.protocol === "tg:" ? url.searchParams.get("domain") : url.host === "t.me" && url.pathname.slice(1);
  if (!name || name.toLowerCase() !== username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}
