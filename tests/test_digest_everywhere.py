"""The weekly digest in three places: once in each, whatever breaks between them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.everywhere import FOLLOWER, Everywhere, open_everywhere

BEFORE, AFTER = "2026-11-27 16:20", "2026-11-27 17:30"
DIGEST = "这一周"


@pytest.fixture
async def shared(tmp_path: Path) -> AsyncIterator[Everywhere]:
    """There is something to tell of this week, just before it is told; the follower wrote that day."""
    async with open_everywhere(tmp_path) as school:
        await school.telegram.say("/digest")
        await school.telegram.say("/share https://school.example/folding 折纸学具单", by="周老师")
        await school.until(BEFORE)
        await school.follower.say("你好", by=FOLLOWER)
        yield school


def told(school: Everywhere) -> list[int]:
    """How many digests there are in the Telegram group, in the WeCom group and with the follower."""
    places = (school.telegram.posts(), school.wecom.posts(), school.follower.posts(FOLLOWER))
    return [sum(DIGEST in post.text and "折纸学具单" in post.text for post in place) for place in places]


async def test_each_place_hears_it_once(shared: Everywhere) -> None:
    await shared.until(AFTER)
    assert told(shared) == [1, 1, 1]


async def test_each_place_hears_it_once_though_the_bot_ended_between_them(shared: Everywhere) -> None:
    shared.wecom.gateway.faults.on("errcode", "aibot_send_msg", times=1, code=45009)
    await shared.until("2026-11-27 16:30")
    assert told(shared) == [1, 0, 1]
    await shared.restart()
    assert told(shared) == [1, 0, 1]
    await shared.until(AFTER)
    assert told(shared) == [1, 1, 1]


async def test_each_place_hears_it_in_its_own_language(shared: Everywhere) -> None:
    await shared.follower.say("/language en", by=FOLLOWER)
    await shared.until(AFTER)
    assert told(shared) == [1, 1, 0]
    assert "This week" in shared.follower.last(FOLLOWER).text


async def test_a_place_that_was_let_go_hears_nothing_and_the_others_do(shared: Everywhere) -> None:
    room = shared.telegram.private("王老师")
    await shared.telegram.tell("/link")
    await shared.telegram.press("断开“企业微信的一个群”", room=room)
    await shared.telegram.press("确定断开", room=room)
    await shared.until(AFTER)
    assert told(shared) == [1, 0, 1]
