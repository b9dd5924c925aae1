"""/cancel: one or the series, after being asked; who answered is told once."""

from tests.chat import Chat
from tests.handlers.meetings import CIRCLE, changes, put, rehome, settled, states


async def test_one_meeting(group: Chat) -> None:
    await settled(group)
    card = group.last()
    await group.press("参加", by="林老师")
    assert (
        await group.say("/cancel 分数教学研讨") == "要取消 11月27日 周五 16:00（第13周） 的“分数教学研讨”吗？"
    )
    assert await states(group) == ["on"]
    await group.press("取消 11月27日")
    assert await states(group) == ["cancelled"]
    shown = next(post for post in group.posts() if post.id == card.id)
    assert shown.text == "分数教学研讨\n11月27日 周五 16:00（第13周）（已取消）"
    assert shown.buttons == []
    [told] = group.posts(group.private("林老师"))
    assert told.text == "“分数教学研讨”11月27日 周五 16:00（第13周） 这一场取消了。"
    assert group.posts(group.private("周老师")) == []
    assert await changes(group) == ["schedule-log-fixed", "cancel-log-one"]


async def test_keeping_it(group: Chat) -> None:
    await settled(group)
    await group.say("/cancel")
    assert await group.press("不取消") == "好，“分数教学研讨”照旧。"
    assert await states(group) == ["on"]


async def test_the_series_and_who_answered_for_it(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.press("参加", by="林老师")
    await group.say("/cancel 读书会")
    await group.press("取消整个系列")
    assert set(await states(group)) == {"cancelled"}
    assert len(group.posts(group.private("林老师"))) == 1
    assert await group.until("2026-12-20 12:00") == ""


async def test_a_series_that_is_over_is_not_made_further(group: Chat) -> None:
    await settled(group, "/schedule 每周三15:30 教研例会")
    await group.say("/cancel 教研例会")
    await group.press("取消整个系列")
    await group.until("2026-12-08 12:00")
    assert set(await states(group)) == {"cancelled"}


async def test_the_one_on_the_day_that_was_said(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.say("/cancel 读书会 12月18日")
    await group.press("取消 12月18日")
    assert await states(group) == ["on", "cancelled", "off", "held"]


async def test_by_button_when_there_are_several(group: Chat) -> None:
    await settled(group)
    await settled(group, "/schedule 周四 10:00 备课")
    assert await group.say("/cancel") == "取消哪一场？"
    assert "“备课”" in await group.press("备课")


async def test_pressing_twice_tells_once(group: Chat) -> None:
    await settled(group)
    await group.press("参加", by="林老师")
    await group.say("/cancel")
    post = group.last()
    data = post.buttons[0][0]["callback_data"]
    await group.press("取消 11月27日")
    query = group.world.press_data("王老师", post, data)
    await group.settle()
    assert "过时" in (query.answer or {})["text"]
    assert len(group.posts(group.private("林老师"))) == 1


async def test_only_leaders_and_only_here(group: Chat) -> None:
    assert await group.say("/cancel") == "往后没有可以取消的安排。"
    await settled(group)
    assert "由负责人来做" in await group.say("/cancel", by="林老师")
    await group.say("/cancel")
    assert "由负责人来做" in await group.press("取消 11月27日", by="林老师")
    await rehome(group)
    assert "过时" in await group.press("取消 11月27日")


async def test_in_english(group: Chat) -> None:
    await settled(group)
    await put(group, language="en")
    assert await group.say("/cancel") == "Cancel “分数教学研讨” on Fri 27 Nov 16:00 (week 13)?"
    assert "is cancelled" in await group.press("Cancel the one")
