// The five steps of the tour: what each asks for, and how the chats show that it was done.

const MOVES = 3;
const LEADER = 0, FIRST = 1, SECOND = 2;

export const STEPS = [
  { name: "setup", who: LEADER, done: (world, since) => said(world, since, ["setup", "设置", "join", "加入"], true) },
  { name: "share", who: FIRST, done: (world, since) => said(world, since, ["share", "分享", "收"]) },
  { name: "schedule", who: LEADER, done: (world, since) => said(world, since, ["schedule", "安排", "预约"], true) },
  { name: "reflect", who: FIRST, private: true, done: (world) => reflected(world) },
  { name: "find", who: SECOND, done: (world, since) => said(world, since, ["find", "找", "搜"]) },
];

const QUESTION = /^(写反思|Write)$/;
// Buttons under an answer that still waits: setting up is not finished, or the person is to join first.
const WAITING = /^(跳过|加入并继续|Skip|Join and)/;

// Somebody gave one of these commands and the bot answered for good; *pressed*: and a button was used.
function said(world, since, names, pressed = false) {
  const messages = world.chats.flatMap((chat) => chat.messages.map((message) => ({ ...message, chat: chat.id })))
    .filter((message) => message.id > (since[message.chat] ?? 0));
  const from = messages.findIndex((message) => !message.from.bot && names.includes(word(message.text)));
  if (from < 0) return false;
  const answers = messages.slice(from).filter((one) => one.from.bot && one.chat === messages[from].chat);
  const waits = answers.at(-1)?.buttons.flat().some((button) => WAITING.test(button.text));
  return answers.length > 0 && !waits && (!pressed || answers.some((one) => one.pressed));
}

// The number of the newest message in each chat.
export const newest = (world) => Object.fromEntries(
  world.chats.map((chat) => [chat.id, chat.messages.at(-1)?.id ?? 0]));

const word = (text) => /^[/／]?([^\s@]+)/.exec(text)?.[1].toLowerCase();

function reflected(world) {
  const messages = world.chats.find((chat) => chat.private)?.messages ?? [];
  const asked = messages.findLastIndex((message) => message.mine && !/^[/／]/.test(message.text));
  return world.clock.skipped > 0 && asked > 0 && messages.slice(0, asked).some((message) => message.from.bot);
}

// The bot asks: it spoke long after the person did, or was asked to by /reflect.
function asked(chat) {
  const last = chat.messages.at(-1);
  const mine = chat.messages.findLast((message) => message.mine);
  return Boolean(last?.from.bot && mine && (last.date - mine.date > 60 || word(mine.text) === "reflect"));
}

// The weekly question came to the group after the clock was moved; whoever wants to write says so in private.
function prompted(world) {
  const group = world.chats.find((one) => !one.private);
  return world.clock.skipped > 0 && group.messages.slice(-3).some((one) => one.buttons.flat().some(
    (button) => QUESTION.test(button.text)));
}

// What "do it for me" does next in a step: a line to type, or the clock to move, some times at most.
export function nextDeed(step, world, moves) {
  if (step.name !== "reflect") return { line: step.name };
  const chat = world.chats.find((one) => one.private);
  if (!chat.started) return { line: "start" };
  if (asked(chat)) return { line: "reflect" };
  if (prompted(world)) return { line: "ask" };
  return moves < MOVES && world.clock.due ? { clock: "due" } : { line: "ask" };
}
