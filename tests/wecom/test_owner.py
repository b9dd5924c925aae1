"""One process is the bot; another waits for its turn."""

import asyncio
from collections.abc import MutableMapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import commands
from bot.adapters.wecom_aibot.wire import Kicked
from bot.app import App
from bot.clock import MovableClock, system_clock
from bot.engine import EmbeddedEngine
from bot.lease import Lease, LeaseLost
from bot.sandbox.wecom.gateway import BOT_ID, SECRET, Gateway
from storage.database import open_database
from storage.migrate import migrate
from tests.chat import MONDAY, PATIENCE
from tests.wecom.chat import CALM, WecomChat, open_wecom

Log = list[MutableMapping[str, Any]]


async def test_a_second_process_waits_quietly_and_goes_on_where_the_first_ended(
    log: Log, wecom: WecomChat
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


async def test_who_comes_back_does_not_take_the_bot_from_who_has_it_now(tmp_path: Path) -> None:
    """A machine that slept: its connection is gone and its lease is somebody else's."""
    async with open_wecom(tmp_path, timing=replace(CALM, renew=60)) as slept:
        slept.clock.advance(timedelta(minutes=1))
        assert await Lease(slept.app.engine, slept.clock, f"wecom:{slept.adapter.account}").take()
        slept.gateway.abort()
        async with asyncio.timeout(PATIENCE):
            assert isinstance(await slept.adapter.deaf(), LeaseLost)
        assert slept.gateway.begun == 1


async def test_who_was_kicked_is_not_started_again(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Or a service manager would fight the war we do not."""
    gateway = Gateway(system_clock)
    await gateway.start()
    given = {
        "DATA_DIR": tmp_path,
        "WECOM_BOT_ID": BOT_ID,
        "WECOM_BOT_SECRET": SECRET,
        "WECOM_URL": gateway.url,
    }
    for name, value in given.items():
        monkeypatch.setenv(f"YANBAN_{name}", str(value))

    async def kick() -> None:
        await gateway.subscription(1)
        await gateway.kick()

    kicking = asyncio.create_task(kick())
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(SystemExit) as ended:
            await commands.run(patience=0)
    await kicking
    await gateway.stop()
    assert ended.value.code == 4
    assert capsys.readouterr().err.splitlines()[-1] == str(Kicked())
    unit = (Path(__file__).parents[2] / "deploy" / "yanban.service").read_text(encoding="utf-8")
    assert "RestartPreventExitStatus=2 3 4\n" in unit


async def test_who_lost_the_lease_ends(wecom: WecomChat) -> None:
    wecom.clock.advance(timedelta(minutes=1))
    other = Lease(wecom.app.engine, wecom.clock, f"wecom:{wecom.adapter.account}")
    taken = False
    while not taken:
        wecom.clock.advance(timedelta(minutes=1))
        taken = await other.take()
    async with asyncio.timeout(PATIENCE):
        assert isinstance(await wecom.adapter.deaf(), LeaseLost)
