// Small parts used in several places.

import { html } from "/page/vendor/htm-preact-standalone.module.js";

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-6 16-3-6.5L4 12z",
  clip: "M20 11.5l-8 8a5 5 0 01-7-7l8.500-8.500a3.400 3.400 0 015 5L10 17.500a1.700 1.700 0 01-2.500-2.500l7.500-7.500",
  reply: "M10 7L4 12l6 5v-3.500c5 0 8 1 10 4.500-.5-5.500-3.500-9-10-9.500V7z",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 016 0v3",
  group: "M9 11a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 010 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500",
  clock: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3.500 2",
  flag: "M5 21V4h13l-3 4.500 3 4.500H5",
  check: "M5 12.500l4.500 4.500L19 7.500",
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}

export function Avatar({ who, small }) {
  const look = who.bot ? "bot" : who.many ? "many" : `hue-${who.hue ?? 0}`;
  return html`<span class=${`avatar ${look} ${small ? "small" : ""}`} aria-hidden="true">${[...who.name][0]}</span>`;
}

// Which platform a chat is on; the pretend Telegram, where the page began, needs no sign.
export function Platform({ of, text }) {
  if (!of || of === "telegram") return null;
  return html`<small class="platform">${text.say(`platform_${of}`)}</small>`;
}
