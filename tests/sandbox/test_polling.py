"""getUpdates: offsets, limits, kinds, waiting, and one reader at a time."""

import asyncio

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Caller


async def test_an_offset_confirms_what_lies_before_it(sandbox: Sandbox, call: Caller) -> None:
    for word in "一二三":
        sandbox.world.tell("林老师", word)
    first = await call("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["一", "二"]
    assert await call("getUpdates", limit=2) == first
    rest = await call("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["三"]
    assert len(sandbox.world.pending_updates()) == 1


async def test_a_negative_offset_keeps_the_newest(sandbox: Sandbox, call: Caller) -> None:
    for word in "一二三":
        sandbox.world.tell("林老师", word)
    assert [u["message"]["text"] for u in await call("getUpdates", offset=-1)] == ["三"]
    assert len(await call("getUpdates")) == 1


async def test_waiting_ends_when_something_is_said(sandbox: Sandbox, call: Caller) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await sandbox.polling.reading.wait()
    sandbox.world.tell("林老师", "在吗")
    assert [u["message"]["text"] for u in await poll] == ["在吗"]


async def test_nothing_said_is_an_empty_answer(call: Caller) -> None:
    assert await call("getUpdates", timeout=0) == []


async def test_a_second_reader_ends_the_first(sandbox: Sandbox, call: Caller) -> None:
    first = asyncio.create_task(call.answer("getUpdates", timeout=30))
    await sandbox.polling.reading.wait()
    second = asyncio.create_task(call.answer("getUpdates", timeout=30))
    assert (await first)["error_code"] == 409
    sandbox.world.tell("林老师", "在吗")
    assert (await second)["ok"]


async def test_kinds_not_asked_for_are_not_kept(sandbox: Sandbox, call: Caller) -> None:
    await call("getUpdates", allowed_updates=["callback_query"])
    sandbox.world.tell("林老师", "在吗")
    assert await call("getUpdates") == []
    await call("getUpdates", allowed_updates=[])
    sandbox.world.tell("林老师", "在吗")
    assert len(await call("getUpdates")) == 1
    sandbox.world.group.bot = "administrator"
    sandbox.world.promote("林老师")
    assert len(await call("getUpdates")) == 1


async def test_stopping_lets_a_waiting_reader_go(sandbox: Sandbox, call: Caller) -> None:
    poll = asyncio.create_task(call.answer("getUpdates", timeout=50))
    await sandbox.polling.reading.wait()
    await sandbox.go_down()
    assert (await poll)["result"] == []
    await sandbox.come_up()
    assert await call("getUpdates") == []
