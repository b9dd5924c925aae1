"""Carries the outbox to the platforms: in order per chat, never faster than allowed, never losing a row."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot import lanes
from bot.adapters.base import (
    Adapter,
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
from bot.logs import place_of

log = structlog.get_logger()
IDLE = 30.0
STORAGE_PAUSE = 1.0


class Courier:
    """One task that claims what may go now, and one short task per parcel under way."""

    def __init__(self, engine: Engine, adapters: Mapping[str, Adapter], clock: Clock) -> None:
        self._engine, self._adapters, self._clock = engine, adapters, clock
        self._wake = asyncio.Event()
        self._busy: set[int] = set()
        self._under_way: set[asyncio.Task[None]] = set()
        self._carried: list[tuple[Parcel, lanes.Settle]] = []
        self._next: datetime | None = None
        self._task: asyncio.Task[None] | None = None
        self._resting = asyncio.Event()
        self._stopping = False

    async def start(self) -> None:
        """Take up what was left when the process last ended, then begin."""
        await self._engine.submit(lanes.recover)
        self._task = asyncio.create_task(self._run(), name="courier")

    async def stop(self, grace: float = 5.0) -> None:
        """Finish what is under way; what is not yet sent stays in the outbox."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=grace)
        with suppress(Unavailable):
            await self._note_carried()

    def wake(self) -> None:
        """There may be something new to carry."""
        self._resting.clear()
        self._wake.set()

    async def rest(self) -> None:
        """Return when nothing is under way and nothing may go right now."""
        await self._resting.wait()

    async def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                parcels = await self._round()
            except Exception as error:
                # Whatever it is, the courier must not fall silent: the rows are there and wait.
                log.error("round_failed", error=type(error).__name__, at=place_of(error))
                await asyncio.sleep(STORAGE_PAUSE)
                self._wake.set()
                continue
            for parcel in parcels:
                self._send(parcel)
            if not (parcels or self._under_way or self._carried or self._wake.is_set()):
                self._resting.set()
            await self._pause()

    async def _round(self) -> list[Parcel]:
        """Note what was carried and take what may go now, in one unit of work."""
        carried = self._carried[:]
        busy = frozenset(self._busy - _chats(carried))
        limits = {platform: adapter.can for platform, adapter in self._adapters.items()}

        def work(session: Session) -> tuple[list[Parcel], datetime | None]:
            _settle(session, carried)
            return lanes.claim(session, self._clock(), busy, limits)

        parcels, self._next = await self._engine.submit(work)
        self._forget(carried)
        return parcels

    async def _note_carried(self) -> None:
        carried = self._carried[:]
        await self._engine.submit(lambda session: _settle(session, carried))
        self._forget(carried)

    def _forget(self, carried: list[tuple[Parcel, lanes.Settle]]) -> None:
        del self._carried[: len(carried)]
        self._busy -= _chats(carried)

    async def _pause(self) -> None:
        seconds = IDLE
        if self._next is not None:
            seconds = min(IDLE, max(0.01, (self._next - self._clock()).total_seconds()))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    def _send(self, parcel: Parcel) -> None:
        if parcel.method not in lanes.FREE:
            self._busy.add(parcel.chat_id)
        task = asyncio.create_task(self._carry(parcel), name=f"parcel {parcel.id}")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _carry(self, parcel: Parcel) -> None:
        settle = await self._deliver(parcel)
        self._carried.append((parcel, settle))
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


def _settle(session: Session, carried: list[tuple[Parcel, lanes.Settle]]) -> None:
    for _, settle in carried:
        settle(session)


def _chats(carried: list[tuple[Parcel, lanes.Settle]]) -> set[int]:
    """The chats that may have their next parcel."""
    return {parcel.chat_id for parcel, _ in carried if parcel.method not in lanes.FREE}


def _settlement(parcel: Parcel, error: Undelivered, now: datetime) -> lanes.Settle:
    match error:
        case Paused():
            return lanes.paused(parcel, now + timedelta(seconds=error.seconds), error.everywhere)
        case Gone():
            return lanes.gone(parcel)
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
