"""WeCom's AI bot (企业微信智能机器人) over its long connection: no public address is needed."""

import asyncio
import secrets
from contextlib import suppress
from datetime import timedelta
from typing import Any

from aiohttp.web import Application

from bot.adapters.base import MINUTE, Arrival, Capabilities, Edits, Pace, Parcel, Receive, Window
from bot.adapters.raw import sound
from bot.adapters.wecom_aibot import media, read
from bot.adapters.wecom_aibot.callbacks import Callbacks
from bot.adapters.wecom_aibot.cards import CARDS
from bot.adapters.wecom_aibot.client import Client
from bot.adapters.wecom_aibot.frames import Frame, request_of
from bot.adapters.wecom_aibot.intake import Intake
from bot.adapters.wecom_aibot.send import Sender
from bot.adapters.wecom_aibot.wire import Timing, WrongSecret
from bot.clock import Clock
from bot.engine import Engine, Unavailable
from bot.lease import Lease
from bot.split import octets
from config.settings import Settings
from handlers.core.message import Message

HOUR = timedelta(hours=1)
# Signs that have to be marked make words longer than they look.
LONGEST = 16_000
# WeCom takes 30 files a minute and 1000 an hour: these are at most 29 and 914.
UPLOADS = Pace(timedelta(seconds=4), burst=14)


class WecomAdapter:
    """One AI bot. What comes is kept and handled in order; only one process at a time is connected."""

    platform = read.PLATFORM
    can = Capabilities(
        mention_required=True,
        notices=False,
        captions=False,
        keeps_files=False,
        quotes_words=True,
        edits=Edits.PRESSED,
        cards=CARDS,
        max_units=LONGEST,
        measure=octets,
        per_second=1000,
        per_chat_second=10,
        windows=(Window(MINUTE, 25), Window(HOUR, 900)),
        uploads=UPLOADS,
    )

    def __init__(self, settings: Settings, clock: Clock, engine: Engine) -> None:
        if not settings.wecom_bot_id or settings.wecom_bot_secret is None:
            raise WrongSecret
        self._bot_id, self._clock = settings.wecom_bot_id, clock
        self._lease = Lease(engine, clock, f"{self.platform}:{self._bot_id}")
        # Who was away too long and comes back must not take the bot from who has it now.
        self._client = Client(
            settings.wecom_url, self._bot_id, settings.wecom_bot_secret, self._told, self._lease.hold
        )
        self._callbacks = Callbacks()
        self._sender = Sender(self._client, self._callbacks, clock, secrets.token_hex(3))
        self._intake = Intake()
        self._tasks: list[asyncio.Task[None]] = []
        self._receive: Receive | None = None

    def __repr__(self) -> str:
        return f"WecomAdapter({self._bot_id})"

    @property
    def account(self) -> str:
        return self._bot_id

    @property
    def link(self) -> None:
        return None

    @property
    def ready(self) -> bool:
        return self._client.ready

    @property
    def way(self) -> str:
        return "connection"

    @property
    def timing(self) -> Timing:
        """How long things take."""
        return self._client.timing

    @timing.setter
    def timing(self, timing: Timing) -> None:
        self._client.timing = timing

    async def connect(self) -> None:
        """Wait until no other process is this bot, then connect; raises WrongSecret."""
        await self._lease.wait(self.timing.renew)
        self._tasks = [asyncio.create_task(self._lease.keep(self.timing.renew), name="wecom lease")]
        await self._client.open()

    def read(self, raw: dict[str, Any]) -> Message | None:
        return read.read(raw, self._clock())

    def mount(self, web: Application, receive: Receive) -> bool:
        return False

    async def start(self, receive: Receive) -> None:
        self._receive = receive
        self._tasks.append(asyncio.create_task(self._intake.run(receive), name="wecom inbox"))

    async def stop(self) -> None:
        """Nothing yet: answers still go out, and what comes meanwhile is kept, or it would be lost."""

    async def deaf(self) -> BaseException | None:
        """Return only if receiving has ended by itself, with what ended it."""
        client = asyncio.create_task(self._client.ended())
        try:
            await asyncio.wait({client, *self._tasks}, return_when=asyncio.FIRST_COMPLETED)
            ended = [task.exception() for task in self._tasks if task.done() and not task.cancelled()]
            return client.result() if client.done() else next(iter(ended), None)
        finally:
            client.cancel()

    async def close(self) -> None:
        """End the connection, keep what came over it, and let another process be the bot."""
        await self._client.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        with suppress(Unavailable):
            if self._receive is not None:
                await self._intake.empty(self._receive)
            await self._lease.release()

    async def deliver(self, parcel: Parcel) -> str | None:
        return await self._sender.deliver(parcel)

    async def work(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        if kind == "rights":
            # WeCom does not tell who runs a group.
            return {"admin": None, "inside": True}
        if kind == "download":
            return await media.download(content["file"])
        raise KeyError(kind)

    def _told(self, frame: Frame) -> None:
        frame = sound(frame)
        self._callbacks.note(frame, self._clock())
        key = read.key_of(frame) or request_of(frame)
        self._intake.add(Arrival(self.platform, self.account, key, frame))
