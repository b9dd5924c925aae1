// The page's own words: one JSON file per language, the same keys in each.

const LANGUAGES = ["zh-CN", "en"];

export function firstLanguage() {
  const kept = localStorage.getItem("yanban.language");
  if (LANGUAGES.includes(kept)) return kept;
  return navigator.language.startsWith("zh") ? "zh-CN" : "en";
}

export async function load(language) {
  const answer = await fetch(`/page/texts/${language}.json`);
  const words = await answer.json();
  const say = (key, values = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  return { language, say, other: LANGUAGES.find((one) => one !== language) };
}

export function keep(language) {
  localStorage.setItem("yanban.language", language);
  document.documentElement.lang = language;
}

// "11月24日 周二 08:36" or "Tue, November 24, 08:36"
export function moment(iso, zone, language) {
  const seconds = new Date(iso).getTime() / 1000;
  return `${date(seconds, zone, language)}${language === "en" ? "," : ""} ${hour(seconds, zone, language)}`;
}

function date(seconds, zone, language) {
  const part = (options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options }).format(seconds * 1000);
  const [on, weekday] = [part({ month: "long", day: "numeric" }), part({ weekday: "short" })];
  return language === "en" ? `${weekday}, ${on}` : `${on} ${weekday}`;
}

export function hour(seconds, zone, language) {
  return new Intl.DateTimeFormat(language, {
    timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(seconds * 1000);
}

const dayKey = (date, zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(date);

export function day(seconds, clock, text) {
  const key = dayKey(seconds * 1000, clock.zone);
  const now = new Date(clock.now).getTime();
  const names = { [dayKey(now, clock.zone)]: "today", [dayKey(now - 864e5, clock.zone)]: "yesterday" };
  if (names[key]) return text.say(names[key]);
  return date(seconds, clock.zone, text.language);
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
