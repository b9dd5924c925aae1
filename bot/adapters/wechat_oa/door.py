"""What WeChat calls: the echo that proves the address is ours; every message, answered in its response."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiohttp import web

from bot.adapters.base import Arrival, Receive
from bot.adapters.wechat_oa.envelope import ENCRYPTED, Envelope, Foreign, Unreadable, key_of, reply
from bot.adapters.wechat_oa.once import replayed
from bot.adapters.wechat_oa.slots import Slot, Slots
from bot.clock import Clock
from bot.engine import Engine, Unavailable

log = structlog.get_logger()
PATH = "/wechat"
PLATFORM = "wechat"
LARGEST = 64 * 1024
PATIENCE = 4.0  # WeChat waits five seconds
SLOWEST_BODY = 5.0
STALE = timedelta(seconds=300)
NOTHING_TO_SAY = "success"


class Refused(Exception):
    """The call is not believed or not understood; *status* is the answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Door:
    """Opens for calls that WeChat signed just now, each once; nothing is parsed before that is sure."""

    def __init__(self, envelope: Envelope, slots: Slots, engine: Engine, clock: Clock) -> None:
        self._envelope, self._slots, self._engine, self._clock = envelope, slots, engine, clock
        self._receive: Receive | None = None
        self.patience = PATIENCE

    def warm_up(self) -> None:
        """Load what the first call would have to load."""
        raw = {"ToUserName": "account", "FromUserName": "follower", "MsgType": "text"}
        self._envelope.open(self._envelope.enclose(reply("…", raw, 0)))

    def mount(self, app: web.Application, receive: Receive) -> None:
        self._receive = receive
        app.router.add_get(PATH, self.echo)
        app.router.add_post(PATH, self.call)

    async def echo(self, request: web.Request) -> web.Response:
        """The echo of a call that is signed and fresh."""
        given = request.query
        parts = given.get("timestamp", ""), given.get("nonce", "")
        if not self._fresh(parts[0]) or not self._envelope.signed(given.get("signature", ""), *parts):
            return web.Response(status=403)
        return web.Response(text=given.get("echostr", ""))

    async def call(self, request: web.Request) -> web.StreamResponse:
        """A message: 200 once it is kept, with what there is to say if that is ready in time."""
        began = asyncio.get_running_loop().time()
        try:
            raw = await self._opened(request)
            return await self._answered(request, raw, began + self.patience)
        except Refused as error:
            log.info("call_refused", reason=str(error))
            return web.Response(status=error.status)
        except Unavailable:
            return web.Response(status=503)
        except Exception as error:
            log.error("call_failed", error=type(error).__name__)
            return web.Response(status=500)

    async def _opened(self, request: web.Request) -> dict[str, Any]:
        """The message in a call; raises Refused."""
        given = request.query
        timestamp, nonce = given.get("timestamp", ""), given.get("nonce", "")
        if not self._fresh(timestamp):
            raise Refused(403, "stale")
        found = ENCRYPTED.search(await _body(request))
        if found is None:
            raise Refused(403, "not encrypted")
        encrypted = found[1].decode("ascii")
        if not self._envelope.signed(given.get("msg_signature", ""), timestamp, nonce, encrypted):
            raise Refused(403, "signature")
        try:
            return self._envelope.open(encrypted)
        except Foreign:
            raise Refused(403, "another account") from None
        except Unreadable as error:
            raise Refused(400, f"unreadable: {error}") from None

    def _fresh(self, timestamp: str) -> bool:
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11):
            return False
        return abs(self._clock().timestamp() - int(timestamp)) <= STALE.total_seconds()

    async def _answered(self, request: web.Request, raw: dict[str, Any], until: float) -> web.StreamResponse:
        key, call = key_of(raw), f"{request.query.get('nonce', '')} {request.query['msg_signature']}"
        known = self._slots.find(key)
        slot = known or self._begin(key, raw, call)
        with self._slots.delivery(slot):
            words = None
            with suppress(TimeoutError):
                # A call without an answer comes again; after the last one people are told of a fault.
                async with asyncio.timeout_at(until if slot.last else None):
                    words = await self._words(slot, call, until, again=known is not None)
            if words is None:
                return web.Response(text=NOTHING_TO_SAY)
            response = self._response(words, raw, request.query.get("nonce", ""))
            if await _written(request, response):
                slot.wrote()
            return response

    async def _words(self, slot: Slot, call: str, until: float, again: bool) -> str | None:
        """What to answer this delivery with; raises Refused where it is one that came before (*again*)."""
        if again and await self._engine.submit(
            lambda session: replayed(session, call, PLATFORM, slot.key, self._clock())
        ):
            raise Refused(403, "replayed")
        return await slot.answer(until)

    def _begin(self, key: str, raw: dict[str, Any], call: str) -> Slot:
        arrival = Arrival(PLATFORM, self._envelope.app_id, key, raw)
        slot = Slot(key, str(raw["FromUserName"]), asyncio.create_task(self._kept(arrival, call)))
        self._slots.add(slot)
        return slot

    async def _kept(self, arrival: Arrival, call: str) -> bool:
        """Whether anything is said in answer, after the commit; raises Refused for a replayed call."""
        if self._receive is None:
            raise Unavailable("not started")
        # Both share a commit; the order in which they are handed in is that in which they are done.
        seen, said = await asyncio.gather(
            self._engine.submit(
                lambda session: replayed(session, call, PLATFORM, arrival.key, self._clock())
            ),
            self._receive([arrival]),
        )
        if seen:
            raise Refused(403, "replayed")
        return bool(said[0])

    def _response(self, words: str, raw: dict[str, Any], nonce: str) -> web.Response:
        now: datetime = self._clock()
        seconds = int(now.timestamp())
        sealed = self._envelope.seal(reply(words, raw, seconds), nonce, str(seconds))
        return web.Response(text=sealed, content_type="application/xml")


async def _body(request: web.Request) -> bytes:
    """The whole body; raises Refused for one that is too long or does not end."""
    if (request.content_length or 0) > LARGEST:
        raise Refused(413, "too long")
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            async for piece in request.content.iter_any():
                body += piece
                if len(body) > LARGEST:
                    raise Refused(413, "too long")
    except TimeoutError:
        raise Refused(408, "too slow") from None
    except (web.HTTPException, ValueError, OSError) as error:
        raise Refused(400, type(error).__name__) from None
    return bytes(body)


async def _written(request: web.Request, response: web.Response) -> bool:
    """Write the response now; whether there was still somebody to write it to."""
    if request.transport is None or request.transport.is_closing():
        return False
    try:
        await response.prepare(request)
        await response.write_eof()
    except ConnectionError:
        return False
    return True
