"""What happened in the demo before it was opened: real words of the teachers, really answered by the bot."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.people import Chat, Post
from bot.sandbox.server import Sandbox
from bot.timetravel import Settable, Traveller

SHANGHAI = ZoneInfo("Asia/Shanghai")
AFTERNOON = time(15, 42)
BETWEEN = timedelta(minutes=2)
PATIENCE = 20.0
BLINK = 0.005

SCHOOL = "https://school.example/maths"
GROUP, ALONE = "group", "alone"
WANG, LIN, ZHOU, HE, SUN = "王老师", "林老师", "周老师", "何老师", "孙老师"


@dataclass(frozen=True, slots=True)
class Step:
    """*who* says *words* in *where*, or presses the newest button beginning so; *hears* is answered."""

    who: str
    where: str
    words: str
    hears: str
    presses: bool = False


def _press(who: str, words: str, hears: str, where: str = GROUP) -> Step:
    return Step(who, where, words, hears, presses=True)


STEPS = (
    Step(WANG, GROUP, "/setup", "1/4"),
    _press(WANG, "中文", "2/4"),
    _press(WANG, "北京", "3/4"),
    _press(WANG, "", "4/4"),
    _press(WANG, "21:00", "三年级数学教研组"),
    Step(LIN, GROUP, "/join", "欢迎林老师"),
    Step(ZHOU, GROUP, "/join", "欢迎周老师"),
    Step(HE, GROUP, "/join", "欢迎何老师"),
    Step(SUN, GROUP, "/join", "欢迎孙老师"),
    Step(WANG, GROUP, "/prompt", "每周反思题"),
    _press(WANG, "开始发", "每周反思题"),
    Step(HE, GROUP, f"/share {SCHOOL}/folding 折纸认识几分之一 课件 #分数 三年级数学", "收好了"),
    Step(LIN, GROUP, f"/share {SCHOOL}/survey 分数前测题与学生错例 #分数 #前测", "收好了"),
    Step(SUN, GROUP, "/find 折纸", "折纸认识几分之一"),
    Step(ZHOU, GROUP, f"/share {SCHOOL}/sheet 小组合作观课记录表 #观课", "收好了"),
    Step(WANG, GROUP, "/schedule 下周三 16:00 分数的初步认识 集体备课", "分数的初步认识 集体备课"),
    _press(WANG, "就这样", "分数的初步认识 集体备课"),
    _press(LIN, "参加", "林老师"),
    _press(ZHOU, "参加", "周老师"),
    Step(SUN, ALONE, "帮助", "我是研伴"),
)  # fmt: skip


def beginning(now: datetime) -> datetime:
    """The afternoon of the day before, when the bot came into the group."""
    yesterday = now.astimezone(SHANGHAI).date() - timedelta(days=1)
    return datetime.combine(yesterday, AFTERNOON, SHANGHAI)


class Unexpected(Exception):
    """The bot answered something else than the history wants."""


class History:
    """Plays the steps in a fresh sandbox, a few minutes apart on its clock."""

    def __init__(self, sandbox: Sandbox, traveller: Traveller, clock: Settable) -> None:
        self._world, self._traveller, self._clock = sandbox.world, traveller, clock

    async def play(self, until: datetime) -> None:
        """All steps, then on to *until*. Raises Unexpected when an answer is missing or another."""
        for step in STEPS:
            self._act(step)
            await self._settle()
            if step.hears not in self._answer(step):
                raise Unexpected(f"{step.words!r}: {self._answer(step)!r}")
            await self._traveller.travel(self._clock() + BETWEEN)
        await self._traveller.travel(until)

    def _act(self, step: Step) -> None:
        room = self._room(step)
        if not step.presses:
            self._world.say(step.who, room, step.words)
            return
        post, button = self._button(room, step.words)
        self._world.press(step.who, post, button)

    def _button(self, room: Chat, words: str) -> tuple[Post, str]:
        for post in reversed(self._posts(room)):
            texts = [str(one["text"]) for row in post.buttons for one in row if "callback_data" in one]
            for text in texts:
                if text.startswith(words):
                    return post, text
        raise Unexpected(f"nobody offers {words!r}")

    def _answer(self, step: Step) -> str:
        posts = self._posts(self._room(step))
        return "\n".join(post.text for post in posts[-2:])

    def _posts(self, room: Chat) -> list[Post]:
        return [post for post in self._world.messages(room) if post.from_bot]

    def _room(self, step: Step) -> Chat:
        return self._world.group if step.where == GROUP else self._world.private(step.who)

    async def _settle(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self._world.pending_updates():  # noqa: ASYNC110 - the far side of HTTP sends no event
                await asyncio.sleep(BLINK)
            await self._traveller.settle()
