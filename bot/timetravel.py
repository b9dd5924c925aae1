"""Moving the sandbox's clock on without skipping what falls due on the way."""

from datetime import datetime, timedelta
from typing import Protocol

from sqlmodel import Session, col, func, select

from bot.app import App
from storage.models.delivery import Inbox, Outbox
from storage.models.due import Schedule

INSTANT = timedelta(milliseconds=1)
MOST_STOPS = 500


class Settable(Protocol):
    """A clock that shows whatever it is set to, and runs on from there."""

    def __call__(self) -> datetime: ...

    def set(self, moment: datetime) -> None: ...


class Traveller:
    """Takes an app through time, stopping at every moment something is due or may be sent."""

    def __init__(self, app: App, clock: Settable) -> None:
        self._app, self._clock = app, clock

    async def next_due(self) -> datetime | None:
        """The next moment something is due or waits to be sent."""
        return await self._app.engine.submit(self._next)

    async def travel(self, to: datetime) -> None:
        """Live through everything until *to*."""
        for _ in range(MOST_STOPS):
            stop = await self.next_due()
            if stop is None or stop > to:
                break
            self._clock.set(max(stop, self._clock()) + INSTANT)
            await self.settle()
        self._clock.set(max(to, self._clock()))
        await self.settle()

    async def settle(self) -> None:
        """Do all that is due now and wait until it is said."""
        await self._app.scheduler.tick()
        for _ in range(2):
            self._app.jobs.wake()
            await self._app.jobs.rest()
            self._app.courier.wake()
            await self._app.courier.rest()

    def _next(self, session: Session) -> datetime | None:
        now = self._clock()
        due = session.exec(select(func.min(Schedule.next_at))).one()
        waiting = session.exec(
            select(func.min(Outbox.not_before)).where(
                col(Outbox.state) == "open", col(Outbox.not_before) > now
            )
        ).one()
        again = session.exec(select(func.min(Inbox.next_try_at)).where(col(Inbox.state) == "failed")).one()
        return min((moment for moment in (due, waiting, again) if moment is not None), default=None)
