"""One's own quiet time, read back with its date."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from handlers.mute import AROUND, SPAN
from storage.models.community import Person
from tests.chat import SHANGHAI, Chat


async def muted(chat: Chat, name: str = "孙老师") -> datetime | None:
    """Until when a person is muted, to the minute."""
    query = select(Person).where(col(Person.name) == name)
    until = await chat.app.engine.submit(lambda session: session.exec(query).one().muted_until)
    return until.replace(second=0, microsecond=0) if until else None


def local(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """A moment in Shanghai, as UTC."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("words", "until", "shown"),
    [
        ("3天", local(2026, 11, 26, 10), "11月26日 周四 10:00（第13周）"),
        ("三天", local(2026, 11, 26, 10), "11月26日 周四"),
        ("两个星期", local(2026, 12, 7, 10), "12月7日 周一"),
        ("2 weeks", local(2026, 12, 7, 10), "12月7日 周一"),
        ("for 5 days", local(2026, 11, 28, 10), "11月28日 周六"),
        ("到12月20日", local(2026, 12, 21), "12月20日 周日（第16周），包括这一天"),
        ("直到 2026-12-20", local(2026, 12, 21), "12月20日 周日"),
        ("until 20 December", local(2026, 12, 21), "12月20日 周日"),
        ("到下周一", local(2026, 12, 1), "11月30日 周一"),
        ("到第20周周五", local(2027, 1, 16), "2027年1月15日 周五（第20周）"),
        ("明天", local(2026, 11, 25), "11月24日 周二"),
    ],
)
async def test_until_when_is_read_back(group: Chat, words: str, until: datetime, shown: str) -> None:
    assert shown in await group.tell(f"/mute {words}", by="孙老师")
    assert await muted(group) == until


async def test_scene_eight_an_unknown_day_is_asked_for(group: Chat) -> None:
    said = await group.say("/mute 到期末考试后", by="孙老师")
    assert "“到期末考试后”是哪一天我还不知道" in said
    assert "还不知道" in await group.say("考完那天", by="孙老师", reply_to=group.last())
    assert await muted(group) is None
    said = await group.say("1月20日", by="孙老师", reply_to=group.last())
    assert said.startswith("好。你的提醒和反思提示停到 2027年1月20日 周三")
    assert await muted(group) == local(2027, 1, 21)


async def test_after_the_exams_is_known_once_the_leader_has_said_when_they_are(group: Chat) -> None:
    await group.say("/prompt")
    await group.press("考试周")
    await group.say("第19-20周", reply_to=group.last())
    said = await group.say("/mute 到期末考试后", by="孙老师")
    assert said.startswith("好。你的提醒和反思提示停到 2027年1月17日 周日（第20周），包括这一天。")
    assert await muted(group) == local(2027, 1, 18)


async def test_by_buttons(group: Chat) -> None:
    room = group.private("孙老师")
    assert (await group.tell("静音", by="孙老师")).startswith("你现在没有静音。")
    assert group.buttons(room) == ["1 天", "3 天", "7 天", "到某一天"]
    assert "11月24日 周二 10:00" in await group.press("1 天", by="孙老师", room=room)
    assert "你的提醒停到 11月24日 周二 10:00" in await group.tell("/mute", by="孙老师")
    assert await group.press("取消静音", by="孙老师", room=room) == "好，提醒恢复了。"
    assert await muted(group) is None
    assert await group.press("取消静音", by="孙老师", room=room) == "你现在没有静音，提醒照常。"
    await group.press("到某一天", by="孙老师", room=room)
    assert "12月20日 周日" in await group.tell("12月20日", by="孙老师")


@pytest.mark.parametrize("words", ["/mute off", "取消静音", "/unmute", "静音 取消", "/mute 恢复"])
async def test_ending_it(group: Chat, words: str) -> None:
    await group.tell("/mute 3天", by="孙老师")
    assert await group.tell(words, by="孙老师") == "好，提醒恢复了。"
    assert await muted(group) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("11月1日", "已经过了"),
        ("昨天", "已经过了"),
        ("2年9个月零3天", "还不知道"),
        ("0天", "停到哪一天？"),
        ("999天", "最长可以停一年"),
        ("2月30日", "还不知道"),
        ("周五晚上有空的话", "还不知道"),
    ],
)
async def test_what_cannot_be(group: Chat, words: str, said: str) -> None:
    assert said in await group.tell(f"/mute {words}", by="孙老师")
    assert await muted(group) is None


async def test_the_buttons_in_the_group_are_for_who_asked(group: Chat) -> None:
    await group.say("/mute", by="孙老师")
    assert await group.press("3 天", by="林老师") == "这个按钮是给另一位老师的。"
    assert await muted(group, "林老师") is None


async def test_in_english(group: Chat) -> None:
    await group.tell("/language en", by="孙老师")
    said = await group.tell("/mute until Dec 20", by="孙老师")
    assert said.startswith(
        "All right. Your reminders and reflection prompts are paused through Sun 20 Dec (week 16)."
    )
    assert await group.tell("/mute off", by="孙老师") == "All right, reminders are back."
    assert "I don’t know which day “the exams”" in await group.tell("/mute the exams", by="孙老师")


@settings(deadline=None)
@given(st.text(max_size=40))
def test_the_patterns_take_any_words(words: str) -> None:
    found = SPAN.fullmatch(words)
    assert found is None or found[2]
    assert len(AROUND.sub("", words)) <= len(words)
