"""What happened in the demo before it was opened: real words of the teachers, really answered by the bot."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.neighbours import COLLEAGUES, FOLLOWER
from bot.places import Place, TelegramPlace, WechatPlace, WecomPlace

if TYPE_CHECKING:
    from bot.demo import Demo

SHANGHAI = ZoneInfo("Asia/Shanghai")
AFTERNOON = time(15, 42)
BETWEEN = timedelta(minutes=2)
PATIENCE = 60.0
BLINK = 0.005

SCHOOL = "https://school.example/maths"
GROUP, ALONE, EAST, FOLLOWING = "group", "alone", "east campus", "following"
WANG, LIN, ZHOU, HE, SUN = "王老师", "林老师", "周老师", "何老师", "孙老师"
ZHENG, FENG = (name for name, _ in COLLEAGUES)
WU = FOLLOWER
CODE = re.compile(r"[2-9A-HJKMNP-Z]{6}")


@dataclass(frozen=True, slots=True)
class Step:
    """*who* says *words* in *where*, or presses the newest button beginning so; *hears* is answered.

    {code} in *words* is the code that was last told to anybody.
    """

    who: str
    where: str
    words: str
    hears: str
    presses: bool = False


def _press(who: str, words: str, hears: str, where: str = GROUP) -> Step:
    return Step(who, where, words, hears, presses=True)


STEPS = (
    Step(WANG, GROUP, "/setup", "1/5"),
    _press(WANG, "中文", "2/5"),
    _press(WANG, "北京", "3/5"),
    _press(WANG, "", "4/5"),
    _press(WANG, "21:00", "5/5"),
    _press(WANG, "跳过", "三年级数学教研组"),
    Step(LIN, GROUP, "/join", "欢迎林老师"),
    Step(ZHOU, GROUP, "/join", "欢迎周老师"),
    Step(HE, GROUP, "/join", "欢迎何老师"),
    Step(SUN, GROUP, "/join", "欢迎孙老师"),
    Step(WANG, ALONE, "/link", "三年级数学教研组"),
    _press(WANG, "再连一个群", "连接码", ALONE),
    Step(ZHENG, EAST, "连接 {code}", "这个群现在也是"),
    Step(ZHENG, EAST, "加入", "怎么称呼"),
    Step(ZHENG, EAST, "郑老师", "欢迎郑老师"),
    Step(FENG, EAST, "加入", "怎么称呼"),
    Step(FENG, EAST, "冯老师", "欢迎冯老师"),
    _press(WANG, "加入码", "加入码", ALONE),
    Step(WU, FOLLOWING, "加入 {code}", "怎么称呼"),
    Step(WU, FOLLOWING, "吴老师", "欢迎吴老师"),
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
    _press(FENG, "参加", "冯老师", EAST),
    _press(WU, "参加", "等你来", FOLLOWING),
    Step(SUN, ALONE, "帮助", "我是研伴"),
)  # fmt: skip


def beginning(now: datetime) -> datetime:
    """The afternoon of the day before, when the bot came into the group."""
    yesterday = now.astimezone(SHANGHAI).date() - timedelta(days=1)
    return datetime.combine(yesterday, AFTERNOON, SHANGHAI)


class Unexpected(Exception):
    """The bot answered something else than the history wants."""


class History:
    """Plays the steps in a fresh demo, a few minutes apart on its clock."""

    def __init__(self, demo: "Demo") -> None:
        self._demo, self._world = demo, demo.sandbox.world
        east, account = demo.neighbours.gateway.world, demo.neighbours.wechat
        self._places: dict[str, Place] = {
            GROUP: TelegramPlace(self._world, private=False),
            ALONE: TelegramPlace(self._world, private=True),
            EAST: WecomPlace(east),
            FOLLOWING: WechatPlace(account, demo.neighbours.follower),
        }
        self._code = ""

    async def play(self, until: datetime) -> None:
        """All steps, then on to *until*. Raises Unexpected when an answer is missing or another."""
        for step in STEPS:
            self._act(step)
            await self._settle()
            heard = "\n".join(self._places[step.where].heard(step.who)[-2:])
            if step.hears not in heard:
                raise Unexpected(f"{step.words!r}: {heard!r}")
            self._code = (CODE.findall(heard) or [self._code])[-1]
            await self._demo.traveller.travel(self._demo.clock() + BETWEEN)
        await self._demo.traveller.travel(until)

    def _act(self, step: Step) -> None:
        place = self._places[step.where]
        if not step.presses:
            place.say(step.who, step.words.format(code=self._code))
        elif not place.press(step.who, step.words):
            raise Unexpected(f"nobody offers {step.words!r}")

    async def _settle(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self._world.pending_updates():  # noqa: ASYNC110 - the far side of HTTP sends no event
                await asyncio.sleep(BLINK)
            await self._demo.neighbours.heard(self._demo.app)
            await self._demo.traveller.settle()
