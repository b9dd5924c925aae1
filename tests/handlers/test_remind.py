"""Reminders: the day before and half an hour before, exactly once, never after the start."""

from datetime import time

from tests.chat import Chat
from tests.handlers.meetings import CIRCLE, FRIDAY, put, settled


async def test_the_group_hears_of_it_twice_and_then_no_more(group: Chat) -> None:
    await settled(group, f"{FRIDAY} @201")
    assert await group.until("2026-11-26 16:59") == ""
    said = await group.until("2026-11-26 17:00:30")
    assert said == "明天见：“分数教学研讨”，11月27日 周五 16:00（第13周）。"
    assert group.buttons() == ["参加", "不确定", "不能"]
    assert await group.until("2026-11-27 15:29") == ""
    said = await group.until("2026-11-27 15:30:30")
    assert said == "还有 30 分钟：“分数教学研讨”，11月27日 周五 16:00（第13周）。地点：201"
    assert await group.until("2026-11-27 17:29") == ""


async def test_an_answer_to_the_reminder_edits_the_card(group: Chat) -> None:
    await settled(group)
    card = group.last()
    await group.until("2026-11-26 17:01")
    await group.press("参加", by="林老师")
    assert "来的有 1 位：林老师" in group.posts()[0].text
    assert group.posts()[0].id == card.id


async def test_who_asked_is_reminded_in_private(group: Chat) -> None:
    await settled(group)
    assert await group.press("到时提醒我", by="林老师") == "好，前一天和开始前半小时私下提醒你。"
    await group.until("2026-11-27 18:00")
    told = [post.text for post in group.posts(group.private("林老师"))]
    assert [line.split("：")[0] for line in told] == ["明天见", "还有 30 分钟"]
    assert group.posts(group.private("周老师")) == []


async def test_who_cannot_come_is_not_reminded(group: Chat) -> None:
    await settled(group)
    await group.press("到时提醒我", by="林老师")
    await group.press("不能", by="林老师")
    await group.until("2026-11-27 18:00")
    assert group.posts(group.private("林老师")) == []


async def test_the_next_meeting_of_a_series_gets_its_card_as_the_reminder(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.until("2026-12-17 16:59")
    before = len(group.posts())
    said = await group.until("2026-12-17 17:01")
    assert said.splitlines() == ["明天见：", "读书会", "12月18日 周五 16:00（第16周）"]
    assert len(group.posts()) == before + 1
    await group.press("参加", by="林老师")
    assert "来的有 1 位：林老师" in group.last().text


async def test_a_day_off_and_a_held_meeting_are_not_announced(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.until("2026-12-19 10:00")
    assert "读书会" not in await group.until("2027-01-02 10:00")


async def test_quiet_hours_bring_the_evening_reminder_forward(group: Chat) -> None:
    await put(group, quiet_from=time(16, 30))
    await settled(group)
    assert await group.until("2026-11-26 15:59") == ""
    assert "明天见" in await group.until("2026-11-26 16:01")


async def test_what_is_arranged_late_skips_what_has_passed(group: Chat) -> None:
    await settled(group, "/schedule 今天 10:20 碰头")
    assert await group.until("2026-11-23 10:19") == ""


async def test_after_a_stop_over_the_start_nothing_is_said(group: Chat) -> None:
    await settled(group)
    await group.press("到时提醒我", by="林老师")
    await group.until("2026-11-26 18:00")
    before = len(group.posts())
    await group.restart(away_until=group.clock().replace(day=27, hour=8, minute=1))
    await group.settle()
    assert len(group.posts()) == before
    assert len(group.posts(group.private("林老师"))) == 1
    await group.until("2026-11-27 17:00")
    assert len(group.posts()) == before
