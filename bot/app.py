"""The only place where the parts are put together; starts and stops them in order."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

import structlog

from bot.adapters import adapters_for
from bot.adapters.base import Arrival, Capabilities
from bot.buttons import Signer, key_in
from bot.clock import Clock, system_clock
from bot.courier import Courier
from bot.dispatcher import Dispatcher
from bot.engine import EmbeddedEngine
from bot.jobs import Jobs, Worker
from bot.links.workers import ASKING, SILENT
from bot.menus import publish_menus
from bot.post import Post
from bot.scheduler import Scheduler
from bot.web import Web
from bot.wording import Wording
from config.settings import Settings
from handlers import load
from storage.database import open_database

if TYPE_CHECKING:
    from bot.adapters.telegram import TelegramAdapter

log = structlog.get_logger()


class Deaf(Exception):
    """Nothing will ever be received again; the cause is what ended it."""


class App:
    """The whole bot. `async with App(settings) as app:` runs it; everything is stopped on leaving."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock = system_clock,
        workers: Mapping[str, Worker] | None = None,
    ) -> None:
        self.settings, self.clock = settings, clock
        self.database = open_database(settings.database_url)
        self.engine = EmbeddedEngine(self.database)
        self.adapters = adapters_for(settings, clock, self.engine)
        self.router = load()
        self.web = Web(settings.http_host, settings.http_port)
        self._workers = workers if workers is not None else standard_workers(settings)

    @property
    def telegram(self) -> "TelegramAdapter":
        """The Telegram account; KeyError when there is none."""
        return cast("TelegramAdapter", self.adapters["telegram"])

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            stack.callback(self.database.dispose)
            self.engine.start()
            stack.push_async_callback(self.engine.stop)
            for adapter in self.adapters.values():
                stack.push_async_callback(adapter.close)
                await adapter.connect()
            self._assemble()
            await self.courier.start()
            self.jobs.start()
            self.scheduler.start()
            await self._open_doors()
            stack.pop_all()
        # Nobody waits for the menus, and all texts have to be read for them.
        self.menus = asyncio.create_task(self._publish_menus(), name="menus")
        log.info("ready", **{name: adapter.account for name, adapter in self.adapters.items()})
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.menus.cancel()
        await asyncio.wait({self.menus})
        for adapter in self.adapters.values():
            await adapter.stop()
        await self.web.stop()
        await self.scheduler.stop()
        await self.jobs.stop()
        await self.courier.stop()
        for adapter in self.adapters.values():
            await adapter.close()
        await self.engine.stop()
        self.database.dispose()

    def _assemble(self) -> None:
        can: dict[str, Capabilities] = {name: adapter.can for name, adapter in self.adapters.items()}
        links = {name: link for name, adapter in self.adapters.items() if (link := adapter.link)}
        post = Post(Wording(Signer(self._button_key()), can, links), frozenset(self.router.replies))
        self.dispatcher = Dispatcher(self.router, self.adapters, post, self.clock)
        self.courier = Courier(self.engine, self.adapters, self.clock)
        self.scheduler = Scheduler(self.engine, self.dispatcher, self.clock)
        self.jobs = Jobs(self.engine, self.dispatcher, self.adapters, self._workers, self.clock)

    async def _open_doors(self) -> None:
        adapters = list(self.adapters.values())
        mounted = [adapter.mount(self.web.app, self.receive) for adapter in adapters]
        if any(mounted):
            self.web.report_health(self.health)
            await self.web.start()
        for adapter in adapters:
            await adapter.start(self.receive)

    async def _publish_menus(self) -> None:
        for adapter in self.adapters.values():
            if adapter.can.menus:
                await publish_menus(adapter, self.router)

    async def receive(self, arrivals: Sequence[Arrival]) -> list[bool]:
        """Handle what came in; returns after the commit, raises Unavailable if it could not be kept."""
        done = await asyncio.gather(*(self.dispatcher.receive(self.engine, one) for one in arrivals))
        if any(outcome.jobs for outcome in done):
            self.jobs.wake()
        if any(outcome.dues for outcome in done):
            self.scheduler.wake()
        return [outcome.says for outcome in done]

    async def watch(self, patience: float) -> None:
        """Run beside everything else; raises Deaf *patience* seconds after receiving has ended for good."""
        ends = [asyncio.create_task(adapter.deaf()) for adapter in self.adapters.values()]
        try:
            done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
        cause = done.pop().result()
        log.error("deaf", reason=type(cause).__name__)
        await asyncio.sleep(patience)
        raise Deaf from cause

    def health(self) -> dict[str, Any]:
        """Whether messages can be received, and how."""
        ways = {name: adapter.way for name, adapter in self.adapters.items()}
        return {"ready": all(adapter.ready for adapter in self.adapters.values())} | ways

    def _button_key(self) -> bytes:
        given = self.settings.button_key
        return given.get_secret_value().encode() if given else key_in(self.settings.data_dir)


def standard_workers(settings: Settings) -> Mapping[str, Worker]:
    """Network work that needs no platform."""
    return ASKING if settings.fetch_titles else SILENT
