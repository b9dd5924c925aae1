"""The network is down for an hour, in every way networks go down (reliability test 8)."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from bot import logs
from bot.adapters.telegram.poll import LONGEST_PAUSE
from bot.lanes import UNKNOWN
from storage.models.delivery import Outbox
from tests.chat import Chat
from tests.reliability.process import wait_for

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
TEACHERS = ("林老师", "周老师", "何老师", "孙老师")
MISSED = "updates may have been missed"


class Hourglass:
    """Lets the bot's own clock run through its pauses (*speed* times as fast); keeps how long each was."""

    def __init__(self, chat: Chat, speed: int = 1) -> None:
        self.chat, self.speed = chat, speed
        self.pauses: list[float] = []
        poller = chat.app.telegram.poller
        assert poller is not None
        poller.sleep = self.sleep

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.chat.clock.advance(timedelta(seconds=seconds * self.speed))
        await asyncio.sleep(0.001)

    async def run(self, time: timedelta) -> None:
        """Return when pauses that long have gone by."""
        await wait_for(lambda: sum(self.pauses) * self.speed >= time.total_seconds())


@pytest.fixture
def loud() -> Iterator[None]:
    """Warnings are written as an operator's log has them."""
    logs.set_up("WARNING")
    yield
    logs.set_up("CRITICAL")


async def talk(group: Chat) -> None:
    for name in TEACHERS:
        group.world.tell(name, "帮助")


async def everyone_was_answered(group: Chat) -> None:
    """Each teacher's every question was answered, none twice."""
    await group.settle()
    await group.wait(timedelta(minutes=2))
    for name in TEACHERS:
        asked = [post for post in group.world.messages(group.private(name)) if not post.from_bot]
        assert len(group.posts(group.private(name))) == len(asked) > 0


async def test_refused_for_an_hour_nothing_is_lost(group: Chat) -> None:
    glass = Hourglass(group)
    await group.sandbox.go_down()
    await talk(group)
    await glass.run(HOUR)
    await group.sandbox.come_up()
    await everyone_was_answered(group)
    assert max(glass.pauses) == LONGEST_PAUSE


TROUBLES = ["5xx", "reset before", "reset after", "truncated"]


@pytest.mark.parametrize("kind", TROUBLES)
async def test_an_hour_without_updates_loses_none(group: Chat, kind: str) -> None:
    glass = Hourglass(group)
    fault = group.sandbox.faults.on(kind, "getUpdates")
    await group.sandbox.go_down()
    await group.sandbox.come_up()
    await talk(group)
    await glass.run(HOUR)
    assert not group.app.health()["ready"]
    group.sandbox.faults.off(fault)
    await everyone_was_answered(group)
    assert max(glass.pauses) == LONGEST_PAUSE


async def test_an_hour_without_sending_loses_no_answer(group: Chat) -> None:
    fault = group.sandbox.faults.on("5xx", "sendMessage")
    assert await group.tell("帮助", by="林老师") == ""
    await group.wait(HOUR)
    assert 60 <= fault.struck < 70  # once a minute, after a few sooner ones
    group.sandbox.faults.off(fault)
    await group.wait(timedelta(minutes=2))
    assert len(group.posts(group.private("林老师"))) == 1


async def test_a_doubt_after_a_time_out_of_reach_still_gets_its_second_try(group: Chat) -> None:
    faults = group.sandbox.faults
    unreachable = faults.on("5xx", "sendMessage")
    assert await group.tell("帮助", by="林老师") == ""
    await group.wait(timedelta(minutes=10))
    faults.off(unreachable)
    faults.on("reset before", "sendMessage", times=1)
    await group.wait(timedelta(minutes=5))
    assert len(group.posts(group.private("林老师"))) == 1


async def test_a_line_that_always_breaks_is_tried_twice_and_noted_as_unknown(group: Chat) -> None:
    fault = group.sandbox.faults.on("reset before", "sendMessage")
    assert await group.tell("帮助", by="林老师") == ""
    await group.wait(HOUR)
    assert fault.struck == 2
    query = select(Outbox.state, Outbox.error)
    assert await group.app.engine.submit(lambda session: session.exec(query).all()) == [("failed", UNKNOWN)]


async def test_a_server_that_hangs_is_left_when_the_line_drops(group: Chat) -> None:
    fault = group.sandbox.faults.on("silence")
    await talk(group)
    await wait_for(lambda: fault.struck == len(TEACHERS))
    group.sandbox.faults.off(fault)
    await group.sandbox.go_down()
    await group.sandbox.come_up()
    await everyone_was_answered(group)


@pytest.mark.parametrize(("away", "told"), [(DAY / 2, 0), (DAY + HOUR, 1)])
@pytest.mark.usefixtures("loud")
async def test_only_after_more_than_a_day_the_operator_is_told_once(
    group: Chat, away: timedelta, told: int
) -> None:
    glass = Hourglass(group, speed=20)
    with capture_logs() as written:
        await group.sandbox.go_down()
        await glass.run(away)
        await group.sandbox.come_up()
        await group.tell("帮助", by="林老师")
        await group.tell("帮助", by="周老师")
    assert [line["event"] for line in written].count(MISSED) == told
