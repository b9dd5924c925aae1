"""A pretend qyapi.weixin.qq.com for push robots: what it takes, what it refuses, how often."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import Clock

MINUTE = timedelta(minutes=1)
MOST, BLOCKED = 20, timedelta(seconds=60)
LONGEST = {"text": 2048, "markdown": 4096}
ALLOWED = {"text": {"content", "mentioned_list", "mentioned_mobile_list"}, "markdown": {"content"}}
OK, WRONG_KEY, TOO_OFTEN, TOO_LONG, WRONG_TYPE, NOT_JSON = 0, 93000, 45009, 40058, 40008, 40066
WORDS = {
    OK: "ok",
    WRONG_KEY: "invalid webhook url",
    TOO_OFTEN: "api freq out of limit",
    TOO_LONG: "content exceed max length",
    WRONG_TYPE: "invalid message type",
    NOT_JSON: "invalid json",
}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Posted:
    """One post in the robot's group."""

    kind: str
    content: str
    mentioned: tuple[str, ...]
    at: datetime


@dataclass
class PushRobot:
    """One robot with its *key*; *complaints* collects whatever a careful client would not have sent.

    *fault*: an errcode (int) that every post gets, a status from 500 (int), or "cut" the connection.
    """

    clock: Clock
    key: str
    posts: list[Posted] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    fault: int | str | None = None
    url: str = ""
    _times: list[datetime] = field(default_factory=list)
    _blocked_until: datetime | None = None

    async def start(self, port: int = 0) -> str:
        """Listen on loopback; the address to be used instead of https://qyapi.weixin.qq.com."""
        app = web.Application()
        app.router.add_post("/cgi-bin/webhook/send", self._send)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        host, number = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{number}"
        return self.url

    async def stop(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    async def _send(self, request: web.Request) -> web.Response:
        if self.fault == "cut" and request.transport is not None:
            request.transport.abort()
            return web.Response()
        if isinstance(self.fault, int) and self.fault >= 500 and self.fault < 600:
            return web.Response(status=self.fault, text="bad gateway")
        try:
            body = await request.json()
        except ValueError:
            body = None
        code = self.fault if isinstance(self.fault, int) else self.take(request.query.get("key"), body)
        return web.json_response({"errcode": code, "errmsg": WORDS.get(code, "error")})

    def take(self, key: str | None, body: Any) -> int:
        """The errcode for a post of *body*."""
        if key != self.key:
            return WRONG_KEY
        code = self._wrong(body)
        if code:
            self.complaints.append(f"{code}: {WORDS[code]}")
            return code
        if self._too_often():
            self.complaints.append("more than 20 in a minute")
            return TOO_OFTEN
        kind = body["msgtype"]
        said = body[kind]
        self.posts.append(Posted(kind, said["content"], tuple(said.get("mentioned_list", ())), self.clock()))
        return OK

    def _wrong(self, body: Any) -> int:
        if not isinstance(body, dict):
            return NOT_JSON
        kind = body.get("msgtype")
        said = body.get(kind) if isinstance(kind, str) else None
        if kind not in LONGEST or not isinstance(said, dict) or not set(said) <= ALLOWED[kind]:
            return WRONG_TYPE
        words = said.get("content")
        if not isinstance(words, str) or not words:
            return WRONG_TYPE
        return TOO_LONG if len(words.encode()) > LONGEST[kind] else OK

    def _too_often(self) -> bool:
        now = self.clock()
        if self._blocked_until is not None and now < self._blocked_until:
            return True
        self._times = [one for one in self._times if one > now - MINUTE]
        if len(self._times) >= MOST:
            self._blocked_until = now + BLOCKED
            return True
        self._times.append(now)
        return False
