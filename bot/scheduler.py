"""Wakes at the next due moment. The truth is schedule.next_at; APScheduler only rings the bell."""

import asyncio
from datetime import timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from sqlmodel import Session

from bot import failures
from bot.clock import Clock, system_clock
from bot.dispatcher import Dispatcher
from bot.engine import Engine, Unavailable
from bot.firing import Due, due, fire, postpone
from bot.housekeeping import tidy

log = structlog.get_logger()
LONGEST = timedelta(seconds=30)
SHORTEST = timedelta(milliseconds=50)
BELL = "tick"
TOGETHER = 32  # what somebody just asked waits behind no more due moments than these


class Scheduler:
    """Fires what is due and tries failed updates again."""

    def __init__(self, engine: Engine, dispatcher: Dispatcher, clock: Clock) -> None:
        self._engine, self._dispatcher, self._clock = engine, dispatcher, clock
        self._bell = AsyncIOScheduler(timezone="UTC")
        self._ticking = asyncio.Lock()

    def start(self) -> None:
        """Begin; what fell due while the process was down fires by its own rule of lateness."""
        self._bell.start()
        self._bell.add_job(self.tidy, IntervalTrigger(hours=1), misfire_grace_time=None)
        self._ring(SHORTEST)

    async def stop(self) -> None:
        """Finish what is being fired, then fire nothing more."""
        async with self._ticking:
            if self._bell.running:
                self._bell.shutdown(wait=False)

    def wake(self) -> None:
        """The clock or the schedules changed: look again at once."""
        if self._bell.running:
            self._ring(SHORTEST)

    async def tick(self) -> None:
        """Fire everything that is due by now, then set the bell for the next moment."""
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
        while True:
            now = self._clock()
            moments, later = await self._engine.submit(partial(due, now=now))
            if not moments:
                break
            for first in range(0, len(moments), TOGETHER):
                await self._fire(moments[first : first + TOGETHER])
        return LONGEST if later is None else min(LONGEST, max(SHORTEST, later - self._clock()))

    async def _fire(self, moments: list[Due]) -> None:
        """Fire them in one unit of work; where one fails, each in its own."""
        try:
            await self._engine.submit(lambda session: self._all(session, moments))
        except Unavailable:
            raise
        except Exception:
            for moment in moments:
                await self._fire_alone(moment)

    def _all(self, session: Session, moments: list[Due]) -> None:
        for moment in moments:
            fire(self._dispatcher, session, moment)

    async def _fire_alone(self, moment: Due) -> None:
        try:
            await self._engine.submit(lambda session: fire(self._dispatcher, session, moment))
        except Unavailable:
            raise
        except Exception as error:
            log.error("due_failed", schedule=moment.schedule_id, error=type(error).__name__)
            await self._engine.submit(lambda session: postpone(session, moment, self._clock()))

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
