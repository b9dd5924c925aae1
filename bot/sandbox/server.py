"""The sandbox: a Telegram-like server on this computer, for the demo page and for the tests."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, cast, runtime_checkable

from aiohttp import web

from bot.sandbox.api import BotApi, Request
from bot.sandbox.faults import Faults
from bot.sandbox.guard import NAMES, guard
from bot.sandbox.guests import Guest
from bot.sandbox.hooks import Webhook
from bot.sandbox.machine import TimeMachine
from bot.sandbox.polling import Polling
from bot.sandbox.refusal import Refusal
from bot.sandbox.seed import ZONE
from bot.sandbox.seed import seed as seed_world
from bot.sandbox.store import Store
from bot.sandbox.web import Page
from bot.sandbox.world import World

__all__ = ["TOKEN", "Machine", "Request", "Sandbox"]

Json = dict[str, Any]
TOKEN = "123456:SANDBOX-only-on-this-computer"
LARGEST_REQUEST = 64 * 2**20


@runtime_checkable
class Machine(Protocol):
    """A clock that can be moved."""

    def now(self) -> datetime: ...

    def advance(self, by: timedelta) -> None: ...


class Sandbox:
    """One pretend Telegram.

    *clock*: a `TimeMachine`, or anything with now() and advance(), is moved from the page; a plain function
    is put into one (`machine`). *store*: a SQLite file that outlives restarts, None for memory. *seed*: the
    teachers' earlier talk. Hooks an app may set: `next_due` tells the next moment something is due, `travel`
    takes the app there.
    """

    def __init__(
        self, store: Path | None, clock: Callable[[], datetime], token: str = TOKEN, seed: bool = True
    ) -> None:
        self.token = token
        self.machine: Machine = cast(Machine, clock) if isinstance(clock, Machine) else TimeMachine(clock)
        self.world = World(lambda: self.machine.now(), int(token.partition(":")[0]))
        self.complaints: list[str] = []
        self.requests: list[Request] = []
        self.faults = Faults()
        self.next_due: Callable[[], Awaitable[datetime | None]] | None = None
        self.travel: Callable[[datetime], Awaitable[None]] | None = None
        self.guests: list[Guest] = []
        self.skipped = timedelta()
        self.zone = ZONE
        self.host, self.port = "127.0.0.1", 0
        self.store = Store(store) if store else None
        if not (self.store and self._load(self.store)):
            seed_world(self.world, history=seed)
        self.flush()

    def _load(self, store: Store) -> bool:
        self.skipped = timedelta(seconds=store.skipped())
        self.machine.advance(self.skipped)
        return store.load(self.world)

    def flush(self) -> None:
        """Write to disk what changed."""
        if self.store:
            self.store.save(self.world, self.skipped.total_seconds(), self.guests)

    def welcome(self, guest: Guest) -> None:
        """Show another platform on the page, with what was said there before; before `start`."""
        if self.store and (kept := self.store.guest(guest.platform)):
            guest.load(kept)
        self.guests.append(guest)

    async def move(self, until: datetime) -> None:
        """Move the clock forward to *until*, through `travel` if the app set it, to live every moment."""
        by = max(until - self.machine.now(), timedelta())
        self.skipped += by
        if self.travel:
            await self.travel(until)
        else:
            self.machine.advance(by)
        self.world.changed("clock", "now")

    @property
    def _root(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as base_url; the token follows it."""
        return f"{self._root}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as base_file_url."""
        return f"{self._root}/file/bot"

    @property
    def page_url(self) -> str:
        """The chat page for the browser."""
        return f"{self._root}/"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. Raises ValueError for an address others could reach."""
        if host not in NAMES:
            raise ValueError(f"{host}: the sandbox only serves this computer")
        self.host = host
        self.closing = asyncio.Event()
        self.polling = Polling(self.world)
        self.webhook = Webhook(self.world, self._from_webhook)
        self.waiting_methods: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._set_webhook,
            "getWebhookInfo": self._webhook_info,
        }
        self.page = Page(self)
        await self._listen(port)

    async def _listen(self, port: int) -> None:
        self.api = BotApi(self)
        app = web.Application(middlewares=[guard], client_max_size=LARGEST_REQUEST)
        app.router.add_route("*", "/bot{token}/{method}", self.api.call)
        app.router.add_get("/file/bot{token}/{path:.+}", self.api.download)
        app.add_routes(self.page.routes())
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        await web.TCPSite(self.runner, self.host, port).start()
        self.port = self.runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening and close the file; what was said is kept there."""
        await self.go_down()
        self.flush()
        if self.store:
            self.store.close()
            self.store = None

    async def go_down(self) -> None:
        """Refuse connections until `come_up`: waiting requests are let go."""
        self.closing.set()
        self.polling.close()
        self.page.close()
        await self.webhook.close()
        await self.runner.cleanup()

    async def come_up(self) -> None:
        """Listen again where it listened before."""
        hook = self.webhook.hook
        await self.start(self.host, self.port)
        if hook.url:
            self.webhook.set({"url": hook.url} | ({"secret_token": hook.secret} if hook.secret else {}))

    async def _get_updates(self, params: Json) -> list[Json]:
        if self.webhook.hook.url:
            words = (
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
            )
            raise Refusal(409, words)
        return await self.polling.get_updates(params)

    async def _set_webhook(self, params: Json) -> bool:
        return self.webhook.set(params)

    async def _webhook_info(self, _params: Json) -> Json:
        return self.webhook.info()

    async def _from_webhook(self, method: str, params: Json) -> None:
        await self.api.perform(method, params)
