"""One community in a Telegram group and with followers of an Official Account."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.follower import Followers, open_followers


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Followers]:
    """The usual group on Telegram, and 郑老师, who only follows the account."""
    async with open_followers(tmp_path, "personal", telegram=True) as opened:
        await opened.join("郑老师")
        yield opened


async def test_a_card_from_the_group_reaches_the_follower_when_they_ask(both: Followers) -> None:
    await both.chat.say("/schedule 周五16:00 读书会")
    await both.chat.press("就这样")
    assert both.posts("郑老师") == []
    said = await both.say("日程", by="郑老师")
    assert "读书会\n11月27日 周五 16:00（第13周）" in said


async def test_who_comes_by_number_stands_on_the_card_in_the_group(both: Followers) -> None:
    await both.chat.say("/schedule 周五16:00 读书会")
    await both.chat.press("就这样")
    await both.say("日程", by="郑老师")
    assert await both.press("参加", by="郑老师") == "好，等你来。"
    assert "来的有 1 位：郑老师" in both.chat.last().text
    assert "好，等你来。" in await both.chat.press("参加", by="林老师")
    assert "来的有 2 位：郑老师、林老师" in both.chat.last().text


async def test_a_follower_finds_what_the_group_shared(both: Followers) -> None:
    await both.chat.say("/share https://jiaoyan.example.cn/7 讲清算理的一课 #算理", by="林老师")
    assert "讲清算理的一课" in await both.say("有没有讲算理的？", by="郑老师")


async def test_a_follower_shares_for_the_group(both: Followers) -> None:
    await both.say("分享 https://jiaoyan.example.cn/8 分数墙 #分数", by="郑老师")
    assert "分数墙" in await both.chat.say("/find 分数")


async def test_numbers_in_the_group_are_words_there(both: Followers) -> None:
    await both.chat.say("/schedule 周五16:00 读书会")
    assert await both.chat.say("1", by="林老师") == ""


async def test_a_reflection_of_a_follower_is_their_own(both: Followers) -> None:
    await both.say("反思 今天让学生自己出题", by="郑老师")
    for command in ("/agenda", "/find 出题", "/library", "/log"):
        assert "自己出题" not in await both.chat.say(command)


async def test_each_survives_a_restart_of_the_other(both: Followers) -> None:
    await both.restart()
    assert "/agenda" in await both.say("帮助", by="郑老师")
    assert "/agenda" in await both.chat.say("/help")
