"""The server answers this computer and its own page only."""

from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import MONDAY


async def test_other_addresses_are_not_listened_on(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="only serves this computer"):
        await Sandbox(None, lambda: MONDAY).start(host="0.0.0.0")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
async def test_other_names_are_refused(sandbox: Sandbox, session: aiohttp.ClientSession, host: str) -> None:
    async with session.get(sandbox.page_url, headers={"Host": host}) as response:
        assert response.status == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_other_pages_may_not_post(
    sandbox: Sandbox, session: aiohttp.ClientSession, origin: str
) -> None:
    url = f"{sandbox.page_url}sandbox/say"
    async with session.post(url, json={}, headers={"Origin": origin}) as response:
        assert response.status == 403


async def test_its_own_page_may(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    world, headers = sandbox.world, {"Origin": sandbox.page_url.rstrip("/")}
    said = {"person": world.person("林老师").id, "chat": world.group.id, "text": "大家好"}
    async with session.post(f"{sandbox.page_url}sandbox/say", json=said, headers=headers) as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert world.messages()[-1].text == "大家好"


@pytest.mark.parametrize(
    "path", ["page/../server.py", "page/%2e%2e/server.py", "page/nothing.js", "page/vendor"]
)
async def test_only_the_page_is_served(sandbox: Sandbox, session: aiohttp.ClientSession, path: str) -> None:
    async with session.get(f"{sandbox.page_url}{path}") as response:
        assert response.status == 404


async def test_a_private_chat_is_its_owners(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    world = sandbox.world
    world.tell("林老师", "只给研伴看")
    for name, chats in (("周老师", 2), ("林老师", 2)):
        url = f"{sandbox.page_url}sandbox/state?person={world.person(name).id}"
        async with session.get(url) as response:
            state = await response.json()
        assert len(state["chats"]) == chats
        assert ("只给研伴看" in str(state)) is (name == "林老师")
    intruder = {"person": world.person("周老师").id, "chat": world.person("林老师").id, "text": "x"}
    async with session.post(f"{sandbox.page_url}sandbox/say", json=intruder) as response:
        assert response.status == 400


@pytest.mark.parametrize(
    ("goal", "hours", "due"), [("hour", 1, None), ("morning", 15.5, None), ("due", 0, None), ("due", 49, 49)]
)
async def test_the_clock_moves(
    sandbox: Sandbox, session: aiohttp.ClientSession, goal: str, hours: float, due: int | None
) -> None:
    async def next_due() -> datetime | None:
        return MONDAY + timedelta(hours=due) if due else None

    sandbox.next_due = next_due
    async with session.post(f"{sandbox.page_url}sandbox/clock", json={"to": goal}) as response:
        assert (await response.json())["moved"] is (goal != "due" or due is not None)
    assert sandbox.machine.now() - MONDAY - timedelta(hours=hours) <= timedelta(seconds=1)
    assert sandbox.machine.now() >= MONDAY + timedelta(hours=hours)


async def test_an_app_may_take_the_journey_itself(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    stops: list[datetime] = []

    async def travel(until: datetime) -> None:
        stops.append(until)
        sandbox.machine.advance(until - sandbox.machine.now())

    sandbox.travel = travel
    async with session.post(f"{sandbox.page_url}sandbox/clock", json={"to": "hour"}) as response:
        assert (await response.json())["clock"]["skipped"] == 3600
    assert stops == [sandbox.machine.now()] == [MONDAY + timedelta(hours=1)]
