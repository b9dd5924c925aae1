"""One connection of a bot at the pretend gateway."""

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, WSMsgType, web

from bot.sandbox.wecom import callbacks, rules
from bot.sandbox.wecom.faults import ACKS
from bot.sandbox.wecom.people import Json
from bot.sandbox.wecom.world import EVENT

if TYPE_CHECKING:
    from bot.sandbox.wecom.gateway import Gateway

NOT_SUBSCRIBED, WRONG_SECRET, BAD = 846609, 40001, 40058
MOST_UNSURE = 200


class Session:
    """Takes the bot's frames one by one. *lame*: it no longer counts as subscribed, though it is open.

    *unsure*: what was handed over on it last; when it breaks, nobody can know whether that was read.
    """

    def __init__(self, gateway: "Gateway", socket: web.WebSocketResponse, request: web.BaseRequest) -> None:
        self._gateway, self._socket, self._request = gateway, socket, request
        self._out: asyncio.Queue[Json] = asyncio.Queue()
        self._late: list[Json] = []
        self._swapped: list[Json] = []
        self.subscribed = self.lame = False
        self.unsure: list[Json] = []

    async def serve(self) -> None:
        """Return when the connection has ended."""
        writing = asyncio.create_task(self._write())
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            writing.cancel()
            await asyncio.wait({writing})
            self._gateway.ended(self)

    def hand_over(self, frame: Json) -> None:
        """Send a callback."""
        self.unsure = [*self.unsure[-MOST_UNSURE:], frame]
        again = self._gateway.faults.strike(frame["cmd"], frozenset({"double delivery"}))
        for _ in range(2 if again else 1):
            self._out.put_nowait(frame)

    def abort(self) -> None:
        """Cut the line without a word."""
        if (transport := self._request.transport) is not None:
            transport.abort()

    async def close(self, code: int = WSCloseCode.OK) -> None:
        """Say goodbye with *code*."""
        await self._socket.close(code=code)

    async def kick(self) -> None:
        """Another connection took over."""
        body = callbacks.disconnected(self._gateway.world)
        await self._socket.send_json({"cmd": EVENT, "headers": {"req_id": "req-kick"}, "body": body})
        await self.close()

    def release(self) -> None:
        """Send the acks that were kept back."""
        for ack in self._late:
            self._out.put_nowait(ack)
        self._late = []

    async def _write(self) -> None:
        while True:
            frame = await self._out.get()
            try:
                await self._socket.send_json(frame)
            except ConnectionError:
                return

    def _take(self, data: str) -> None:
        frame = json.loads(data)
        wrong = list(rules.complaints(frame))
        self._gateway.heard(frame, wrong)
        cmd, req_id = str(frame.get("cmd")), str(frame.get("headers", {}).get("req_id"))
        if cmd == "ping" and not self._gateway.heartbeats:
            return
        code, body = self._do(cmd, frame.get("body", {}), req_id, wrong)
        ack: Json = {
            "headers": {"req_id": req_id},
            "errcode": code,
            "errmsg": "ok" if code == 0 else "refused",
        }
        self._ack(cmd, ack | ({"body": body} if body else {}))
        if cmd == "aibot_subscribe" and code == 0:
            self._gateway.subscribed(self)

    def _do(self, cmd: str, body: Json, req_id: str, wrong: list[str]) -> tuple[int, Json]:
        faults = self._gateway.faults
        if self.lame or (self.subscribed and faults.strike(cmd, frozenset({"not subscribed"}))):
            self.lame = True
            return NOT_SUBSCRIBED, {}
        if fault := faults.strike(cmd, frozenset({"errcode"})):
            return fault.code, {}
        if cmd == "aibot_subscribe":
            return self._subscribe(body), {}
        if not self.subscribed:
            return NOT_SUBSCRIBED, {}
        return (BAD, {}) if wrong else self._gateway.desk.do(cmd, body, req_id)

    def _subscribe(self, body: Json) -> int:
        right = (body.get("bot_id"), body.get("secret")) == (self._gateway.bot_id, self._gateway.secret)
        self.subscribed = right
        return 0 if right else WRONG_SECRET

    def _ack(self, cmd: str, ack: Json) -> None:
        fault = self._gateway.faults.strike(cmd, ACKS)
        match fault.kind if fault else "":
            case "lost ack":
                return
            case "late ack":
                self._late.append(ack)
                return
            case "swapped acks":
                self._swapped.append(ack)
                return
            case "double ack":
                self._out.put_nowait(ack)
        self._out.put_nowait(ack)
        for held in self._swapped:
            self._out.put_nowait(held)
        self._swapped = []
