"""Pressed by the wrong person, in the wrong place, too late or twice: a kind word and at most one effect."""

import pytest

from bot.sandbox.registry import Query
from config.texts import message
from tests.chat import Chat
from tests.reliability.rows import kept

OLD = message("zh-CN", "core-button-old", {})
OTHER = message("zh-CN", "core-button-other", {})
SHARE = "/share https://example.org/lesson 一节课"


def notice(query: Query) -> str:
    return str((query.answer or {}).get("text", ""))


def data_of(chat: Chat, action: str) -> str:
    """What the newest button of *action* in the group carries."""
    rows = [row for post in chat.posts() for row in post.buttons]
    found = [str(one["callback_data"]) for row in rows for one in row if "callback_data" in one]
    return next(data for data in reversed(found) if data.startswith(f"{action}|"))


async def press(chat: Chat, data: str, by: str, times: int = 1) -> list[str]:
    """The notices of so many presses at once."""
    queries = [chat.world.press_data(by, chat.last(), data) for _ in range(times)]
    await chat.settle()
    assert all(query.answer is not None for query in queries)
    return [notice(query) for query in queries]


def changed(data: str) -> list[str]:
    """Other data that somebody could try in place of *data*."""
    action, arg, only, signature = data.split("|")
    return [
        f"{action}|999|{only}|{signature}",
        f"rhide|{arg}|{only}|{signature}",
        f"{action}|{arg}|1|{signature}",
        f"{action}|{arg}|{only}|{signature[:-1]}",
        f"{action}|{arg}|{only}|{signature.swapcase()}",
        f"{action}|{arg}|{only}|",
        data + "|" + signature,
        "|||",
        "x",
        "研" * 300,
        "\x00",
        "a" * 5000,
        "-1|-1|-1|-1",
    ]


async def test_forged_data_is_answered_kindly_and_does_nothing(group: Chat) -> None:
    await group.say(SHARE, by="林老师")
    data, before = data_of(group, "rtitle"), await kept(group)
    for forged in changed(data):
        assert await press(group, forged, "林老师") == [OLD], forged
    assert await kept(group) == before


async def test_a_button_is_worthless_in_another_group(group: Chat) -> None:
    await group.say(SHARE, by="林老师")
    data = data_of(group, "rdrop")
    other = group.world.add_group("别的教研组", "林老师", "周老师")
    group.world.say("林老师", other, "/help")
    await group.settle()
    before = await kept(group)
    query = group.world.press_data("林老师", group.last(other), data)
    await group.settle()
    assert notice(query) == OLD
    assert await kept(group) == before


async def test_a_button_for_one_person_is_not_for_another(group: Chat) -> None:
    group.world.add_person("郑老师")
    await group.say("/share https://example.org/1", by="郑老师")
    data, before = data_of(group, "join"), await kept(group)
    assert await press(group, data, "周老师") == [OTHER]
    assert await kept(group) == before


async def test_who_has_left_is_asked_to_join_first(group: Chat) -> None:
    await group.say(SHARE, by="林老师")
    data = data_of(group, "rtitle")
    group.world.leave("林老师")
    await group.settle()
    before = await kept(group)
    await press(group, data, "林老师")
    assert "加入" in group.last().text
    assert await kept(group) == before


@pytest.mark.parametrize("times", [2, 5])
async def test_pressed_several_times_at_once_it_has_one_effect(group: Chat, times: int) -> None:
    group.world.add_person("郑老师")
    await group.say("/share https://example.org/1", by="郑老师")
    await press(group, data_of(group, "join"), "郑老师", times)
    found = await kept(group)
    assert len(found["member"]) == 6
    assert len(found["resource"]) == 1


async def dropped(group: Chat, times: int = 1) -> None:
    """林老师 shares something and takes it back, pressing each button *times* times at once."""
    await group.say(SHARE, by="林老师")
    for action in ("rdrop", "rdropped"):
        await press(group, data_of(group, action), "林老师", times)


async def test_taking_back_twice_at_once_is_one_taking_back(group: Chat) -> None:
    await dropped(group, times=2)
    assert (await kept(group))["resource"] == []


async def test_a_button_of_something_long_gone_says_so(group: Chat) -> None:
    await dropped(group)
    data = await group.app.engine.submit(
        lambda session: group.app.dispatcher.post.signer.sign("rtitle", "1", None, 1)
    )
    assert await press(group, data, "林老师") == [OLD]
