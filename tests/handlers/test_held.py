"""Meetings on hold: asked about once when their day is known, and at the latest the week before."""

from datetime import date

from config.calendars.china import statutory
from storage.queries.calendar import put_days
from tests.chat import Chat
from tests.handlers.meetings import CIRCLE, put, rows, settled, states


async def publish(group: Chat, *worked: date) -> None:
    """The arrangement of 2027 comes with a newer calendar."""
    kinds = dict.fromkeys(statutory(2027), "off") | dict.fromkeys(worked, "make_up")
    await group.app.engine.submit(lambda session: put_days(session, 1, kinds, statutory(2027)))


async def test_the_leader_is_asked_once_when_the_year_is_known(group: Chat) -> None:
    await settled(group, CIRCLE)
    await publish(group)
    await group.until("2026-11-30 08:00")
    [asked] = group.posts(group.private("王老师"))
    assert asked.text.splitlines() == [
        "有几场要请你定一下：",
        "“读书会”2027年1月15日 周五 16:00（第20周），那天照常上课。开吗？",
    ]
    await group.press("开：", room=group.private("王老师"))
    assert await states(group) == ["on", "on", "off", "on"]
    await group.until("2026-12-21 08:00")
    assert len(group.posts(group.private("王老师"))) == 1


async def test_a_meeting_on_hold_is_asked_about_the_week_before_at_the_latest(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.until("2027-01-04 08:00")
    assert group.posts(group.private("王老师")) == []
    await group.until("2027-01-11 08:00")
    [asked] = group.posts(group.private("王老师"))
    assert "那天的放假安排我还是没有。开吗？" in asked.text
    assert "不开" in await group.press("不开", room=group.private("王老师"))
    assert (await states(group))[-1] == "off"


async def test_a_holiday_that_waits_goes_to_the_next_school_day(group: Chat) -> None:
    await group.say(CIRCLE)
    await group.press("元旦那场挪到下一个工作日")
    await group.press("就这样")
    await publish(group)
    await group.until("2026-11-30 08:00")
    await group.press("挪过去", room=group.private("王老师"))
    assert ("读书会", "2027-01-04 08:00", "on") in await rows(group)
    assert "过时" in await group.press("挪过去", room=group.private("王老师"))


async def test_deciding_twice_changes_once(group: Chat) -> None:
    await settled(group, CIRCLE)
    await publish(group)
    await group.until("2026-11-30 08:00")
    await group.press("开：", room=group.private("王老师"))
    assert "照常开" in await group.press("开：", room=group.private("王老师"))
    assert (await states(group))[-1] == "on"


async def test_members_do_not_decide(group: Chat) -> None:
    await settled(group)
    await group.say("/calendar 11月27日 放假")
    assert "由负责人来做" in await group.press("不开", by="林老师")
    assert await states(group) == ["on"]


async def test_a_series_without_term_is_made_further_week_by_week(group: Chat) -> None:
    await put(group, term_start=None, country="GB")
    await settled(group, "/schedule 每周三15:30 教研例会")
    before = len(await rows(group))
    await group.until("2026-12-14 08:00")
    assert len(await rows(group)) == before + 2


async def test_a_day_that_is_a_school_day_after_all(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.say("/calendar 1月1日 上课")
    assert "“读书会”2027年1月1日 周五 16:00（第18周），那天照常上课。开吗？" in group.last().text
    await group.press("开：")
    assert (await states(group))[2] == "on"
