"""One WebSocket to WeCom: frames go out, acks find their frame by req_id, everything else is handed on."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientWebSocketResponse, WSMsgType
from pydantic import SecretStr

from bot.adapters.base import Replaced, Unknown, Unreachable, Unwelcome
from bot.adapters.wecom_aibot import frames
from bot.adapters.wecom_aibot.frames import Frame

log = structlog.get_logger()
MISSED = 2


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things take, in seconds.

    *first*: at most, until the first try after a break; *shaky*: at most, while connections begin but do not
    last (*steady*); *longest*: at most, while none begins.  *renew*: between looks at the lease.
    *patience*: how long a frame waits for a connection.  *busy*: before each new try while WeCom is busy.
    """

    heartbeat: float = 30
    ack: float = 8
    begin: float = 10
    close: float = 0.2
    first: float = 0.4
    shaky: float = 1.5
    steady: float = 10
    longest: float = 30
    renew: float = 5
    patience: float = 4
    busy: tuple[float, ...] = (1, 2, 4)


class Broken(Exception):
    """The connection is over; another may be begun."""


class Kicked(Replaced):
    """Another process has connected as this bot, and only one may."""

    def __init__(self) -> None:
        super().__init__("another process has connected with YANBAN_WECOM_BOT_ID")


class WrongSecret(Unwelcome):
    """WeCom does not know the bot or its secret."""

    def __init__(self) -> None:
        super().__init__("YANBAN_WECOM_BOT_SECRET: WeCom does not know this bot id with this secret")


class Wire:
    """A connection that has begun. *told* is called with every callback, in order."""

    def __init__(
        self, socket: ClientWebSocketResponse, timing: Timing, told: Callable[[Frame], None]
    ) -> None:
        self._socket, self._timing, self._told = socket, timing, told
        self._waiting: dict[str, asyncio.Future[Frame]] = {}
        self._over = False

    def busy(self, req_id: str) -> bool:
        """Whether an ack for *req_id* is still awaited: a second could not be told from it."""
        return req_id in self._waiting

    async def ask(self, cmd: str, body: Frame | None = None, req_id: str | None = None) -> Frame:
        """Send a frame; its ack. Raises Unreachable (nothing was sent) or Unknown (no ack came)."""
        req_id = req_id or frames.new_id(cmd)
        frame: Frame = {"cmd": cmd, "headers": {"req_id": req_id}} | ({} if body is None else {"body": body})
        if self._over:
            raise Unreachable("the connection is over")
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[req_id] = answer
        try:
            async with asyncio.timeout(self._timing.ack):
                await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
                return await answer
        except ConnectionError as error:
            raise Unreachable(type(error).__name__) from None
        except TimeoutError:
            raise Unknown("no ack") from None
        finally:
            self._waiting.pop(req_id, None)

    async def subscribe(self, bot_id: str, secret: SecretStr) -> None:
        """Say who we are; raises WrongSecret, or Broken when WeCom cannot say."""
        ack = await self.ask(frames.SUBSCRIBE, {"bot_id": bot_id, "secret": secret.get_secret_value()})
        code = frames.code_of(ack)
        if code in frames.PASSING:
            raise Broken(f"WeCom said {code}")
        if code:
            raise WrongSecret

    async def beat(self) -> None:
        """Ask for a sign of life from time to time; raises Broken when two in a row stay out."""
        missed = 0
        while True:
            if not missed:
                await asyncio.sleep(self._timing.heartbeat)
            try:
                await self.ask(frames.PING)
                missed = 0
            except Unknown:
                missed += 1
            if missed == MISSED:
                raise Broken("no heartbeat")

    async def listen(self) -> None:
        """Take what comes until the connection ends. Raises Broken or Kicked."""
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT and (frame := _frame(message.data)) is not None:
                    self._take(frame)
        finally:
            self._over = True
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(Unknown("the connection broke"))
        raise Broken(f"closed {self._socket.close_code}")

    def _take(self, frame: Frame) -> None:
        if frame.get("cmd") in (frames.MESSAGE, frames.EVENT):
            self._callback(frame)
            return
        answer = self._waiting.get(frames.request_of(frame))
        if answer is not None and not answer.done():
            answer.set_result(frame)
        if frames.code_of(frame) == frames.NOT_SUBSCRIBED:
            # The socket looks alive, but nothing will come over it any more.
            raise Broken("not subscribed")

    def _callback(self, frame: Frame) -> None:
        event: Any = frame.get("body", {}).get("event") if isinstance(frame.get("body"), dict) else None
        if isinstance(event, dict) and event.get("eventtype") == "disconnected_event":
            raise Kicked
        self._told(frame)


def _frame(data: str) -> Frame | None:
    """The frame in *data*, None for anything else."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        log.warning("frame_unreadable", length=len(data))
        return None
    return found
