"""The only place where the parts are put together; starts and stops them in order."""

import asyncio
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import structlog

from bot.adapters.base import Arrival, Capabilities
from bot.adapters.telegram import TelegramAdapter
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
from config.settings import Settings
from handlers import load
from storage.database import open_database

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
        self.telegram = TelegramAdapter(settings, clock)
        self.adapters = {self.telegram.platform: self.telegram}
        self.router = load()
        self.web = Web(settings.http_host, settings.http_port)
        self._workers = workers if workers is not None else standard_workers(settings)

    async def __aenter__(self) -> Self:
        await self.telegram.connect()
        self._assemble()
        self.engine.start()
        await self.courier.start()
        self.jobs.start()
        self.scheduler.start()
        await self._open_doors()
        # Nobody waits for the menus, and all texts have to be read for them.
        self.menus = asyncio.create_task(publish_menus(self.telegram, self.router), name="menus")
        log.info("ready", telegram=self.telegram.me.username)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.menus.cancel()
        await asyncio.wait({self.menus})
        await self.telegram.stop()
        await self.web.stop()
        await self.scheduler.stop()
        await self.jobs.stop()
        await self.courier.stop()
        await self.engine.stop()
        await self.telegram.close()
        self.database.dispose()

    def _assemble(self) -> None:
        can: dict[str, Capabilities] = {name: adapter.can for name, adapter in self.adapters.items()}
        links = {self.telegram.platform: f"https://t.me/{self.telegram.me.username}?start={{word}}"}
        post = Post(Signer(self._button_key()), can, links)
        self.dispatcher = Dispatcher(self.router, self.adapters, post, self.clock)
        self.courier = Courier(self.engine, self.adapters, self.clock)
        self.scheduler = Scheduler(self.engine, self.dispatcher, self.clock)
        self.jobs = Jobs(self.engine, self.dispatcher, self.adapters, self._workers, self.clock)

    async def _open_doors(self) -> None:
        secret = self.settings.telegram_webhook_secret
        if self.settings.telegram_webhook_url and secret:
            self.web.listen_for_telegram(self.telegram, secret.get_secret_value(), self.receive)
            self.web.report_health(self.health)
            await self.web.start()
        await self.telegram.start(self.receive)

    async def receive(self, arrivals: Sequence[Arrival]) -> None:
        """Handle what came in; returns after the commit, raises Unavailable if it could not be kept."""
        done = await asyncio.gather(*(self.dispatcher.receive(self.engine, one) for one in arrivals))
        if any(outcome.jobs for outcome in done):
            self.jobs.wake()
        if any(outcome.dues for outcome in done):
            self.scheduler.wake()

    async def watch(self, patience: float) -> None:
        """Run beside everything else; raises Deaf *patience* seconds after receiving has ended for good."""
        cause = await self.telegram.deaf()
        log.error("deaf", reason=type(cause).__name__)
        await asyncio.sleep(patience)
        raise Deaf from cause

    def health(self) -> dict[str, Any]:
        """Whether messages can be received, and how."""
        poller = self.telegram.poller
        return {"ready": poller is None or poller.healthy, "telegram": "polling" if poller else "webhook"}

    def _button_key(self) -> bytes:
        given = self.settings.button_key
        return given.get_secret_value().encode() if given else key_in(self.settings.data_dir)


def standard_workers(settings: Settings) -> Mapping[str, Worker]:
    """Network work that needs no platform."""
    return ASKING if settings.fetch_titles else SILENT
