"""/calendar: what is known, imported from a file, corrected by the leader; by it every date is read."""

import json
from datetime import date

import pytest

from config.calendars.china import statutory
from tests.chat import Chat
from tests.handlers.meetings import changes, put, settled, states

YEAR = {day.isoformat(): {"kind": "off", "name": name} for day, name in statutory(2027).items()}
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//School//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261127
DTEND;VALUE=DATE:20261128
SUMMARY:运动会
END:VEVENT
END:VCALENDAR
"""


async def send(group: Chat, name: str, content: bytes) -> str:
    """王老师 sends a file in answer to the bot's question in private; what the bot says."""
    await group.tell("/calendar")
    await group.press("导入文件", room=group.private("王老师"))
    before = len(group.posts(group.private("王老师")))
    group.world.send_file("王老师", group.private("王老师"), name, content)
    await group.settle()
    return "\n".join(post.text for post in group.posts(group.private("王老师"))[before:])


async def test_what_is_known(group: Chat) -> None:
    said = await group.say("/calendar")
    assert said.splitlines()[:3] == [
        "学期从 8月31日 周一（第1周） 开始，共 20 周。",
        "2026 年的放假调休：已经有了。",
        "2027 年的放假调休：还没有公布，或者我手里还没有。法定的那几天我知道。",
    ]


async def test_a_year_is_known_once_its_arrangement_is_imported(group: Chat) -> None:
    said = await send(group, "2027.json", json.dumps(YEAR).encode())
    assert f"放假 {len(YEAR)} 天" in said
    assert "2027 年的放假调休：已经有了。" in await group.say("/calendar")
    assert "待定" not in await group.say("/schedule 每双周周五16:00 读书会 直到第20周")
    said = await group.press("元旦那场挪到下一个工作日")
    assert "这一场挪到 2027年1月4日 周一 16:00（第19周）" in said


async def test_an_ics_file_and_the_meeting_it_touches(group: Chat) -> None:
    await settled(group)
    said = await send(group, "school.ics", ICS.encode())
    assert "放假 1 天" in said
    assert "“分数教学研讨”11月27日 周五 16:00（第13周），那天是运动会。还开吗？" in said
    await group.press("不开", room=group.private("王老师"))
    assert await states(group) == ["off"]
    assert "（放假，不开）" in group.posts()[0].text
    assert await changes(group) == ["schedule-log-fixed", "calendar-log-import", "held-log-off"]


async def test_one_sports_day_does_not_make_a_year_known(group: Chat) -> None:
    said = await send(group, "sport.json", b'{"2027-01-05": "off"}')
    assert "还是先当作没有公布" in said


BAD_FILES = [
    ("a.ics", b"nothing", "什么都没改"),
    ("a.json", b"{", "什么都没改"),
    ("a.json", b'{"2027-13-01": "off"}', "没有用"),
    ("a.json", b"{}", "一天也没有"),
    ("a.json", b"\xff\xfe\x00", "不是文本"),
    ("a.txt", b"x", "只读得懂 .ics 和 .json"),
    ("a.json", b" " * (2**20 + 1), "太大了"),
]


@pytest.mark.parametrize(("name", "content", "answer"), BAD_FILES)
async def test_files_that_cannot_be_used(group: Chat, name: str, content: bytes, answer: str) -> None:
    assert answer in await send(group, name, content)
    assert await changes(group) == []


async def test_a_file_replied_to_with_the_command(group: Chat) -> None:
    post = group.world.send_file("王老师", None, "school.ics", ICS.encode())
    await group.settle()
    assert "放假 1 天" in await group.say("/calendar", reply_to=post)


HOW = (
    "请说清哪一天、放假还是上课，比如“/calendar 12月31日 放假”；"
    "几天一起放假，写“/calendar 1月18日到2月20日 放假”。"
)
CORRECTIONS = [
    ("12月31日 放假", "记下了：12月31日 周四（第18周） 放假。"),
    ("10月10日 上课", "记下了：10月10日 周六（第6周） 补课。"),
    ("31 December off", "记下了：12月31日 周四（第18周） 放假。"),
    ("第3节 15:10", "记下了：第三节从 15:10 开始。"),
    ("第十一节 19:00", "记下了：第11节从 19:00 开始。"),
    ("period 3 15:10", "记下了：第三节从 15:10 开始。"),
    ("第3节 25:10", "没有这样的节次或钟点。请写成“/calendar 第3节 15:10”。"),
    ("第三节 下午3点10分", "记下了：第三节从 15:10 开始。"),
    ("下午第三节 15:10", "记下了：下午第三节从 15:10 开始。"),
    ("12月30-31日 放假", "记下了：从 12月30日 周三（第18周） 到 12月31日 周四（第18周） 放假。"),
    ("周五到下周三 放假", "记下了：从 11月27日 周五（第13周） 到 12月2日 周三（第14周） 放假。"),
    ("30 November to 4 December off", "记下了：从 11月30日 周一（第14周） 到 12月4日 周五（第14周） 放假。"),
    ("第15-16周 放假", "记下了：从 12月7日 周一（第15周） 到 12月20日 周日（第16周） 放假。"),
    ("week 15 off", "记下了：从 12月7日 周一（第15周） 到 12月13日 周日（第15周） 放假。"),
    ("第15周、第18周 放假", HOW),
    ("12月31日到12月1日 放假", HOW),
    ("什么", HOW),
]


@pytest.mark.parametrize(("words", "answer"), CORRECTIONS)
async def test_one_day_or_bell_is_corrected(group: Chat, words: str, answer: str) -> None:
    assert await group.say(f"/calendar {words}") == answer


async def test_dates_are_read_by_the_corrected_calendar(group: Chat) -> None:
    await group.say("/calendar 12月4日 放假")
    said = await group.say("/schedule 每周五 16:00 例会 直到第15周")
    assert "其中 12月4日是放假的日子，这一场默认不开。" in said


async def test_a_kept_bell_is_used(group: Chat) -> None:
    await group.say("/calendar 第3节 10:10")
    assert "备课\n11月27日 周五 10:10（第13周）" in await group.say("/schedule 周五第3节 备课")
    assert "作息表：第三节 10:10" in await group.say("/calendar")


async def test_the_bell_of_an_afternoon_is_its_own(group: Chat) -> None:
    await group.say("/calendar 下午第三节 15:10")
    assert "备课\n11月27日 周五 15:10（第13周）" in await group.say("/schedule 周五下午第3节 备课")
    assert "“第三节”是几点？" in await group.say("/schedule 周五第3节 备课")


async def test_the_entry_that_was_not_read_is_named(group: Chat) -> None:
    assert "文件里的“2027-13-01”我没读懂" in await send(group, "a.json", b'{"2027-13-01": "off"}')


async def test_a_name_stands_apart_from_what_the_day_is(group: Chat) -> None:
    await send(group, "school.ics", ICS.encode())
    assert "11月27日 周五（第13周）：放假（运动会）" in await group.say("/calendar")


async def test_only_leaders(group: Chat) -> None:
    assert "由负责人来做" in await group.say("/calendar 12月31日 放假", by="林老师")
    assert await changes(group) == []


async def test_another_country_has_no_chinese_holidays(group: Chat) -> None:
    await put(group, country="GB", zone="Europe/London", language="en", term_start=date(2026, 9, 7))
    said = await group.say("/calendar")
    assert "Monday to Friday count as school days" in said
    assert "1 Jan" in await group.say("/schedule every Friday 16:00 Team until 8 January")
    assert "New Year" not in group.last().text
