"""Telegram: long polling or webhook in, Bot API calls out."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp.web import Application
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.adapters.base import (
    MINUTE,
    Arrival,
    Capabilities,
    Parcel,
    Receive,
    Refused,
    Unwelcome,
    Window,
)
from bot.adapters.raw import sound
from bot.adapters.telegram import read, send
from bot.adapters.telegram.call import Api
from bot.adapters.telegram.poll import ALLOWED, Poller
from bot.adapters.telegram.request import AioRequest
from bot.adapters.telegram.webhook import PATH, hook
from bot.adapters.telegram.work import WORK
from bot.clock import Clock, system_clock
from config.settings import Settings
from handlers.core.message import Message

CONNECT_TRIES_PAUSE = 5.0


class NoToken(Unwelcome):
    """Telegram does not know the token, or none was given."""

    def __init__(self) -> None:
        super().__init__("YANBAN_TELEGRAM_TOKEN: Telegram does not know this token")


class TelegramAdapter:
    """One bot account. Receives by polling unless a webhook address is set."""

    platform = read.PLATFORM

    def __init__(self, settings: Settings, clock: Clock = system_clock) -> None:
        if settings.telegram_token is None:
            raise NoToken
        token = settings.telegram_token.get_secret_value()
        self._requests = AioRequest(), AioRequest(connections=2)
        self.bot = Bot(
            token,
            base_url=settings.telegram_base_url,
            base_file_url=settings.telegram_base_file_url,
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )
        self._api = Api(self.bot, self._requests[0], f"{settings.telegram_base_url}{token}")
        self._poll_url = f"{self._api.address}/getUpdates"
        self._settings, self._clock = settings, clock
        self._polling: asyncio.Task[None] | None = None
        self.poller: Poller | None = None
        self.me = read.Me(0, "")
        self.can = Capabilities(
            per_second=settings.telegram_per_second,
            per_chat_second=settings.telegram_per_chat_second,
            windows=(Window(MINUTE, int(settings.telegram_per_group_minute), groups_only=True),),
            menus=True,
        )

    def __repr__(self) -> str:
        return f"TelegramAdapter(@{self.me.username})"

    @property
    def account(self) -> str:
        return str(self.me.id)

    @property
    def link(self) -> str:
        return f"https://t.me/{self.me.username}?start={{word}}"

    @property
    def ready(self) -> bool:
        return self.poller is None or self.poller.healthy

    @property
    def way(self) -> str:
        return "webhook" if self._webhook_secret else "polling"

    def read(self, raw: dict[str, Any]) -> Message | None:
        return read.read(sound(raw), self.me)

    async def connect(self) -> None:
        """Learn our own name, waiting for the network if need be; raises NoToken for a wrong token."""
        await self._insist(self.bot.initialize)
        self.me = read.Me(self.bot.id, self.bot.username)

    async def _insist(self, call: Callable[[], Awaitable[object]]) -> None:
        """Call until the network lets it through; raises NoToken for a wrong token."""
        while True:
            try:
                await call()
                break
            except InvalidToken:
                raise NoToken from None
            except BadRequest:
                raise
            except TelegramError:
                await asyncio.sleep(CONNECT_TRIES_PAUSE)

    def mount(self, web: Application, receive: Receive) -> bool:
        if (secret := self._webhook_secret) is not None:
            web.router.add_post(PATH, hook(self.arrival, secret, receive))
        return secret is not None

    @property
    def _webhook_secret(self) -> str | None:
        given = self._settings.telegram_webhook_secret
        return given.get_secret_value() if self._settings.telegram_webhook_url and given else None

    async def start(self, receive: Receive) -> None:
        if (secret := self._webhook_secret) is not None:
            url = str(self._settings.telegram_webhook_url)
            await self._insist(
                partial(self.bot.set_webhook, url, secret_token=secret, allowed_updates=ALLOWED)
            )
            return
        await self._insist(self.bot.delete_webhook)

        async def take(updates: list[dict[str, Any]]) -> None:
            await receive([self.arrival(update) for update in updates])

        self.poller = Poller(self._requests[1], self._poll_url, take, self._clock)
        self._polling = asyncio.create_task(self.poller.run(), name="polling")

    def arrival(self, raw: dict[str, Any]) -> Arrival:
        """*raw* under its own key; an update without an id is keyed by nothing and will be set aside."""
        return Arrival(self.platform, self.account, str(raw.get("update_id", "")), raw)

    async def stop(self) -> None:
        if self._polling is not None:
            self._polling.cancel()
            await asyncio.wait({self._polling})

    async def deaf(self) -> BaseException | None:
        """Return only if polling has ended by itself, with what ended it."""
        if self._polling is None:
            await asyncio.Event().wait()
            return None
        await asyncio.wait({self._polling})
        return None if self._polling.cancelled() else self._polling.exception()

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()

    async def deliver(self, parcel: Parcel) -> str | None:
        return await send.deliver(self._api, parcel)

    async def work(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        try:
            return await WORK[kind](self.bot, content)
        except TelegramError as error:
            ended = send.undelivered(error)
            if isinstance(ended, Refused):
                return {"refused": True}
            raise ended from None
