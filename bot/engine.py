"""The embedded engine: one writer thread, one commit for all work that is waiting."""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy import Engine as Database
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.logs import place_of
from bot.transaction import Work, alone, in_savepoint, is_trouble
from storage.database import copy_back, empty_log
from storage.prepared import hold

log = structlog.get_logger()
T = TypeVar("T")
BATCH = 32
# A commit that finds thousands of pages to copy back takes twenty times as long as others.
COPY_BACK_AFTER = 40
QUIET = 10.0


class Unavailable(Exception):
    """The database could not take the work (full, locked, gone); nothing of it was kept."""


class Closing(Protocol):
    """Work at the end of every commit, in the same transaction as what was handed in."""

    def work(self, session: Session) -> None: ...

    def kept(self) -> Callable[[], None]:
        """It is committed. Called by the writer's thread, as the next is; what it gives back is called on
        the loop, before the results of what was handed in are told there."""

    def undo(self) -> None:
        """What the last work did is undone; it may be called again."""

    def lost(self) -> Callable[[], None]:
        """Nothing of it was kept in this commit."""


class Engine(Protocol):
    """Carries units of work, in the order they were handed in, each whole or not at all."""

    async def submit(self, work: Work[T]) -> T:
        """Run *work* in a transaction and return its result after the commit.

        It may be run, undone and run again before that, so it must do nothing but ask the session.
        Raises Unavailable when the database could not commit, and what *work* raised otherwise.
        """

    def close_with(self, closing: Closing) -> None:
        """Add *closing* to every commit from now on."""

    def start(self) -> None: ...

    async def stop(self) -> None: ...


@dataclass(slots=True)
class _Order:
    work: Work[Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: Any = None
    error: BaseException | None = None

    def tell(self, lost: BaseException | None) -> None:
        """What became of it; on the loop."""
        error = lost or self.error
        if self.future.done():
            return
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(self.result)


def _tell(first: Callable[[], None] | None, orders: list[_Order], lost: BaseException | None) -> None:
    try:
        if first is not None:
            first()
    finally:
        for order in orders:
            order.tell(lost)


class EmbeddedEngine:
    """Runs work on one thread; whatever waits shares a commit, each piece in its own savepoint.

    *quiet*: seconds without work after which what was written is wholly put away.
    """

    def __init__(self, database: Database, quiet: float = QUIET) -> None:
        self._database, self._quiet = database, quiet
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._closing: Closing | None = None
        self._closed = False
        self._connection: Connection | None = None
        self._ending = False
        self._uncopied, self._emptied = 0, True

    def start(self) -> None:
        self._thread.start()

    def close_with(self, closing: Closing) -> None:
        self._closing = closing

    async def submit(self, work: Work[T]) -> T:
        if self._ending:
            raise Unavailable("stopped")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._orders.put(_Order(work, future, loop))
        return await future

    async def stop(self) -> None:
        """Finish what was handed in, then end the thread; from now on nothing more is taken."""
        self._ending = True
        self._orders.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        while (first := self._next()) is not None:
            batch, last = self._gather(first)
            self._commit(batch)
            self._uncopied, self._emptied = self._uncopied + len(batch), False
            if last:
                break
        self._disconnect()

    def _next(self) -> _Order | None:
        """The next order. Until it comes nobody's answer is held up by putting away what was written."""
        if self._uncopied >= COPY_BACK_AFTER and self._orders.empty():
            self._put_away(copy_back)
        try:
            return self._orders.get(timeout=None if self._emptied else self._quiet)
        except queue.Empty:
            self._emptied = True
            self._put_away(empty_log)
            return self._orders.get()

    def _put_away(self, way: Callable[[Connection], None]) -> None:
        self._uncopied = 0
        if self._connection is None:
            return
        try:
            way(self._connection)
        except Exception as error:
            # The log is whole still, and the next commit will tell what the matter is.
            log.warning("not_put_away", error=type(error).__name__)
            self._disconnect()

    def _gather(self, first: _Order) -> tuple[list[_Order], bool]:
        batch = [first]
        while len(batch) < BATCH:
            try:
                order = self._orders.get_nowait()
            except queue.Empty:
                return batch, False
            if order is None:
                return batch, True
            batch.append(order)
        return batch, False

    def _commit(self, batch: list[_Order]) -> None:
        """One commit for the batch: at one go, and if any piece of it fails, again with each by itself."""
        lost: BaseException | None = None
        try:
            if not self._at_one_go(batch):
                self._each_by_itself(batch)
        except Exception as error:
            lost = Unavailable(type(error).__name__)
            lost.__cause__ = error
            self._undo()
            self._disconnect()
        first: Callable[[], None] | None = None
        if self._closing is not None:
            first = self._closing.kept() if self._closed else self._closing.lost()
        # Told at one go: each call across threads wakes the loop, and then waits for it.
        for loop in {order.loop for order in batch}:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_tell, first, [it for it in batch if it.loop is loop], lost)
                first = None

    def _connected(self) -> Connection:
        """The writer's own connection, kept from commit to commit until there is trouble."""
        if self._connection is None:
            self._connection = self._database.connect()
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.close()
            self._connection = None

    def _undo(self) -> None:
        self._closed = False
        if self._closing is not None:
            self._closing.undo()

    def _at_one_go(self, batch: list[_Order]) -> bool:
        """Whether all of it went well; it is spared the savepoints, which take longer than most work."""
        try:
            connection = self._connected()
            session = Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)
            with connection.begin(), session:
                hold(session)
                for order in batch:
                    order.result = alone(session, order.work)
                if self._closing is not None:
                    alone(session, self._closing.work)
        except Exception as error:
            if is_trouble(error):
                raise
            self._undo()
            return False
        self._closed = True
        return True

    def _each_by_itself(self, batch: list[_Order]) -> None:
        """Each piece in its savepoint; trouble with the database itself ends the whole batch."""
        connection = self._connected()
        with connection.begin():
            for order in batch:
                try:
                    order.result = in_savepoint(connection, order.work)
                except Exception as error:
                    if is_trouble(error):
                        raise
                    order.error = error
            self._closed = self._close(connection)

    def _close(self, connection: Connection) -> bool:
        if self._closing is None:
            return False
        try:
            in_savepoint(connection, self._closing.work)
        except Exception as error:
            if is_trouble(error):
                raise
            self._undo()
            log.error("closing_failed", error=type(error).__name__, at=place_of(error))
            return False
        return True
