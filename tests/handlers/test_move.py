"""/move: one meeting or the series; everybody who answered is told once."""

import pytest

from tests.chat import Chat
from tests.handlers.meetings import CIRCLE, changes, close_private, put, rehome, rows, settled


async def test_named_with_the_new_time(group: Chat) -> None:
    await settled(group)
    card = group.last()
    await group.press("参加", by="林老师")
    await group.press("不能", by="周老师")
    said = await group.say("/move 分数教学研讨 周四 15:00")
    assert "“分数教学研讨”原定 11月27日 周五 16:00（第13周）。" in said
    assert "11月26日 周四 15:00（第13周）" in said
    assert (await rows(group))[0][1] == "2026-11-27 08:00"
    said = await group.press("就这样")
    assert "“分数教学研讨”从 11月27日 周五 16:00（第13周） 改到 11月26日 周四 15:00（第13周）。" in said
    assert await rows(group) == [("分数教学研讨", "2026-11-26 07:00", "on")]
    shown = next(post for post in group.posts() if post.id == card.id)
    assert "11月26日 周四 15:00（第13周）（已改期）\n来的有 1 位：林老师" in shown.text
    for person in ("林老师", "周老师"):
        [told] = group.posts(group.private(person))
        assert told.text.startswith("“分数教学研讨”改期了：原定 11月27日")
    assert group.posts(group.private("何老师")) == []
    assert await changes(group) == ["schedule-log-fixed", "move-log-one"]


async def test_the_private_note_lets_one_take_back_the_answer(group: Chat) -> None:
    await settled(group)
    await group.press("参加", by="林老师")
    await group.say("/move 周四 15:00")
    await group.press("就这样")
    await group.press("不能", by="林老师", room=group.private("林老师"))
    assert "来的有" not in group.posts()[0].text


async def test_who_cannot_be_told_privately_hears_of_it_in_the_group(group: Chat) -> None:
    await close_private(group, "林老师")
    await settled(group)
    await group.press("参加", by="林老师")
    await group.say("/move 周四 15:00")
    said = await group.press("就这样")
    assert said.count("“分数教学研讨”改期了") == 1


async def test_as_a_reply_to_the_card(group: Chat) -> None:
    await settled(group)
    await settled(group, CIRCLE)
    first = group.posts()[0]
    assert "“分数教学研讨”原定" in await group.say("/move 周四 15:00", reply_to=first)


async def test_by_buttons_when_no_name_is_given(group: Chat) -> None:
    await settled(group)
    await settled(group, "/schedule 周四 10:00 备课")
    assert await group.say("/move 周二 9:00") == "改哪一场？"
    said = await group.press("备课")
    assert "“备课”原定" in said
    assert "11月24日 周二 09:00（第13周）" in said


async def test_the_time_is_asked_for_and_may_be_changed(group: Chat) -> None:
    await settled(group)
    assert await group.say("/move") == "“分数教学研讨”改到什么时候？"
    assert "几点开始" in await group.say("周四", reply_to=group.last())
    assert "11月26日 周四 15:00" in await group.say("15:00", reply_to=group.last())
    assert await group.press("改") == "“分数教学研讨”改到什么时候？"
    await group.say("周三 15:00", reply_to=group.last())
    await group.press("就这样")
    assert await rows(group) == [("分数教学研讨", "2026-11-25 07:00", "on")]


async def test_leaving_it_as_it_was(group: Chat) -> None:
    await settled(group)
    await group.say("/move 周四 15:00")
    assert await group.press("不改了") == "好，“分数教学研讨”照旧。"
    assert (await rows(group))[0][1] == "2026-11-27 08:00"


async def test_the_whole_series_keeps_to_its_weeks(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.press("参加", by="林老师")
    await group.say("/move 读书会 周四 15:00")
    said = await group.press("整个系列")
    assert "第14周 12月3日、第16周 12月17日、第18周 12月31日、第20周 1月14日，都是周四 15:00" in said
    await group.press("就这样")
    assert [(at, state) for _, at, state in await rows(group)] == [
        ("2026-12-03 07:00", "on"),
        ("2026-12-17 07:00", "on"),
        ("2026-12-31 07:00", "on"),
        ("2027-01-14 07:00", "held"),
    ]
    [told] = group.posts(group.private("林老师"))
    assert "下一场是 12月3日 周四 15:00（第14周）" in told.text


async def test_one_of_a_series(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.say("/move 读书会 12月3日 15:00")
    await group.press("只改 12月4日")
    await group.press("就这样")
    assert [at for _, at, _ in await rows(group)][:2] == ["2026-12-03 07:00", "2026-12-18 08:00"]


async def test_another_one_of_a_series(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.say("/move 读书会 12月17日 15:00")
    await group.press("另选一场")
    await group.press("读书会，12月18日")
    await group.press("就这样")
    assert [at for _, at, _ in await rows(group)][:2] == ["2026-12-04 08:00", "2026-12-17 07:00"]


SERIES = [
    ("每周三15:30 教研例会", "周四 16:00", ["2026-11-26 08:00", "2026-12-03 08:00"]),
    ("每周三15:30 教研例会", "每两周周四16:00", ["2026-11-26 08:00", "2026-12-10 08:00"]),
    ("每月第一个周五下午4点 沙龙", "12月3日 15:00", ["2026-12-03 07:00", "2027-01-07 07:00"]),
    ("每周三15:30 例会 共3次", "周四 15:30", ["2026-11-26 07:30", "2026-12-03 07:30", "2026-12-10 07:30"]),
]


@pytest.mark.parametrize(("words", "new", "expected"), SERIES)
async def test_series_of_all_kinds(group: Chat, words: str, new: str, expected: list[str]) -> None:
    await settled(group, f"/schedule {words}")
    await group.say(f"/move {new}")
    await group.press("整个系列")
    await group.press("就这样")
    found = [at for _, at, state in await rows(group) if state != "cancelled"]
    assert found[: len(expected)] == expected


async def test_a_series_on_several_days_needs_the_whole_rule(group: Chat) -> None:
    await settled(group, "/schedule 每周一三五 7:50 晨间分享")
    await group.say("/move 周四 8:00")
    assert "整个系列要改成什么样？" in await group.press("整个系列")
    await group.say("每周二四 8:00", reply_to=group.last())
    await group.press("就这样")
    assert [at for _, at, _ in await rows(group)][:2] == ["2026-11-24 00:00", "2026-11-26 00:00"]


async def test_words_choose_the_scope_too(group: Chat) -> None:
    await settled(group, CIRCLE)
    await group.tell("/move 读书会 周四 15:00")
    assert "整个系列改期" in await group.tell("整个")


async def test_reminders_follow_the_new_time(group: Chat) -> None:
    await settled(group)
    await group.say("/move 周四 15:00")
    await group.press("就这样")
    assert "明天见" in await group.until("2026-11-25 17:01")
    assert "还有 30 分钟" in await group.until("2026-11-26 14:31")
    assert await group.until("2026-11-26 16:29") == ""


async def test_only_leaders_move(group: Chat) -> None:
    await settled(group)
    assert "由负责人来做" in await group.say("/move 周四 15:00", by="林老师")
    await group.say("/move 周四 15:00")
    assert "由负责人来做" in await group.press("就这样", by="林老师")


async def test_pressing_twice_moves_once(group: Chat) -> None:
    await settled(group)
    await group.say("/move 周四 15:00")
    post = group.last()
    data = post.buttons[0][0]["callback_data"]
    await group.press("就这样")
    group.world.press_data("王老师", post, data)
    await group.settle()
    assert (await changes(group)).count("move-log-one") == 1


async def test_nothing_ahead_or_of_another_community(group: Chat) -> None:
    assert await group.say("/move") == "往后没有可以改期的安排。"
    await settled(group)
    await group.say("/move 周四 15:00")
    await rehome(group)
    assert "过时" in await group.press("就这样")


async def test_in_english(group: Chat) -> None:
    await settled(group, "/schedule Friday 16:00 Fractions workshop")
    await put(group, language="en")
    said = await group.say("/move Fractions workshop Thursday 3pm")
    assert "was to be on Fri 27 Nov 16:00 (week 13)" in said
    assert "has moved from" in await group.press("That’s right")


async def test_a_reply_to_what_was_read_back_is_another_time(group: Chat) -> None:
    await settled(group)
    await group.say("/move 分数教学研讨 周四 15:00")
    post = group.last()
    assert await group.say("周四我有课", by="周老师", reply_to=post) == ""
    assert "11月25日 周三 16:00（第13周）" in await group.say("周三 16:00", reply_to=post)
    assert await group.press("就这样", post=post) == "这个按钮已经过时了，请看最新的一条。"
    assert "（已改期）" in await group.press("就这样")
