"""A sandbox on a free port for each test, and a bot's side of the wire."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.sandbox.machine import TimeMachine
from bot.sandbox.server import Sandbox
from bot.sandbox.spec import check_object

Json = dict[str, Any]
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Caller:
    """Calls the Bot API as any client would; keyword arguments are sent as JSON."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.session = sandbox, session

    async def __call__(self, method: str, **params: Any) -> Any:
        """The result. Fails when the answer was no."""
        answer = await self.answer(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def answer(self, method: str, **params: Any) -> Json:
        """The whole answer."""
        url = f"{self.sandbox.base_url}{self.sandbox.token}/{method}"
        async with self.session.post(url, json=params) as response:
            found: Json = await response.json()
            assert response.status == found.get("error_code", 200)
            return found

    async def refusal(self, method: str, **params: Any) -> str:
        """The description of a refusal. Fails when the answer was yes."""
        answer = await self.answer(method, **params)
        assert not answer["ok"]
        return str(answer["description"])


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Empty chats, time standing still; every update it ever queued must be as documented."""
    pretend = Sandbox(None, TimeMachine(lambda: MONDAY), seed=False)
    await pretend.start()
    yield pretend
    await pretend.stop()
    for update in pretend.world.updates.history:
        assert check_object("Update", update) == []


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client."""
    async with aiohttp.ClientSession() as client:
        yield client


@pytest.fixture
def call(sandbox: Sandbox, session: aiohttp.ClientSession) -> Caller:
    """The bot's side."""
    return Caller(sandbox, session)
