"""Wakes at the next due moment. The truth is schedule.next_at; APScheduler only rings the bell."""

import asyncio
from collections import defaultdict
from collections.abc import Container, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot import failures
from bot.clock import Clock, system_clock
from bot.dispatcher import Dispatcher
from bot.engine import Engine, Unavailable
from bot.firing import Due, due, postpone
from bot.housekeeping import tidy
from bot.together import fire_all

log = structlog.get_logger()
LONGEST = timedelta(seconds=30)
SHORTEST = timedelta(milliseconds=50)
BELL = "tick"
# What somebody just asked waits behind no more due moments than these, by whether they are fired together.
FEW, MANY = 32, 1024


class Scheduler:
    """Fires what is due and tries failed updates again."""

    def __init__(self, engine: Engine, dispatcher: Dispatcher, clock: Clock) -> None:
        self._engine, self._dispatcher, self._clock = engine, dispatcher, clock
        self._bell = AsyncIOScheduler(timezone="UTC")
        self._ticking = asyncio.Lock()
        self._ticks: set[asyncio.Task[Any]] = set()

    def start(self) -> None:
        """Begin; what fell due while the process was down fires by its own rule of lateness."""
        self._bell.start()
        self._bell.add_job(self.tidy, IntervalTrigger(hours=1), misfire_grace_time=None)
        self._ring(SHORTEST)

    async def stop(self) -> None:
        """Finish what is being fired, then fire nothing more."""
        if not self._bell.running:
            return
        self._bell.remove_all_jobs()
        await asyncio.sleep(0)  # what has just been rung for has begun after this
        if under_way := self._ticks - {asyncio.current_task()}:
            await asyncio.wait(under_way)
        self._bell.shutdown(wait=False)

    def wake(self) -> None:
        """The clock or the schedules changed: look again at once."""
        if self._bell.running:
            self._ring(SHORTEST)

    async def tick(self) -> None:
        """Fire everything that is due by now, then set the bell for the next moment."""
        if task := asyncio.current_task():
            self._ticks.add(task)
            task.add_done_callback(self._ticks.discard)
        async with self._ticking:
            wait = LONGEST
            try:
                wait = await self._round()
            except Unavailable:
                log.warning("storage_unavailable")
            self._ring(wait)

    async def tidy(self) -> None:
        """Forget what is no longer needed."""
        try:
            await self._engine.submit(lambda session: tidy(session, self._clock()))
        except Unavailable:
            log.warning("storage_unavailable")

    async def _round(self) -> timedelta:
        await self._retry()
        before: list[Due] = []
        while True:
            now = self._clock()
            moments, later = await self._engine.submit(partial(due, now=now))
            # What is still due although it was fired is in the hands of another process.
            if moments == before:
                break
            before = moments
            for some in _portions(moments, self._dispatcher.router.turns):
                await self._fire(some)
        return LONGEST if later is None else min(LONGEST, max(SHORTEST, later - self._clock()))

    async def _fire(self, moments: list[Due]) -> None:
        """Fire them in one unit of work; where one fails, in two, until that one is found."""
        try:
            await self._engine.submit(lambda session: fire_all(self._dispatcher, session, moments))
        except Unavailable:
            raise
        except Exception as error:
            if len(moments) == 1:
                log.error("due_failed", schedule=moments[0].schedule_id, error=type(error).__name__)
                await self._engine.submit(lambda session: postpone(session, moments[0], self._clock()))
                return
            half = len(moments) // 2
            await self._fire(moments[:half])
            await self._fire(moments[half:])

    async def _retry(self) -> None:
        waiting = await self._engine.submit(lambda session: failures.to_try_again(session, self._clock()))
        for row, arrival in waiting:
            await self._dispatcher.try_again(self._engine, row, arrival)

    def _ring(self, wait: timedelta) -> None:
        # The bell rings by the machine's clock even when the bot's own clock is moved by hand.
        if not self._bell.running:
            return
        trigger = DateTrigger(system_clock() + wait)
        self._bell.add_job(
            self.tick, trigger, id=BELL, replace_existing=True, max_instances=2, misfire_grace_time=None
        )


def _portions(moments: list[Due], together: Container[str]) -> Iterator[list[Due]]:
    """What shares a unit of work: few, oldest first, or many of a kind that is fired together."""
    kinds: dict[str, list[Due]] = defaultdict(list)
    for moment in moments:
        kinds[moment.kind if moment.kind in together else ""].append(moment)
    for kind in kinds.keys() - {""}:
        # What lies side by side in the database is written in fewer pages.
        kinds[kind].sort(key=lambda moment: moment.schedule_id)
    # The few first: the many take their time.
    for kind, some in sorted(kinds.items()):
        size = MANY if kind else FEW
        yield from (some[first : first + size] for first in range(0, len(some), size))
