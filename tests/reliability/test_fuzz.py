"""Whatever comes in, the bot goes on and answers the next teacher (reliability test 11)."""

import json
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.adapters.telegram.webhook import _update
from storage.models.delivery import Inbox
from tests.bot.test_telegram_read import FILES, ODD, mutate
from tests.chat import Chat

EXAMPLES = int(os.environ.get("YANBAN_FUZZ_EXAMPLES", "300"))
COLLECTED: list[list[Any]] = []
RAW = {path: json.loads(path.read_text(encoding="utf-8")) for path in FILES}
NUMBERS = count(900_000_001)
Raw = dict[str, Any]


def said(bot: Chat, text: Any, **more: Any) -> Raw:
    """林老师 writes *text* in the group, as an update."""
    author = bot.world.person("林老师").user()
    content = {"message_id": 77, "date": 1_795_000_000, "chat": bot.group.shown(), "from": author}
    return {"update_id": next(NUMBERS), "message": content | {"text": text} | more}


def privately(chat: Chat, text: Any, **more: Any) -> Raw:
    return said(chat, text, chat=chat.private("林老师").shown(), **more)


async def receive(chat: Chat, *updates: Any) -> None:
    """Hand updates to the whole bot as if they had come in."""
    await chat.app.receive([chat.app.telegram.arrival(update) for update in updates])


async def still_well(chat: Chat) -> None:
    """Nothing broke: no handler failed, and the next teacher is answered."""
    query = select(Inbox.error).where(Inbox.state == "failed")
    assert await chat.app.engine.submit(lambda session: session.exec(query).all()) == []
    assert "我是研伴" in await chat.tell("帮助", by="周老师")
    assert chat.sandbox.complaints == []


def numbered(update: Raw) -> Raw:
    return update | {"update_id": next(NUMBERS)}


async def test_every_update_ever_seen_is_taken(group: Chat) -> None:
    await receive(group, *map(numbered, RAW.values()))
    await still_well(group)


async def test_commands_with_odd_surroundings_are_taken(group: Chat) -> None:
    for number, words in enumerate(commands(group)):
        await receive(group, said(group, words) if number % 2 else privately(group, words))
        if number % 50 == 0:
            await group.settle()
    await still_well(group)


def commands(chat: Chat) -> Iterator[str]:
    """Every command followed by a third of what nobody would type on purpose, in turn."""
    for number, name in enumerate(chat.app.router.commands):
        yield from (f"/{name} {odd}" for odd in ODD_WORDS[number % 3 :: 3])


ODD_WORDS = [
    *("", " ", "0", "-1", "999999999999999999999", "①②③", "\x00", "\u202e反向\u202c", "\u200b", "🎉"),
    *("<b>&amp;", "\"'; DROP TABLE person; --", "@yanban_bot", "2026-02-30 25:61", "\n\n\n", "https://"),
    *("%s %d {0}", "#", "#" * 500, "九" * 400, "周" * 50, "http://[::1", "https://xn--", "1" * 300 + "月1日"),
    "\ud800",
]
LONG = "话" * 4096
ALONE = [
    *("/", "／", "//", "/@yanban_bot", "/ share", "/\u200b", "/\u200b\u200d\ufeff", "\u200b", "\ufeff"),
    *("🎉👍🏽", "@yanban_bot", "\u202eخالد\u202c", "\x00", "\x00/help", "\ud800", "a\udfffb", "", "\n"),
    *("/share \ud83d", "/help\x00", "\t/help", "/find ' OR 1=1 --", "١٢٣", LONG),
    *(f"/{name} {LONG}" for name in ("share", "schedule", "reflect", "find", "help")),
]


async def test_odd_words_are_taken(group: Chat) -> None:
    for words in ALONE:
        await receive(group, said(group, words), privately(group, words))
    await still_well(group)


def lesson(chat: Chat) -> list[Any]:
    """Updates whose parts are missing, huge or of another kind."""
    whole = said(chat, "/help")
    without = [
        {
            "update_id": next(NUMBERS),
            "message": {key: value for key, value in whole["message"].items() if key != gone},
        }
        for gone in whole["message"]
    ]
    return [
        *({"update_id": next(NUMBERS), "message": message} for message in without),
        privately(chat, "长" * 1_700_000),
        said(chat, "/help", **{"from": {"id": 2**63 - 1, "is_bot": False, "first_name": "大"}}),
        said(chat, "/help", **{"from": {"id": -(2**63), "is_bot": False, "first_name": ""}}),
        said(chat, "/help", **{"from": {"id": 10**40, "is_bot": False, "first_name": "\x00\ud800"}}),
        said(chat, "/help", chat={"id": 2**62, "type": "supergroup", "title": "\ud800\x00" * 300}),
        said(chat, "/help", date=2**40),
        said(chat, ["/help"]),
        said(chat, "/help", entities=[{"type": "bot_command", "offset": 99, "length": 10**9}]),
        said(chat, "/help", entities={"type": "bot_command"}),
        {"update_id": next(NUMBERS)},
        {"update_id": next(NUMBERS), "a_kind_of_tomorrow": {"chat": {}}},
        {"update_id": str(next(NUMBERS)), "message": whole["message"]},
        {"message": whole["message"]},
        {"update_id": None},
        {"update_id": 2**70, "message": whole["message"]},
    ]


async def test_parts_that_are_missing_or_huge_are_taken(group: Chat) -> None:
    for update in lesson(group):
        await receive(group, update)
    await still_well(group)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FILES), st.lists(st.integers(0, 30), max_size=5), ODD), max_size=2))
def bent(batch: list[tuple[Path, list[int], Any]]) -> None:
    """Genuine updates with one place replaced by something odd."""
    COLLECTED.append(
        [mutate(json.loads(path.read_text(encoding="utf-8")), where, odd) for path, where, odd in batch]
    )


async def test_bent_updates_are_taken(group: Chat) -> None:
    bent()
    for batch in COLLECTED:
        found = [one | {"update_id": next(NUMBERS)} for one in batch if isinstance(one, dict)]
        await receive(group, *found)
    await still_well(group)


@pytest.mark.parametrize(
    "body", [b"[" * 10_000, b'{"a":' * 10_000, b'{"update_id": 1, "x": ' + b"[" * 10_000]
)
def test_a_body_nested_without_end_is_no_update(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"nested|Expecting|no update"):
        _update(body)
