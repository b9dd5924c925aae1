// What the page keeps in mind: its words, the world as one person sees it, what the bot said to a press.

import { useCallback, useEffect, useRef, useState } from "/page/vendor/htm-preact-standalone.module.js";
import { fetchState, listen } from "/page/link.js";
import { firstLanguage, keep, load } from "/page/texts.js";

export function useWords() {
  const [text, setText] = useState(null);
  const choose = useCallback((language) => { keep(language); load(language).then(setText); }, []);
  useEffect(() => choose(firstLanguage()), []);
  return [text, choose];
}

export function useWorld(person) {
  const [world, setWorld] = useState(null);
  const [online, setOnline] = useState(true);
  const latest = useRef(0);
  const refresh = useCallback(async () => {
    const turn = ++latest.current;
    try {
      const fresh = await fetchState(person);
      if (turn === latest.current) { setWorld(fresh); setOnline(true); }
    } catch { setOnline(false); }
  }, [person]);
  useEffect(() => { refresh(); return listen(refresh, setOnline); }, [refresh]);
  return [world, online, refresh];
}

// What the bot said to a press is shown once, to the one who pressed.
export function useNotices(world) {
  const [notice, setNotice] = useState(null);
  const waiting = useRef(new Set());
  useEffect(() => {
    for (const [id, answer] of Object.entries(world?.answers ?? {})) {
      if (!waiting.current.delete(id)) continue;
      if (answer.text) setNotice({ text: answer.text, alert: answer.show_alert });
    }
  }, [world]);
  useEffect(() => {
    if (!notice || notice.alert) return undefined;
    const timer = setTimeout(() => setNotice(null), 4500);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice, waiting.current];
}
