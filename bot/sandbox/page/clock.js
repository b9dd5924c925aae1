// The sandbox's time, and the buttons that move it.

import { html, useEffect, useState } from "/page/vendor/htm-preact-standalone.module.js";
import { Icon } from "/page/parts.js";
import { moment } from "/page/texts.js";

export function Clock({ world, me, text, deeds }) {
  const now = useTicking(world.clock.now);
  const goals = ["hour", "morning", ...(world.clock.due ? ["due"] : [])];
  return html`<div class="clock" role="group" aria-label=${text.say("clock")}>
    <span class="clock-now"><${Icon} name="clock" /><span class="clock-label">${text.say("clock")}</span>
      <time>${moment(now, world.clock.zone, text.language)}</time></span>
    <span class="only-narrow who-now">${text.say("you_are")} <strong>${me.name}</strong></span>
    <span class="clock-goals">${goals.map((goal) => html`<button key=${goal} type="button"
      onClick=${() => deeds.clock(goal)}>${text.say(`clock_${goal}`)}</button>`)}</span>
  </div>`;
}

// Between two answers of the sandbox its clock runs as ours does.
function useTicking(iso) {
  const [, tick] = useState(0);
  const [since, setSince] = useState(Date.now());
  useEffect(() => setSince(Date.now()), [iso]);
  useEffect(() => { const timer = setInterval(() => tick((n) => n + 1), 10000); return () => clearInterval(timer); }, []);
  return new Date(new Date(iso).getTime() + Date.now() - since).toISOString();
}
