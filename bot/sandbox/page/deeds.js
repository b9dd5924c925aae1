// What people do on the page: write, press, send a file, open a chat, become somebody else, move the clock.

import { act } from "/page/link.js";
import { moment } from "/page/texts.js";

export function makeDeeds(page) {
  const { world, chat, text } = page;
  const attempt = attempting(page);
  const open = (id) => { page.setChat(id); page.setReply(null); page.setDrawer(false); };
  return {
    open,
    username: world.bot.username,
    reply: page.setReply,
    fill: (words, where = chat.id) => page.setDraft({ text: words, chat: where }),
    become: (id) => { page.setPerson(id); page.setReply(null); if (chat.private) page.setChat(id); },
    press: async (message, data) => {
      const done = await attempt("press", { person: world.me, chat: chat.id, message: message.id, data });
      if (done) page.pressed.add(done.query);
    },
    start: async (payload) => {
      if (chat.platform !== "telegram") return attempt("say", { person: world.me, chat: chat.id, text: text.say("hello") });
      await attempt("say", { person: world.me, chat: world.me, text: `/start ${payload}`.trim() });
      return open(world.me);
    },
    clock: async (to) => {
      const done = await attempt("clock", { to });
      const time = done && moment(done.clock.now, done.clock.zone, text.language);
      if (done) page.setNotice({ text: done.moved ? text.say("clock_moved", { time }) : text.say("clock_none") });
    },
    send: sending(page, attempt),
  };
}

function attempting({ text, setNotice, refresh }) {
  return async (deed, body) => {
    try { return await act(deed, body); }
    catch { setNotice({ text: text.say("failed") }); return null; }
    finally { refresh(); }
  };
}

function sending({ world, chat, reply, setReply }, attempt) {
  return async (words, file) => {
    const fields = { person: world.me, chat: chat.id, reply_to: reply?.id };
    const done = file ? await attempt("file", form({ ...fields, caption: words, file }))
      : await attempt("say", { ...fields, text: words });
    if (done) setReply(null);
    return Boolean(done);
  };
}

function form(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value ?? "");
  return body;
}
