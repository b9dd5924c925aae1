// The guided tour: five steps, each seen to be done from the chats themselves.

import { html, useEffect, useState } from "/page/vendor/htm-preact-standalone.module.js";
import { fetchState } from "/page/link.js";
import { Icon } from "/page/parts.js";
import { STEPS, newest, nextDeed } from "/page/steps.js";

const PAUSE = 1200;
const BEGINNING = "yanban.tour.since";

export function Tour({ world, text, deeds }) {
  const [step, setStep] = useKept("yanban.tour.step", 0);
  const [open, setOpen] = useKept("yanban.tour.open", 1);
  const [since, begin] = useBeginning(world);
  const current = STEPS[step];
  const done = Boolean(current?.done(world, since));
  useEffect(() => {
    if (!open || !done) return undefined;
    const timer = setTimeout(() => setStep(step + 1), PAUSE);
    return () => clearTimeout(timer);
  }, [open, done, step]);
  if (!open) {
    return html`<button type="button" class="tour-tab" onClick=${() => setOpen(1)} aria-label=${text.say("tour_open")}>
      <${Icon} name="flag" /><span>${text.say("tour")}</span></button>`;
  }
  const escape = (event) => { if (event.key === "Escape") setOpen(0); };
  return html`<aside class="tour" aria-label=${text.say("tour")} onKeyDown=${escape}>
    <div class="tour-head"><${Icon} name="flag" /><strong>${text.say("tour")}</strong>
      <button type="button" class="plain" aria-label=${text.say("tour_close")} onClick=${() => setOpen(0)}><${Icon} name="close" /></button></div>
    <${Dots} step=${step} />
    <div aria-live="polite">${current
      ? html`<${Step} step=${current} number=${step + 1} done=${done} text=${text} />`
      : html`<h3>${text.say("tour_end_title")}</h3><p>${text.say("tour_end_text")}</p>`}</div>
    <div class="tour-buttons">${current
      ? html`<${Deed} step=${current} world=${world} text=${text} deeds=${deeds} />
          ${step ? html`<button type="button" class="quiet" onClick=${() => setStep(step - 1)}>${text.say("tour_back")}</button>` : null}
          <button type="button" class="quiet" onClick=${() => setStep(step + 1)}>${text.say("tour_skip")}</button>`
      : html`<button type="button" class="main-button" onClick=${() => { begin(); setStep(0); }}>${text.say("tour_again")}</button>`}</div>
  </aside>`;
}

function Dots({ step }) {
  return html`<div class="dots" aria-hidden="true">${STEPS.map((one, index) => html`<span key=${one.name}
    class=${index < step ? "past" : index === step ? "now" : ""}></span>`)}</div>`;
}

function Step({ step, number, done, text }) {
  return html`<p class="tour-count">${text.say("tour_step", { step: number, count: STEPS.length })}
      ${done ? html`<span class="tour-done"><${Icon} name="check" />${text.say("tour_done")}</span>` : null}</p>
    <h3>${text.say(`tour_${step.name}_title`)}</h3>
    <p>${text.say(`tour_${step.name}_text`)}</p>`;
}

function Deed({ step, world, text, deeds }) {
  const [moves, setMoves] = useState(0);
  const person = world.people[step.who];
  const group = world.chats.find((one) => !one.private);
  const seen = world.me === person.id;
  const go = async () => {
    const deed = nextDeed(step, seen ? world : await fetchState(person.id), moves);
    const where = step.private ? person.id : group.id;
    deeds.become(person.id);
    deeds.open(where);
    if (deed.line) deeds.fill(addressed(text.say(`tour_text_${deed.line}`), step, world), where);
    if (!deed.clock) return;
    setMoves(moves + 1);
    deeds.clock(deed.clock);
  };
  const label = seen && nextDeed(step, world, moves).clock ? "tour_clock" : "tour_do";
  return html`<button type="button" class="main-button" onClick=${go}>${text.say(label)}</button>`;
}

// In a group the command is addressed to the bot, as Telegram's own menu does.
function addressed(line, step, world) {
  return step.private ? line : line.replace(/^\/\w+/, (command) => `${command}@${world.bot.username}`);
}

// Where the chats stood when the tour began: what was said before, in the demo's history, is no step taken.
function useBeginning(world) {
  const [since, setSince] = useState(() => {
    const kept = JSON.parse(localStorage.getItem(BEGINNING) ?? "null"), now = newest(world);
    const gone = !kept || Object.keys(now).some((chat) => (kept[chat] ?? 0) > now[chat]);
    if (gone) localStorage.setItem(BEGINNING, JSON.stringify(now));
    return gone ? now : kept;
  });
  const begin = () => { localStorage.setItem(BEGINNING, JSON.stringify(newest(world))); setSince(newest(world)); };
  return [since, begin];
}

function useKept(key, first) {
  const [value, setValue] = useState(() => Number(localStorage.getItem(key) ?? first));
  const set = (next) => { localStorage.setItem(key, next); setValue(next); };
  return [value, set];
}
