"""Every way a connection ends, and that nobody's words are lost with it."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.base import Unwelcome
from bot.adapters.wecom_aibot.wire import Kicked, WrongSecret
from bot.app import App
from bot.clock import MovableClock
from bot.sandbox.wecom.gateway import SECRET, Gateway
from storage.migrate import migrate
from tests.chat import MONDAY, PATIENCE
from tests.wecom.chat import CALM, QUICK, WecomChat, open_wecom, settings_for

Log = list[MutableMapping[str, Any]]
Break = Callable[[Gateway], Awaitable[None]]


async def abort(gateway: Gateway) -> None:
    gateway.abort()


async def close(gateway: Gateway) -> None:
    await gateway.close(1000)


async def service_restart(gateway: Gateway) -> None:
    await gateway.close(1012)


async def no_longer_subscribed(gateway: Gateway) -> None:
    gateway.faults.on("not subscribed", "aibot_respond_msg", times=1)


@pytest.mark.parametrize("break_", [abort, close, service_restart, no_longer_subscribed])
async def test_it_connects_again_after(wecom: WecomChat, break_: Break) -> None:
    await wecom.say("你好")
    begun = wecom.gateway.begun
    await break_(wecom.gateway)
    wecom.world.say("林老师", wecom.group, "@研伴 你好")
    async with asyncio.timeout(PATIENCE):
        await wecom.gateway.subscription(begun + 1)
    await wecom.settle()
    await wecom.until("2026-11-23 10:05")
    assert [post.text for post in wecom.posts()].count("我在。要看能做什么，发 /help。") == 2


async def test_missed_heartbeats_are_a_break(tmp_path: Path) -> None:
    async with open_wecom(tmp_path, timing=QUICK) as chat:
        chat.gateway.heartbeats = False
        async with asyncio.timeout(PATIENCE):
            await chat.gateway.subscription(3)
        chat.gateway.heartbeats = True
        assert "我在" in await chat.say("你好")


async def test_a_lost_subscription_is_noticed_by_the_next_heartbeat(tmp_path: Path) -> None:
    """846609 also where nobody says anything: the socket would stay open and deaf."""
    async with open_wecom(tmp_path, timing=replace(QUICK, ack=2)) as chat:
        assert chat.gateway.session is not None
        chat.gateway.session.lame = True
        async with asyncio.timeout(PATIENCE):
            await chat.gateway.subscription(2)
        assert "我在" in await chat.say("你好")


async def test_heartbeats_that_are_answered_are_none(tmp_path: Path) -> None:
    async with open_wecom(tmp_path, timing=replace(QUICK, heartbeat=0.01, ack=2)) as chat:
        async with asyncio.timeout(PATIENCE):
            while sum(frame["cmd"] == "ping" for frame in chat.gateway.frames) < 5:  # noqa: ASYNC110
                await asyncio.sleep(0.002)
        assert chat.gateway.begun == 1


async def test_nothing_is_lost_over_many_breaks(staff: WecomChat) -> None:
    breaks = [abort, close, service_restart, no_longer_subscribed]
    for number in range(20):
        begun = staff.gateway.begun
        staff.world.say("林老师", staff.group, f"@研伴 分享 https://a.example.cn/{number} 第{number}课")
        await breaks[number % 4](staff.gateway)
        async with asyncio.timeout(PATIENCE):
            await staff.gateway.subscription(begun + 1)
    staff.gateway.faults.off()
    await staff.settle()
    for minute in (10, 12, 14):  # no more than 25 posts a minute
        await staff.until(f"2026-11-23 10:{minute}")
    said = "\n".join(post.raw for post in staff.posts())
    assert [number for number in range(20) if f"a.example.cn/{number})" not in said] == []


async def test_what_is_said_while_the_gateway_is_away_is_answered_later(wecom: WecomChat) -> None:
    port, begun = wecom.gateway.port, wecom.gateway.begun
    await wecom.gateway.stop()
    wecom.world.say("林老师", wecom.group, "@研伴 你好")
    await asyncio.sleep(0)
    await wecom.gateway.start(port=port)
    async with asyncio.timeout(PATIENCE):
        await wecom.gateway.subscription(begun + 1)
    await wecom.settle()
    assert "我在" in wecom.last().text


async def test_a_gateway_that_is_away_at_the_start_is_waited_for(tmp_path: Path) -> None:
    clock = MovableClock(MONDAY)
    gateway = Gateway(clock)
    await gateway.start()
    await gateway.stop()
    app = App(settings_for(gateway, tmp_path), clock)
    migrate(app.database)
    chat = WecomChat(gateway, app, clock)
    chat.adapter.timing = CALM
    async with app:
        assert not app.health()["ready"]
        await gateway.start(port=gateway.port)
        async with asyncio.timeout(PATIENCE):
            await gateway.subscription(1)
        assert "我在" in await chat.say("你好")
        assert app.health() == {"ready": True, "wecom": "connection"}
    await gateway.stop()


@pytest.mark.parametrize("code", [-1, 45009, 846609])
async def test_a_busy_gateway_at_the_start_is_no_wrong_secret(tmp_path: Path, code: int) -> None:
    clock = MovableClock(MONDAY)
    gateway = Gateway(clock)
    await gateway.start()
    gateway.faults.on("errcode", "aibot_subscribe", times=2, code=code)
    app = App(settings_for(gateway, tmp_path), clock)
    migrate(app.database)
    WecomChat(gateway, app, clock).adapter.timing = CALM
    async with app, asyncio.timeout(PATIENCE):
        await gateway.subscription(1)
    await gateway.stop()


async def test_a_wrong_secret_ends_the_start_with_one_line(tmp_path: Path) -> None:
    clock = MovableClock(MONDAY)
    gateway = Gateway(clock, secret="another")
    await gateway.start()
    app = App(settings_for(gateway, tmp_path), clock)
    migrate(app.database)
    with pytest.raises(Unwelcome, match=r"^YANBAN_WECOM_BOT_SECRET: ") as refused:
        async with app:
            pass
    assert SECRET not in str(refused.value)
    assert [frame["cmd"] for frame in gateway.frames] == ["aibot_subscribe"]
    await gateway.stop()


async def test_a_secret_that_was_changed_ends_the_bot(wecom: WecomChat) -> None:
    wecom.gateway.secret = "another"
    wecom.gateway.abort()
    async with asyncio.timeout(PATIENCE):
        assert isinstance(await wecom.adapter.deaf(), WrongSecret)
    wecom.gateway.complaints.clear()


async def test_who_is_kicked_does_not_fight_back(wecom: WecomChat) -> None:
    await wecom.gateway.kick()
    async with asyncio.timeout(PATIENCE):
        ended = await wecom.adapter.deaf()
    assert isinstance(ended, Kicked)
    assert "YANBAN_WECOM_BOT_ID" in str(ended)
    assert wecom.gateway.begun == 1
    assert not wecom.adapter.ready


async def test_nothing_secret_is_said_anywhere(log: Log, tmp_path: Path) -> None:
    async with open_wecom(tmp_path, timing=QUICK) as chat:
        await chat.say("你好")
        chat.gateway.abort()
        await chat.gateway.subscription(2)
        shown = [repr(chat.adapter), repr(chat.app.settings), repr(vars(chat.adapter))]
    assert any(line["event"] == "wecom_connection_lost" for line in log)
    assert SECRET not in f"{log}{shown}"
    assert "你好" not in str(log)
