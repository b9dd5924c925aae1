"""What only one process may do at a time is done by the one that holds its lease in the database."""

import asyncio
import secrets
from datetime import timedelta

import structlog
from sqlalchemy import bindparam, delete, text
from sqlmodel import Session, col

from bot.adapters.base import Ended
from bot.clock import Clock
from bot.engine import Engine, Unavailable
from storage.models.machine import Lease as Row
from storage.prepared import Prepared
from storage.types import UTCDateTime

log = structlog.get_logger()
_TAKE = Prepared(
    text(
        "INSERT INTO lease (name, holder, until) VALUES (:name, :holder, :until) "
        "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until "
        # One far in the future was taken by a clock that was wrong.
        "WHERE lease.holder = excluded.holder OR lease.until < :now OR lease.until > :latest"
    ).bindparams(*(bindparam(name, type_=UTCDateTime) for name in ("until", "now", "latest")))
)


class LeaseLost(Ended):
    """Another process holds what was ours."""


class Lease:
    """The right to *name*, good for *span* after each `take`; every process is a holder of its own."""

    def __init__(
        self, engine: Engine, clock: Clock, name: str, span: timedelta = timedelta(seconds=20)
    ) -> None:
        self._engine, self._clock, self._span = engine, clock, span
        self.name, self.holder = name, secrets.token_hex(8)

    async def take(self) -> bool:
        """Take it, or keep it for longer; False while another holds it. Raises Unavailable."""
        now = self._clock()
        until, latest = now + self._span, now + 3 * self._span
        values = {"name": self.name, "holder": self.holder, "until": until, "now": now, "latest": latest}
        return await self._engine.submit(lambda session: bool(_TAKE(session, **values).rowcount))

    async def wait(self, pause: float) -> None:
        """Return once it is ours, looking every *pause* seconds; waiting is said once in the log."""
        told = False
        while not await self._may_take():
            if not told:
                log.warning("lease_waiting", name=self.name)
                told = True
            await asyncio.sleep(pause)

    async def keep(self, pause: float) -> None:
        """Keep it for as long as this runs; raises LeaseLost when another has it."""
        while True:
            await asyncio.sleep(pause)
            await self.hold()

    async def hold(self) -> None:
        """Keep it for longer; raises LeaseLost when another has it."""
        try:
            if not await self.take():
                raise LeaseLost(f"another process holds {self.name}")
        except Unavailable:
            # Nobody else can take it from a database that takes nothing.
            log.warning("lease_not_renewed", name=self.name)

    async def release(self) -> None:
        """Let others have it."""
        await self._engine.submit(self._drop)

    async def _may_take(self) -> bool:
        try:
            return await self.take()
        except Unavailable:
            return False

    def _drop(self, session: Session) -> None:
        session.execute(delete(Row).where(col(Row.name) == self.name, col(Row.holder) == self.holder))
