"""One community in three places at once: the same state everywhere, and no post that keeps a false one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from storage.models.community import Person
from tests.chat import LEADER
from tests.codes import code_in, person_code, rows
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


async def code_of(school: Everywhere) -> str:
    """The join code, as the leader gets it."""
    await school.telegram.tell("/link")
    room = school.telegram.private(LEADER)
    return code_in(await school.telegram.press("加入码", room=room))


@pytest.mark.parametrize("words", ["加入 {}", "加入{}", "join {}", "／加入 {}"])
async def test_the_join_code_works_wherever_it_is_typed(school: Everywhere, words: str) -> None:
    typed = words.format(await code_of(school))
    school.telegram.world.add_person("钱老师")
    assert "欢迎钱老师" in await school.telegram.tell(typed, by="钱老师")
    school.wecom.world.add_person("李老师", "li_laoshi")
    assert "怎么称呼" in await school.wecom.tell(typed, by="李老师")
    assert "欢迎李老师" in await school.wecom.tell("李老师", by="李老师")
    await school.follower.follow("郭老师")
    assert "怎么称呼" in await school.follower.say(typed, by="郭老师")
    assert "欢迎郭老师" in await school.follower.say("郭老师", by="郭老师")
    await school.meet()
    for shown in (
        school.telegram.last(school.telegram.private("钱老师")).text,
        school.wecom.last(school.wecom.private("李老师")).text,
        school.follower.last("郭老师").text,
    ):
        assert shown.startswith(ON_FRIDAY)


async def test_the_same_name_elsewhere_is_somebody_else(school: Everywhere) -> None:
    await school.telegram.tell("/reflect 只给自己的一句", by="林老师")
    await school.meet()
    await school.telegram.press("参加", by="林老师")
    typed = f"加入 {await code_of(school)}"
    await school.follower.follow("林老师")
    await school.follower.say(typed, by="林老师")
    await school.follower.say("林老师", by="林老师")
    await school.follower.say("日程", by="林老师")
    await school.follower.press("报名 11月27日", by="林老师")
    await school.follower.press("不能", by="林老师")
    assert "来的有 1 位：林老师" in school.telegram.post_with("参加").text
    assert "只给自己" not in await school.follower.say("反思 我的", by="林老师")
    assert "由负责人来做" in await school.follower.say("反思提示", by="林老师")
    who = await rows(school.telegram, select(Person).where(col(Person.name) == "林老师"))
    assert len(who) == 2


async def test_linked_by_a_private_code_the_two_are_one(school: Everywhere) -> None:
    await school.meet()
    await school.telegram.press("参加", by="林老师")
    code = await person_code(school.telegram, "林老师")
    await school.follower.follow("林敏")
    assert "这个码是“林老师”的" in await school.follower.say(f"关联 {code}", by="林敏")
    assert "都是你了，林老师" in await school.follower.press("都是我", by="林敏")
    assert "来的有 1 位：林老师" in school.telegram.post_with("参加").text
    await school.follower.say("日程", by="林敏")
    assert "账号：Telegram（林老师）、公众号" in await school.follower.say("我", by="林敏")


async def test_who_follows_later_answers_from_the_agenda(school: Everywhere) -> None:
    await school.meet()
    typed = f"加入 {await code_of(school)}"
    await school.follower.follow("郭老师")
    await school.follower.say(typed, by="郭老师")
    await school.follower.say("郭老师", by="郭老师")
    assert "报名 11月27日 分数教学研讨" in await school.follower.say("日程", by="郭老师")
    assert ON_FRIDAY in await school.follower.press("报名 11月27日", by="郭老师")
    assert await school.follower.press("参加", by="郭老师") == "好，等你来。"
    assert "来的有 1 位：郭老师" in school.telegram.last().text
    school.telegram.world.add_person("钱老师")
    room = school.telegram.private("钱老师")
    await school.telegram.tell(typed, by="钱老师")
    await school.telegram.tell("/agenda", by="钱老师")
    await school.telegram.press("报名 11月27日", by="钱老师", room=room)
    await school.telegram.press("参加", by="钱老师", room=room)
    assert "来的有 2 位：郭老师、钱老师" in school.telegram.last(room).text
    await school.wecom.press("参加", by=FENG)
    await school.settle()
    assert "来的有 3 位：郭老师、钱老师、冯老师" in school.telegram.last(room).text


async def test_a_number_that_is_too_old_is_found_again_in_the_agenda(school: Everywhere) -> None:
    await school.meet("下周五 16:00 分数教学研讨")
    old = school.follower.number("参加", FOLLOWER)
    await school.until("2026-11-26 10:00")
    assert "已经过时了。发“日程”" in await school.follower.say(old, by=FOLLOWER)
    await school.follower.say("本学期", by=FOLLOWER)
    await school.follower.press("报名 12月4日", by=FOLLOWER)
    assert await school.follower.press("参加", by=FOLLOWER) == "好，等你来。"


async def test_who_lives_by_another_clock_changes_nobody_elses(school: Everywhere) -> None:
    await school.meet()

    def abroad(session: Session) -> None:
        session.exec(select(Person).where(col(Person.name) == FOLLOWER)).one().zone = "Europe/London"

    await school.app.engine.submit(abroad)
    await school.follower.press("参加", by=FOLLOWER)
    assert school.telegram.last().text == f"{ON_FRIDAY}\n来的有 1 位：吴老师"
    assert "11月27日 周五 08:00" in await school.follower.press("看最新", by=FOLLOWER)
    assert "11月27日 周五 16:00" in await school.wecom.press("看最新", by=FENG)


async def test_who_never_chose_a_language_hears_the_communitys_whoever_acts(school: Everywhere) -> None:
    await school.meet()
    await school.wecom.press("参加", by=ZHENG)

    def unsaid(session: Session) -> None:
        session.exec(select(Person).where(col(Person.name) == ZHENG)).one().language = None

    await school.app.engine.submit(unsaid)
    await school.telegram.tell("/language en")
    await school.telegram.tell("/move Thursday 3pm")
    await school.telegram.press("That’s right", room=school.telegram.private(LEADER))
    await school.settle()
    assert "改期了" in school.wecom.last(school.wecom.private(ZHENG)).text
    assert "（已改期）" in school.east[-1]
