"""The teachers of the demo, and a few days of their talk. All invented."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.world import World

ZONE = "Asia/Shanghai"
GROUP = "三年级数学教研组"
PEOPLE = (
    ("王老师", "wang_laoshi"),
    ("林老师", "lin_laoshi"),
    ("周老师", "zhou_laoshi"),
    ("何老师", "he_laoshi"),
    ("孙老师", "sun_laoshi"),
)
# Days ago, time of day, who, what.
TALK = (
    (3, "16:12", "王老师", "各位老师好，下周开始进入“分数的初步认识”，大家备课时有什么想法，随时在这里说。"),
    (3, "16:20", "林老师", "我们班上周摸底，不少孩子觉得 1/4 比 1/3 大，因为 4 比 3 大。"),
    (3, "16:31", "周老师", "我班也是。我打算先让他们折纸，折完再比大小。"),
    (2, "12:05", "何老师", "折纸那节我听过陈老师上，学生自己说出“分的份数越多，每份越小”，印象很深。"),
    (2, "12:09", "孙老师", "能不能把那节课的课件发一下？我找了半天聊天记录没找到。"),
    (2, "12:40", "何老师", "我回头翻翻，应该在去年的群文件里……"),
    (1, "15:48", "王老师", "这样找东西太费劲了。我请了一个教研小助手“研伴”进群，帮大家记研讨时间、收资料。"),
    (1, "15:55", "林老师", "好呀，这周五下午正好可以一起聊聊分数怎么教。"),
)


def seed(world: World, history: bool = True) -> None:
    """The group with its leader and four teachers; with *history* also what they said over the last days."""
    for name, username in PEOPLE:
        world.add_person(name, username=username)
    group = world.add_group(GROUP, *(name for name, _ in PEOPLE))
    if history:
        for days, clock, name, text in TALK:
            post = world.post(group, world.person(name).user(), {"text": text})
            post.date, post.seen = _moment(world, days, clock), False


def _moment(world: World, days: int, clock: str) -> int:
    today = world.clock().astimezone(ZoneInfo(ZONE)).date()
    local = datetime.combine(today - timedelta(days=days), time.fromisoformat(clock), ZoneInfo(ZONE))
    return int(local.timestamp())
