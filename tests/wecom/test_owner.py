"""One process is the bot; another waits for its turn."""

import asyncio
from collections.abc import MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.clock import MovableClock
from bot.engine import EmbeddedEngine
from bot.lease import Lease, LeaseLost
from storage.database import open_database
from storage.migrate import migrate
from tests.chat import MONDAY, PATIENCE
from tests.wecom.chat import CALM, WecomChat


async def test_a_second_process_waits_quietly_and_goes_on_where_the_first_ended(
    log: list[MutableMapping[str, Any]], wecom: WecomChat
) -> None:
    second = App(wecom.app.settings, wecom.clock)
    chat = WecomChat(wecom.gateway, second, wecom.clock)
    chat.adapter.timing = CALM
    starting = asyncio.create_task(second.__aenter__())
    async with asyncio.timeout(PATIENCE):
        while not any(line["event"] == "lease_waiting" for line in log):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    for _ in range(5):
        assert "我在" in await wecom.say("你好")
    assert not starting.done()
    assert sum(line["event"] == "lease_waiting" for line in log) == 1
    assert wecom.gateway.begun == 1
    await wecom.app.__aexit__(None, None, None)
    async with asyncio.timeout(PATIENCE):
        wecom.app = await starting
    assert "我在" in await chat.say("你好")
    assert wecom.gateway.begun == 2


async def test_a_lease_of_one_that_died_is_free_when_its_time_is_up(tmp_path: Path) -> None:
    clock, database = MovableClock(MONDAY), open_database(f"sqlite:///{tmp_path / 'yanban.db'}")
    migrate(database)
    engine = EmbeddedEngine(database)
    engine.start()
    mine, theirs = Lease(engine, clock, "wecom:b"), Lease(engine, clock, "wecom:b")
    assert await mine.take()
    assert await mine.take()
    assert not await theirs.take()
    assert await Lease(engine, clock, "wecom:other").take()
    clock.advance(timedelta(seconds=21))
    assert await theirs.take()
    assert not await mine.take()
    await mine.release()
    assert not await mine.take()
    async with asyncio.timeout(PATIENCE):
        ended = (await asyncio.gather(mine.keep(0), return_exceptions=True))[0]
    assert isinstance(ended, LeaseLost)
    await theirs.release()
    assert await mine.take()
    await engine.stop()
    database.dispose()


async def test_a_lease_taken_by_a_clock_that_was_wrong_holds_nobody_up(wecom: WecomChat) -> None:
    clock = MovableClock(MONDAY + timedelta(days=365))
    wrong = Lease(wecom.app.engine, clock, "wecom:other")
    assert await wrong.take()
    assert await Lease(wecom.app.engine, wecom.clock, "wecom:other").take()


async def test_who_lost_the_lease_ends(wecom: WecomChat) -> None:
    wecom.clock.advance(timedelta(minutes=1))
    other = Lease(wecom.app.engine, wecom.clock, f"wecom:{wecom.adapter.account}")
    taken = False
    while not taken:
        wecom.clock.advance(timedelta(minutes=1))
        taken = await other.take()
    async with asyncio.timeout(PATIENCE):
        assert isinstance(await wecom.adapter.deaf(), LeaseLost)
