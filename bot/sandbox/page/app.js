// The chat page of the sandbox: holds the state, passes it down, and does what people ask.

import { html, render, useEffect, useState } from "/page/vendor/htm-preact-standalone.module.js";
import { Clock } from "/page/clock.js";
import { Composer } from "/page/composer.js";
import { Conversation, Header } from "/page/conversation.js";
import { makeDeeds } from "/page/deeds.js";
import { useNotices, useWords, useWorld } from "/page/hooks.js";
import { Side } from "/page/side.js";
import { Tour } from "/page/tour.js";

function App() {
  const [text, chooseLanguage] = useWords();
  const [person, setPerson] = useState(null);
  const [chatId, setChat] = useState(null);
  const [drawer, setDrawer] = useState(false);
  const [draft, setDraft] = useState(null);
  const [reply, setReply] = useState(null);
  const [world, online, refresh] = useWorld(person);
  const [notice, setNotice, pressed] = useNotices(world);
  useEffect(() => { if (text) document.title = text.say("title"); }, [text]);
  if (!text || !world) return null;
  const chat = world.chats.find((one) => one.id === chatId) ?? world.chats[0];
  const me = world.people.find((one) => one.id === world.me);
  const set = { setPerson, setChat, setDrawer, setDraft, setReply, setNotice };
  const deeds = makeDeeds({ world, chat, text, reply, pressed, refresh, ...set });
  const shared = { world, chat, me, text, deeds };
  const writing = { draft, taken: () => setDraft(null), reply, setReply };
  return html`
    <div class=${`page ${drawer ? "drawer-open" : ""}`}>
      <${Side} ...${shared} drawer=${drawer} close=${() => setDrawer(false)} chooseLanguage=${chooseLanguage} />
      <main class="main">
        <${Header} ...${shared} openDrawer=${() => setDrawer(true)} />
        <${Clock} ...${shared} />
        ${online ? null : html`<p class="offline" role="status">${text.say("offline")}</p>`}
        <div class="stage">
          <${Tour} ...${shared} />
          <div class="talk">
            <${Conversation} ...${shared} key=${chat.id} />
            <${Composer} ...${shared} ...${writing} key=${`composer-${chat.id}`} />
          </div>
        </div>
      </main>
      <${Notice} notice=${notice} close=${() => setNotice(null)} text=${text} />
    </div>`;
}

function Notice({ notice, close, text }) {
  const look = notice?.alert ? "notice alert" : "notice";
  return html`<div class="status" role="status" aria-live="polite">
    ${notice ? html`<div class=${look}><span>${notice.text}</span>
      <button type="button" onClick=${close}>${text.say("tour_done")}</button></div>` : null}
  </div>`;
}

render(html`<${App} />`, document.getElementById("app"));
