"""Stays connected: begins again after every break, and never fights over the bot."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, ClientWSTimeout
from pydantic import SecretStr

from bot.adapters.base import Undelivered, Unreachable
from bot.adapters.wecom_aibot.frames import Frame
from bot.adapters.wecom_aibot.wire import Broken, Timing, Wire

log = structlog.get_logger()
LARGEST_FRAME = 16 * 2**20


class Client:
    """One bot at WeCom. *told* is called with every callback that comes.

    *admit* is asked before every connection and raises what ends it for good when there must be none.
    """

    def __init__(
        self,
        url: str,
        bot_id: str,
        secret: SecretStr,
        told: Callable[[Frame], None],
        admit: Callable[[], Awaitable[None]],
    ) -> None:
        self._url, self._bot_id, self._secret, self._told, self._admit = url, bot_id, secret, told, admit
        self._wire: Wire | None = None
        self._task: asyncio.Task[None] | None = None
        self._tried, self._connected = asyncio.Event(), asyncio.Event()
        self._lasted = 0.0
        self.timing = Timing()
        self.begun = 0

    def __repr__(self) -> str:
        return f"Client({self._bot_id!r})"

    @property
    def ready(self) -> bool:
        """Whether we are subscribed now."""
        return self._wire is not None

    async def open(self) -> None:
        """Begin; returns when the first try is over, whatever came of it. Raises WrongSecret or Ended."""
        self._task = asyncio.create_task(self._run(), name="wecom")
        tried = asyncio.create_task(self._tried.wait())
        try:
            await asyncio.wait({self._task, tried}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            tried.cancel()
        if self._task.done():
            self._task.result()

    async def close(self) -> None:
        """End the connection and begin no other."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def ended(self) -> BaseException | None:
        """Return only if it has ended by itself, with what ended it."""
        if self._task is None:
            await asyncio.Event().wait()
            return None
        await asyncio.wait({self._task})
        return None if self._task.cancelled() else self._task.exception()

    def busy(self, req_id: str) -> bool:
        """Whether an ack for *req_id* is still awaited."""
        return self._wire is not None and self._wire.busy(req_id)

    async def ask(self, cmd: str, body: Frame, req_id: str | None = None) -> Frame:
        """Send a frame; its ack. Raises Unreachable or Unknown."""
        # A break is mostly over at once, and the outbox would come back only seconds later.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._connected.wait(), self.timing.patience)
        if self._wire is None:
            raise Unreachable("not connected")
        return await self._wire.ask(cmd, body, req_id)

    async def _run(self) -> None:
        short_lived = 0
        while True:
            begun = self.begun
            try:
                await self._admit()
                await self._connect()
            except (Broken, Undelivered, ClientError, OSError, TimeoutError) as error:
                reason = str(error) if isinstance(error, Broken) else type(error).__name__
                short_lived = 0 if self._lasted > self.timing.steady else short_lived + 1
                pause = self._pause(short_lived, begun != self.begun)
                log.warning("wecom_connection_lost", reason=reason, seconds=round(pause, 1))
            self._tried.set()
            await asyncio.sleep(pause)

    def _pause(self, short_lived: int, had_begun: bool) -> float:
        most = self.timing.shaky if had_begun else self.timing.longest
        even = min(most, self.timing.first * 2 ** min(max(short_lived - 1, 0), 10))
        return float(even * random.uniform(0.5, 1))

    async def _connect(self) -> None:
        """Be connected for as long as it lasts. Raises what ended it."""
        loop, self._lasted = asyncio.get_running_loop(), 0.0
        limits = ClientTimeout(total=None, connect=self.timing.begin, sock_connect=self.timing.begin)
        closing = ClientWSTimeout(ws_close=self.timing.close)
        async with (
            ClientSession(timeout=limits) as session,
            session.ws_connect(self._url, timeout=closing, max_msg_size=LARGEST_FRAME) as socket,
        ):
            wire, since = Wire(socket, self.timing, self._told), loop.time()
            try:
                await self._live(wire)
            finally:
                self._lasted = loop.time() - since

    async def _live(self, wire: Wire) -> None:
        tasks = [asyncio.create_task(wire.listen())]
        try:
            # No ack comes when listening ends, and then it is listening that knows why.
            with suppress(Undelivered):
                await wire.subscribe(self._bot_id, self._secret)
                self._begin(wire)
                tasks.append(asyncio.create_task(wire.beat()))
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._wire = None
            self._connected.clear()
            ends = await _ended(tasks)
        raise next((end for end in ends if end is not None), Broken("no ack"))

    def _begin(self, wire: Wire) -> None:
        self._wire = wire
        self.begun += 1
        self._tried.set()
        self._connected.set()
        log.info("wecom_connected")


async def _ended(tasks: list[asyncio.Task[None]]) -> list[BaseException | None]:
    """Cancel what still runs; what the others ended with."""
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return [None if task.cancelled() else task.exception() for task in tasks]
