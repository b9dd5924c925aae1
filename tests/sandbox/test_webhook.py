"""setWebhook: delivery with the secret, again until 200, and no polling meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Caller

SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Ear:
    """The bot's webhook: notes what comes and answers as told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str | None, Any]] = []
        self.answers: list[web.Response] = []
        self.arrived: asyncio.Queue[str] = asyncio.Queue()
        self.url = ""

    async def hear(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.heard.append((request.headers.get(SECRET), update["update_id"]))
        self.arrived.put_nowait(update["message"]["text"])
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    listener = Ear()
    app = web.Application()
    app.router.add_post("/hook", listener.hear)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listener
    await runner.cleanup()


async def test_updates_come_in_order_again_until_200(sandbox: Sandbox, call: Caller, ear: Ear) -> None:
    ear.answers = [web.Response(status=500)]
    sandbox.webhook.pause = 0.001
    await call("setWebhook", url=ear.url, secret_token="s3cret")
    sandbox.world.tell("林老师", "一")
    sandbox.world.tell("林老师", "二")
    assert [await ear.arrived.get() for _ in range(3)] == ["一", "一", "二"]
    assert {secret for secret, _ in ear.heard} == {"s3cret"}
    assert "500" in (await call("getWebhookInfo"))["last_error_message"]
    assert (await call.answer("getUpdates"))["error_code"] == 409
    await call("deleteWebhook")
    assert (await call("getWebhookInfo"))["url"] == ""
    sandbox.world.tell("林老师", "三")
    assert [u["message"]["text"] for u in await call("getUpdates")][-1] == "三"


async def test_an_answer_in_the_body_is_performed(sandbox: Sandbox, call: Caller, ear: Ear) -> None:
    person = sandbox.world.person("林老师")
    ear.answers = [web.json_response({"method": "sendMessage", "chat_id": person.id, "text": "收到"})]
    await call("setWebhook", url=ear.url)
    performed = asyncio.Event()
    sandbox.world.listeners.append(lambda: performed.set() if sandbox.world.group.last_bot is None else None)
    sandbox.world.tell(person, "一")
    performed.clear()
    await performed.wait()
    assert sandbox.world.messages(person.id)[-1].text == "收到"


async def test_only_this_computer_is_called(sandbox: Sandbox, call: Caller) -> None:
    assert "only calls this computer" in await call.refusal("setWebhook", url="https://example.org/hook")
    assert (await call("getWebhookInfo"))["pending_update_count"] == 0
