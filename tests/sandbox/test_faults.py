"""Troubles strike where and as often as asked, and leave what they should leave."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Caller


def _texts(sandbox: Sandbox) -> list[str]:
    return [post.text for post in sandbox.world.messages()]


@pytest.mark.parametrize(
    ("kind", "extra", "code", "parameters"),
    [
        ("429", {"retry_after": 3}, 429, {"retry_after": 3}),
        ("kicked", {}, 403, None),
        ("blocked", {}, 403, None),
        ("not found", {}, 400, None),
        ("migrated", {"to": -100}, 400, {"migrate_to_chat_id": -100}),
    ],
)
async def test_refusals(
    sandbox: Sandbox, call: Caller, kind: str, extra: dict[str, int], code: int, parameters: object
) -> None:
    sandbox.faults.on(kind, "sendMessage", times=1, **extra)
    answer = await call.answer("sendMessage", chat_id=sandbox.world.group.id, text="一")
    assert (answer["error_code"], answer.get("parameters")) == (code, parameters)
    await call("sendMessage", chat_id=sandbox.world.group.id, text="二")
    assert _texts(sandbox) == ["二"]
    assert [request.fault for request in sandbox.requests] == [kind, None]


async def test_every_nth_of_one_chat_until_switched_off(sandbox: Sandbox, call: Caller) -> None:
    group, person = sandbox.world.group.id, sandbox.world.tell("林老师", "/start").chat
    fault = sandbox.faults.on("not found", chat=group, every=2)
    outcomes = [(await call.answer("sendMessage", chat_id=group, text="x"))["ok"] for _ in range(4)]
    assert outcomes == [True, False, True, False]
    assert all([(await call.answer("sendMessage", chat_id=person, text="x"))["ok"] for _ in range(4)])
    sandbox.faults.off(fault)
    assert all([(await call.answer("sendMessage", chat_id=group, text="x"))["ok"] for _ in range(4)])


@pytest.mark.parametrize(("kind", "posted"), [("reset before", []), ("reset after", ["一"])])
async def test_a_lost_connection_before_and_after_posting(
    sandbox: Sandbox, call: Caller, kind: str, posted: list[str]
) -> None:
    sandbox.faults.on(kind, times=1)
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=sandbox.world.group.id, text="一")
    assert _texts(sandbox) == posted


async def test_half_an_answer_after_posting(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.on("truncated", times=1)
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        await call("sendMessage", chat_id=sandbox.world.group.id, text="一")
    assert _texts(sandbox) == ["一"]


async def test_a_broken_gateway_answers_in_html(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.on("5xx", status=500)
    async with call.session.post(f"{sandbox.base_url}{sandbox.token}/getMe") as response:
        assert (response.status, response.content_type) == (500, "text/html")


async def test_silence_lasts_until_the_caller_gives_up(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.on("silence", "sendMessage")
    silent = asyncio.create_task(call("sendMessage", chat_id=sandbox.world.group.id, text="一"))
    await call("getMe")
    assert not silent.done()
    silent.cancel()
    assert _texts(sandbox) == []


async def test_down_refuses_and_comes_up_where_it_was(sandbox: Sandbox, call: Caller) -> None:
    where = sandbox.base_url
    await sandbox.go_down()
    with pytest.raises(aiohttp.ClientConnectionError):
        await call("getMe")
    await sandbox.come_up()
    assert sandbox.base_url == where
    assert (await call("getMe"))["username"] == "yanban_bot"


async def test_polling_is_spared_unless_named(sandbox: Sandbox, call: Caller) -> None:
    sandbox.faults.on("not found")
    assert (await call.answer("getUpdates"))["ok"]
    sandbox.faults.on("429", "getUpdates", retry_after=1)
    assert (await call.answer("getUpdates"))["error_code"] == 429


def test_unknown_troubles_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="reset after"):
        sandbox.faults.on("earthquake")
    with pytest.raises(KeyError, match="retry_after"):
        sandbox.faults.on("429")
