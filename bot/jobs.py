"""Network work for handlers: done here, its result handed back as a message."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.adapters.base import Adapter, Paused, Undelivered
from bot.clock import Clock
from bot.dispatcher import Dispatcher
from bot.engine import Engine, Unavailable
from storage.models.community import Chat
from storage.models.delivery import Job

log = structlog.get_logger()
TOGETHER = 8
TRIES = 6
IDLE = 30.0
Worker = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


class Jobs:
    """One task that takes open jobs, a few at a time; *workers* do what no platform is needed for."""

    def __init__(
        self,
        engine: Engine,
        dispatcher: Dispatcher,
        adapters: Mapping[str, Adapter],
        workers: Mapping[str, Worker],
        clock: Clock,
    ) -> None:
        self._engine, self._dispatcher, self._adapters = engine, dispatcher, adapters
        self._workers, self._clock = workers, clock
        self._wake = asyncio.Event()
        self._resting = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="jobs")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def wake(self) -> None:
        """There may be a new job."""
        self._resting.clear()
        self._wake.set()

    async def rest(self) -> None:
        """Return when no job is open."""
        await self._resting.wait()

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            try:
                jobs = await self._engine.submit(self._open)
                await asyncio.gather(*(self._do(job, platform) for job, platform in jobs))
            except Unavailable:
                await asyncio.sleep(1)
                continue
            if jobs:
                continue
            if not self._wake.is_set():
                self._resting.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), IDLE)

    def _open(self, session: Session) -> list[tuple[Job, str]]:
        query = (
            select(Job, Chat.platform)
            .join(Chat, col(Chat.id) == col(Job.chat_id), isouter=True)
            .where(col(Job.state) == "open", col(Job.not_before) <= self._clock())
            .order_by(col(Job.id))
            .limit(TOGETHER)
        )
        return [(job, platform or "") for job, platform in session.exec(query)]

    async def _do(self, job: Job, platform: str) -> None:
        try:
            content = await self._work(job, platform)
        except Undelivered as error:
            wait = timedelta(seconds=error.seconds if isinstance(error, Paused) else 2**job.attempts)
            await self._engine.submit(lambda session: self._later(session, job, wait))
            return
        try:
            await self._engine.submit(lambda session: self._dispatcher.result(session, job, content))
        except Unavailable:
            raise
        except Exception as error:
            log.error("result_failed", job=job.id, route=job.route, error=type(error).__name__)
            await self._engine.submit(lambda session: self._later(session, job, timedelta(minutes=1)))

    async def _work(self, job: Job, platform: str) -> dict[str, Any]:
        if (worker := self._workers.get(job.kind)) is not None:
            return await worker(job.content)
        return await self._adapters[platform].work(job.kind, job.content)

    def _later(self, session: Session, job: Job, wait: timedelta) -> None:
        state = "open" if job.attempts + 1 < TRIES else "dead"
        session.execute(
            update(Job)
            .where(col(Job.id) == job.id)
            .values(attempts=job.attempts + 1, not_before=self._clock() + wait, state=state)
        )
