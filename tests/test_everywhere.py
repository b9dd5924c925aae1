"""One community in three places at once: the same state everywhere, and no post that keeps a false one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.everywhere import EAST, FOLLOWER, Everywhere, open_everywhere

ZHENG, FENG = (name for name, _ in EAST)
ON_FRIDAY = "分数教学研讨\n11月27日 周五 16:00（第13周）"


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[Everywhere]:
    """The three places; the follower has just written, so posts reach them."""
    async with open_everywhere(tmp_path) as opened:
        await opened.follower.say("你好", by=FOLLOWER)
        yield opened


async def test_who_comes_anywhere_is_on_every_card_that_is_looked_at(school: Everywhere) -> None:
    await school.meet()
    await school.telegram.press("参加", by="林老师")
    await school.wecom.press("参加", by=ZHENG)
    await school.follower.press("参加", by=FOLLOWER)
    coming = "来的有 3 位：林老师、郑老师、吴老师"
    assert school.telegram.last().text == f"{ON_FRIDAY}\n{coming}"
    assert coming in await school.wecom.press("看最新", by=FENG)
    assert coming in await school.follower.press("看最新", by=FOLLOWER)


async def test_a_card_that_cannot_change_by_itself_says_as_of_when_it_holds(school: Everywhere) -> None:
    await school.meet()
    for shown in (school.wecom.last().text, school.follower.last(FOLLOWER).text):
        assert shown.startswith(f"{ON_FRIDAY}\n以上截至 11月23日 10:00。")
    assert school.telegram.last().text == ON_FRIDAY
    await school.until("2026-11-23 14:20")
    await school.telegram.press("参加", by="林老师")
    await school.settle()
    assert school.east == [f"{ON_FRIDAY}\n以上截至 11月23日 10:00。"]
    await school.wecom.press("看最新", by=FENG)
    assert school.east == [f"{ON_FRIDAY}\n来的有 1 位：林老师\n以上截至 11月23日 14:20。"]


async def test_pressing_the_same_again_shows_what_holds_and_tells_the_group_nothing(
    school: Everywhere,
) -> None:
    await school.meet()
    await school.wecom.press("参加", by=FENG)
    await school.telegram.press("参加", by="林老师")
    await school.wecom.press("参加", by=FENG)
    await school.settle()
    assert len(school.east) == 1
    assert "来的有 2 位：冯老师、林老师" in school.east[0]


async def test_looking_needs_no_membership_and_changes_nothing(school: Everywhere) -> None:
    await school.meet()
    school.wecom.world.add_person("客人", "guest")
    school.wecom.group.members.append("guest")
    assert ON_FRIDAY in await school.wecom.press("看最新", by="客人")
    assert len(school.east) == 1
    assert "来的有" not in school.east[0]


async def test_a_new_time_is_a_new_card_where_the_old_one_stays(school: Everywhere) -> None:
    await school.meet()
    for name in (ZHENG, FENG):
        await school.wecom.press("参加", by=name)
    await school.telegram.say("/move 周四 15:00")
    await school.telegram.press("就这样")
    await school.settle()
    old, new = school.wecom.posts()
    assert "11月27日" in old.text
    assert "11月26日 周四 15:00（第13周）（已改期）\n来的有 2 位：郑老师、冯老师" in new.text
    await school.wecom.press("不能", by=FENG, post=old)
    assert "11月26日 周四 15:00（第13周）（已改期）\n来的有 1 位：郑老师\n" in old.text
    assert len(school.east) == 2
    await school.wecom.press("看最新", by=FENG)
    assert "来的有 1 位：郑老师\n" in new.text


async def test_everybody_hears_of_a_new_time_once(school: Everywhere) -> None:
    await school.meet()
    for name in (ZHENG, FENG):
        await school.wecom.press("参加", by=name)
    await school.follower.press("参加", by=FOLLOWER)
    before = len(school.follower.posts(FOLLOWER))
    await school.telegram.say("/move 周四 15:00")
    said = await school.telegram.press("就这样")
    await school.settle()
    assert said.count("改期了") == 1  # 冯老师 has no private chat, so the groups are told
    assert school.telegram.buttons() == ["参加", "不确定", "不能"]
    [told] = school.follower.posts(FOLLOWER)[before:]
    assert told.text.startswith("“分数教学研讨”改期了")
    private = school.wecom.posts(school.wecom.private(ZHENG))
    assert sum("改期了" in post.text for post in private) == 1


async def test_a_follower_who_has_not_answered_gets_the_new_card(school: Everywhere) -> None:
    await school.meet()
    await school.telegram.say("/move 周四 15:00")
    await school.telegram.press("就这样")
    await school.settle()
    assert "11月26日 周四 15:00（第13周）（已改期）" in school.follower.last(FOLLOWER).text
    assert "11月26日 周四 15:00（第13周）（已改期）" in school.east[-1]


async def test_what_is_cancelled_is_said_and_an_old_card_that_is_pressed_says_so(school: Everywhere) -> None:
    await school.meet()
    await school.telegram.say("/cancel")
    await school.telegram.press("取消 11月27日")
    await school.settle()
    cancelled = f"{ON_FRIDAY}（已取消）"
    assert school.east[-1] == school.follower.last(FOLLOWER).text == cancelled
    old = school.wecom.posts()[0]
    await school.wecom.press("参加", by=FENG, post=old)
    assert school.east == [cancelled, cancelled]
    assert cancelled in await school.follower.press("参加", by=FOLLOWER)


async def test_a_chat_that_never_showed_a_meeting_is_not_told_of_its_card(school: Everywhere) -> None:
    await school.meet()
    other = school.wecom.world.add_group("新连的群", FENG)
    other.spoken = True
    await school.telegram.tell("/link")
    await school.telegram.press("再连一个群", room=school.telegram.private("王老师"))
    word = school.telegram.last(school.telegram.private("王老师")).text.split("：")[1][:6]
    await school.wecom.say(f"连接 {word}", by=FENG, group=other)
    before = len(school.wecom.posts(other))
    await school.telegram.say("/cancel")
    await school.telegram.press("取消 11月27日")
    await school.settle()
    assert len(school.wecom.posts(other)) == before


async def test_words_written_where_no_card_changes_are_still_answered(school: Everywhere) -> None:
    await school.meet()
    await school.until("2026-11-27 18:30")
    await school.wecom.press("写", by=ZHENG)
    assert "小结：大家试了折纸" in await school.wecom.say("大家试了折纸", by=ZHENG)
    await school.settle()
    assert "小结：大家试了折纸" in school.telegram.last().text


async def test_who_leaves_frees_the_seat_without_a_post(school: Everywhere) -> None:
    await school.meet()
    await school.wecom.press("参加", by=ZHENG)
    await school.wecom.say("退出", by=ZHENG)
    await school.settle()
    assert school.telegram.last().text == ON_FRIDAY
    assert len(school.east) == 1
    assert "郑老师" not in await school.wecom.press("看最新", by=FENG)
