// One chat: who sees it, and what was said.

import { html, useEffect, useLayoutEffect, useRef } from "/page/vendor/htm-preact-standalone.module.js";
import { Avatar, Icon, Platform } from "/page/parts.js";
import { anchor, rich } from "/page/rich.js";
import { preview } from "/page/side.js";
import { day, hour, size } from "/page/texts.js";

export function Header({ world, chat, text, openDrawer }) {
  const who = chat.private ? { ...world.bot, bot: true } : { id: chat.id, name: chat.title, many: true };
  const some = chat.platform === "telegram" ? "group_bot_some" : "group_bot_mentioned";
  const bot = chat.bot ? (chat.sees_all ? "group_bot_all" : some) : "bot_gone";
  const lines = chat.private ? [text.say("private_who")] : [text.say("group_who"), text.say(bot)];
  return html`<header class="header">
    <button type="button" class="plain only-narrow" aria-controls="side" aria-label=${text.say("open_chats")}
      onClick=${openDrawer}><${Icon} name="menu" /></button>
    <${Avatar} who=${who} />
    <div class="header-words">
      <h1>${chat.title}<${Platform} of=${chat.platform} text=${text} />${chat.private ? null : html`<small>${text.say("group_members", { count: chat.members })}</small>`}</h1>
      <p class="who-sees"><${Icon} name=${chat.private ? "lock" : "group"} />${lines.map((line) => html`<span key=${line}>${line}</span>`)}</p>
    </div>
  </header>`;
}

export function Conversation({ world, chat, text, deeds }) {
  const box = useRef(null);
  const count = chat.messages.length;
  const stamp = chat.messages.at(-1)?.text.length ?? 0;
  useLayoutEffect(() => { box.current.scrollTop = box.current.scrollHeight; }, [count, stamp, world.me]);
  useEffect(() => {
    const stay = new ResizeObserver(() => { box.current.scrollTop = box.current.scrollHeight; });
    stay.observe(box.current);
    return () => stay.disconnect();
  }, []);
  return html`<section class="log" role="log" aria-live="polite" aria-label=${chat.title} tabindex="0" ref=${box}>
    ${count ? null : html`<${Empty} chat=${chat} text=${text} deeds=${deeds} />`}
    ${chat.messages.map((message, index) => html`
      <${Day} key=${`day-${message.id}`} message=${message} before=${chat.messages[index - 1]} world=${world} text=${text} />
      ${message.service
        ? html`<p class="service" key=${message.id}>${preview(message, text)}</p>`
        : html`<${Bubble} key=${message.id} message=${message} before=${chat.messages[index - 1]} chat=${chat}
            world=${world} text=${text} deeds=${deeds} />`}`)}
  </section>`;
}

function Empty({ chat, text, deeds }) {
  if (!chat.private) return html`<p class="empty">${text.say("no_messages")}</p>`;
  return html`<div class="empty"><p>${text.say("private_new")}</p>
    <button type="button" class="main-button" onClick=${() => deeds.start("")}>${text.say("begin")}</button></div>`;
}

function Day({ message, before, world, text }) {
  const name = day(message.date, world.clock, text);
  const same = before && day(before.date, world.clock, text) === name;
  return same ? null : html`<p class="day"><span>${name}</span></p>`;
}

function Bubble({ message, before, chat, world, text, deeds }) {
  const follows = before && !before.service && before.from.id === message.from.id && message.date - before.date < 600;
  const look = `message ${message.mine ? "mine" : ""} ${follows ? "follows" : ""} ${message.from.bot ? "from-bot" : ""}`;
  return html`<article class=${look} id=${`message-${message.id}`} aria-label=${message.from.name}>
    ${message.mine ? null : html`<${Avatar} who=${message.from} />`}
    <div class="body">
      <div class="bubble">
        ${follows || message.mine ? null : html`<${Name} message=${message} text=${text} />`}
        <${Quote} message=${message} chat=${chat} text=${text} />
        <${File} file=${message.file} text=${text} />
        ${message.text ? html`<div class="text">${rich(message.text, message.entities, deeds)}</div>` : null}
        <${Foot} message=${message} world=${world} text=${text} />
      </div>
      <${Buttons} message=${message} deeds=${deeds} />
      <${Unseen} message=${message} chat=${chat} world=${world} text=${text} />
    </div>
    <button type="button" class="plain reply-button" onClick=${() => deeds.reply(message)}
      aria-label=${text.say("reply_to", { name: message.from.name })} title=${text.say("reply")}><${Icon} name="reply" /></button>
  </article>`;
}

function Name({ message, text }) {
  const label = message.from.bot ? html`<span class="bot-label">${text.say("bot_label")}</span>` : null;
  return html`<p class=${`name ${message.from.bot ? "bot" : `name-${message.from.hue ?? 0}`}`}>${message.from.name}${label}</p>`;
}

function Quote({ message, chat, text }) {
  const original = message.reply_to && chat.messages.find((one) => one.id === message.reply_to);
  if (!original) return null;
  const show = () => document.getElementById(`message-${original.id}`)?.scrollIntoView({ block: "center" });
  return html`<button type="button" class="quote" onClick=${show}>
    <strong>${original.from.name}</strong><span>${original.text || preview(original, text)}</span></button>`;
}

function File({ file, text }) {
  if (!file) return null;
  const source = `/sandbox/file/${file.id}`;
  if (file.image) return html`<a class="picture" href=${source} target="_blank"><img src=${source} alt=${text.say("photo")} /></a>`;
  return html`<a class="file" href=${source} download=${file.name}><span class="file-icon"><${Icon} name="file" /></span>
    <span class="file-name">${file.name}</span><span class="file-size">${size(file.size)}</span></a>`;
}

function Foot({ message, world, text }) {
  return html`<p class="foot">
    ${message.reactions.map((emoji, index) => html`<span class="reaction" key=${index}>${emoji}</span>`)}
    ${message.via ? html`<span>${text.say("via")}</span>` : null}
    ${message.edited ? html`<span>${text.say("edited")}</span>` : null}
    <time>${hour(message.date, world.clock.zone, text.language)}</time></p>`;
}

function Buttons({ message, deeds }) {
  if (!message.buttons.length) return null;
  return html`<div class="buttons">${message.buttons.map((row, index) => html`<div class="button-row" key=${index}>
    ${row.map((button) => html`<${Button} key=${button.text} button=${button} message=${message} deeds=${deeds} />`)}
  </div>`)}</div>`;
}

function Button({ button, message, deeds }) {
  if (button.url) return anchor(button.url, button.text, deeds, "choice");
  const words = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  const press = button.callback_data
    ? () => deeds.press(message, button.callback_data)
    : () => deeds.fill(`@${deeds.username} ${words ?? ""}`);
  return html`<button type="button" class="choice" onClick=${press}>${button.text}</button>`;
}

// A command the bot did not get, because in groups it only gets those addressed to it.
function Unseen({ message, chat, world, text }) {
  if (message.seen || chat.private || !chat.bot || !message.text.startsWith("/")) return null;
  const first = message.text.split(/[\s@]/)[0];
  const command = chat.mention ? `@${chat.mention} ${first}` : `${first}@${world.bot.username}`;
  return html`<p class="unseen">${text.say("unseen", { command })}</p>`;
}
