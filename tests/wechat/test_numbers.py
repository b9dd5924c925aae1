"""Numbers to reply with, typed as teachers type them."""

from pathlib import Path

import pytest

from tests.chat import LEADER
from tests.follower import Followers, open_followers

CARD = "回复 5 参加 / 6 不确定 / 7 不能 / 8 到时提醒我 / 9 加到日历 / 10 看最新"


@pytest.fixture
async def invited(personal: Followers) -> Followers:
    """王老师 has arranged 读书会, and 林老师 has just been told."""
    await personal.found()
    await arrange(personal, "周五16:00 读书会")
    assert CARD in await personal.say("日程", by="林老师")
    return personal


async def arrange(followers: Followers, words: str) -> None:
    await followers.say(f"安排 {words}")
    await followers.press("就这样")


async def test_an_answer_ends_with_what_can_be_replied(personal: Followers) -> None:
    await personal.found()
    said = await personal.say("安排 周五16:00 读书会")
    assert said.endswith("回复 1 就这样 / 2 改 / 3 不约了")
    assert "“读书会”定下了，会告诉大家。" in await personal.say("1")


@pytest.mark.parametrize(
    "typed",
    ["5", "５", "回复5", "回复 5", "5.", "5。", "选5", "第5个", "#5", "⑤", "5️⃣", "5 参加", "参加", " 参加 "],
)
async def test_a_number_is_typed_in_many_ways(invited: Followers, typed: str) -> None:
    assert await invited.say(typed, by="林老师") == "好，等你来。"


@pytest.mark.parametrize("typed", ["5 月", "5 点见", "55个", "参加吗", "5-6"])
async def test_words_that_only_begin_like_a_number_are_words(invited: Followers, typed: str) -> None:
    said = await invited.say(typed, by="林老师")
    assert said
    assert "好，等你来" not in said


async def test_a_card_keeps_its_numbers_beside_new_ones(invited: Followers) -> None:
    said = await invited.say("帮助", by="林老师")
    assert "回复 11 开始" in said
    assert await invited.say("7", by="林老师") == "记下了，下次再来。"
    assert await invited.say("5", by="林老师") == "好，等你来。"


async def test_the_same_button_has_the_same_number_wherever_it_is_said(invited: Followers) -> None:
    await invited.until("2026-11-26 20:00")
    said = await invited.say("日程", by="林老师")
    assert "明天见：“读书会”" in said
    assert "回复 5 参加 / 6 不确定 / 7 不能" in said


async def test_two_open_cards_and_a_word_that_fits_both(invited: Followers) -> None:
    await arrange(invited, "周四16:00 备课")
    await invited.say("日程", by="林老师")
    asked = await invited.say("参加", by="林老师")
    assert asked.startswith("你指的是哪一个？回复前面的数字：\n5 读书会\n")
    number = asked.splitlines()[-1].partition(" ")[0]
    assert asked.splitlines()[-1] == f"{number} 备课"
    assert await invited.say(number, by="林老师") == "好，等你来。"
    assert "备课\n11月26日 周四 16:00（第13周）\n来的有 1 位：林老师" in await invited.say(
        "日程", by="何老师"
    )


@pytest.mark.parametrize("typed", ["29", "回复29", "２９"])
async def test_a_number_nobody_offered_gets_a_kind_answer(invited: Followers, typed: str) -> None:
    said = await invited.say(typed, by="林老师")
    assert said == "编号 29 已经过时了。发“日程”看最近的安排，发“帮助”看我能做什么。"


async def test_numbers_of_what_was_no_card_end_with_the_next_answer(invited: Followers) -> None:
    assert "回复 11 开始 / 12 分享和查找" in await invited.say("帮助", by="林老师")
    assert "回复 11 今天 / 12 本学期" in await invited.say("日程", by="林老师")
    assert (await invited.say("12", by="林老师")).startswith("本学期")
    assert (await invited.say("15", by="林老师")).startswith("编号 15 已经过时了。")


async def test_numbers_are_good_for_two_days(invited: Followers) -> None:
    await invited.until("2026-11-25 10:30")
    assert (await invited.say("4", by="林老师")).startswith("编号 4 已经过时了。")


async def test_a_number_is_worth_nothing_in_another_chat(invited: Followers) -> None:
    assert (await invited.say("4", by="何老师")).startswith("编号 4 已经过时了。")


async def test_who_has_not_read_a_card_answers_what_they_have_read(personal: Followers) -> None:
    await personal.found()
    await personal.say("帮助", by="林老师")
    await arrange(personal, "周五16:00 读书会")
    said = await personal.say("2", by="林老师")
    assert said.startswith("分享和查找")
    assert "读书会" in said


async def test_a_question_is_answered_by_a_number_that_is_not_its_own(invited: Followers) -> None:
    assert "回复 11 这次跳过" in await invited.say("反思", by="林老师")
    assert (await invited.say("5", by="林老师")).startswith("收好了，只有你看得到。")


async def test_a_question_has_numbers_of_its_own(invited: Followers) -> None:
    await invited.say("反思", by="林老师")
    assert "收好了" not in await invited.press("这次跳过", by="林老师")
    assert await invited.say("5", by="林老师") == "好，等你来。"


async def test_a_card_told_after_the_question_is_answered_by_its_number(personal: Followers) -> None:
    await personal.found()
    await personal.say("反思", by="林老师")
    await arrange(personal, "周五16:00 读书会")
    assert "参加" in await personal.say("/agenda", by="林老师")
    assert await personal.press("参加", by="林老师") == "好，等你来。"
    assert (await personal.say("今天很顺", by="林老师")).startswith("收好了")


async def test_a_command_is_no_choice_of_the_same_name(personal: Followers) -> None:
    await personal.found()
    await personal.say("帮助", by="林老师")
    assert "反思" in personal.buttons("林老师")
    assert (await personal.say("反思", by="林老师")).startswith("想写点什么？")


async def test_a_list_with_numbers_of_its_own_keeps_them(personal: Followers) -> None:
    await personal.found()
    for words in ("第一条", "第二条"):
        await personal.say("反思", by="林老师")
        await personal.say(words, by="林老师")
        await personal.press("写好了", by="林老师")
    await personal.say("反思", by="林老师")
    said = await personal.press("我写过的", by="林老师")
    assert "第二条" in said.splitlines()[1]
    assert "第二条" in await personal.say("1", by="林老师")


async def test_in_english_too(personal: Followers) -> None:
    await personal.found()
    await personal.say("/language en", by="林老师")
    await arrange(personal, "周五16:00 读书会")
    said = await personal.say("agenda", by="林老师")
    assert "What I could not tell you before:" in said
    assert "Reply 5 I’m coming / 6 Not sure / 7 I can’t" in said
    assert await personal.say("reply 5", by="林老师") == "Good, see you there."
    stale = await personal.say("29", by="林老师")
    assert stale.startswith("The number 29 is out of date.")


async def test_a_meeting_that_is_off_says_so_to_late_numbers(invited: Followers) -> None:
    await invited.say("取消 读书会", by=LEADER)
    await invited.press(invited.buttons()[0])
    assert (await invited.say("5", by="林老师")).startswith("这一场不开了。")


async def test_on_postgresql_too(tmp_path: Path, postgres_database: str) -> None:
    async with open_followers(tmp_path, "subscription", database_url=postgres_database) as followers:
        await followers.found()
        await arrange(followers, "周五16:00 读书会")
        await followers.wechat.allow("林老师", "REMIND")
        assert CARD in await followers.say("日程", by="林老师")
        assert await followers.say("5", by="林老师") == "好，等你来。"
        await followers.until("2026-11-27 15:40")
        assert "还有 30 分钟" in await followers.say("日程", by="周老师")
        assert (await followers.say("29", by="周老师")).startswith("编号 29 已经过时了。")
