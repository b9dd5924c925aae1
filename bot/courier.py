"""Carries the outbox to the platforms: in order per chat, never faster than allowed, never losing a row."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlmodel import Session

from bot import lanes
from bot.adapters.base import (
    Adapter,
    Capabilities,
    Closed,
    Gone,
    Moved,
    Parcel,
    Paused,
    Refused,
    Undelivered,
    Unknown,
    Unreachable,
)
from bot.clock import Clock
from bot.engine import Engine, Unavailable

log = structlog.get_logger()
IDLE, SOON = 30.0, 0.01
STORAGE_PAUSE = 1.0


class Round:
    """The courier's part of every commit: what was carried is noted, and what may go now is claimed.

    Runs in the writer's thread; on the loop *begin* is called with what was claimed and when to look again,
    *again* when nothing of it was kept.
    """

    def __init__(
        self,
        limits: Mapping[str, Capabilities],
        clock: Clock,
        begin: Callable[[list[Parcel], datetime | None], None],
        again: Callable[[], None],
    ) -> None:
        self.carried: deque[lanes.Settle] = deque()
        self.claims = True
        self._limits, self._clock, self._begin, self._again = limits, clock, begin, again
        self._taken: list[lanes.Settle] = []
        self._claimed: tuple[list[Parcel], datetime | None] = [], None

    def work(self, session: Session) -> None:
        self._claimed = [], None
        self._taken = [self.carried.popleft() for _ in range(len(self.carried))]
        for settle in self._taken:
            settle(session)
        session.flush()
        if self.claims:
            self._claimed = lanes.claim(session, self._clock(), self._limits)

    def kept(self) -> Callable[[], None]:
        self._taken = []
        return partial(self._begin, *self._claimed)

    def undo(self) -> None:
        self.carried.extendleft(reversed(self._taken))
        self._taken = []

    def lost(self) -> Callable[[], None]:
        return self._again


class Courier:
    """Adds its round to every commit, and has one short task for each parcel under way."""

    def __init__(self, engine: Engine, adapters: Mapping[str, Adapter], clock: Clock) -> None:
        self._engine, self._adapters, self._clock = engine, adapters, clock
        self._wake = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._resting = asyncio.Event()

    async def start(self) -> None:
        """Take up what was left when the process last ended, then begin."""
        self._loop = asyncio.get_running_loop()
        self._round = Round(
            {platform: adapter.can for platform, adapter in self._adapters.items()},
            self._clock,
            self._begin,
            lambda: self._look_again(STORAGE_PAUSE),
        )
        await self._engine.submit(lanes.recover)
        self._engine.close_with(self._round)
        self._task = asyncio.create_task(self._run(), name="courier")
        self.wake()

    async def stop(self, grace: float = 5.0) -> None:
        """Finish what is under way; what is not yet sent stays in the outbox."""
        self._round.claims = False
        # Whatever was claimed before is under way once this returns.
        await self._nudge()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=grace)
        await self._nudge()
        if self._timer is not None:
            self._timer.cancel()

    def wake(self) -> None:
        """Look at once: the clock was moved, or something is to be noted."""
        self._resting.clear()
        self._wake.set()

    async def rest(self) -> None:
        """Return when nothing is under way and nothing may go right now."""
        await self._resting.wait()

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self._nudge()

    async def _nudge(self) -> None:
        """A commit with nothing but the round; when it cannot be had, the round is tried again later."""
        with suppress(Unavailable):
            await self._engine.submit(lambda session: None)

    def _begin(self, parcels: list[Parcel], later: datetime | None) -> None:
        for parcel in parcels:
            self._send(parcel)
        if not (self._under_way or self._round.carried or self._wake.is_set()):
            self._resting.set()
        seconds = IDLE if later is None else (later - self._clock()).total_seconds()
        self._look_again(min(IDLE, max(SOON, seconds)))

    def _look_again(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, self._wake.set)

    def _send(self, parcel: Parcel) -> None:
        task = asyncio.create_task(self._carry(parcel), name=f"parcel {parcel.id}")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _carry(self, parcel: Parcel) -> None:
        self._round.carried.append(await self._deliver(parcel))
        self._wake.set()

    async def _deliver(self, parcel: Parcel) -> lanes.Settle:
        now = self._clock
        try:
            message_id = await self._adapters[parcel.platform].deliver(parcel)
        except Undelivered as error:
            log.info("undelivered", parcel=parcel.id, reason=type(error).__name__)
            return _settlement(parcel, error, now())
        except Exception as error:
            log.error("delivery_failed", parcel=parcel.id, error=type(error).__name__)
            return lanes.failed(parcel, type(error).__name__)
        return lanes.sent(parcel, message_id, now())


def _settlement(parcel: Parcel, error: Undelivered, now: datetime) -> lanes.Settle:
    match error:
        case Paused():
            until = now + timedelta(seconds=error.seconds)
            return lanes.paused(parcel, until, error.everywhere, error.counts)
        case Gone():
            return lanes.gone(parcel)
        case Closed():
            return lanes.closed(parcel)
        case Moved():
            return lanes.moved(parcel, error.address)
        case Unreachable():
            return lanes.again(parcel, now)
        case Unknown():
            return lanes.unsure(parcel, now)
        case Refused():
            return lanes.failed(parcel, str(error))
        case _:
            return lanes.failed(parcel, type(error).__name__)
