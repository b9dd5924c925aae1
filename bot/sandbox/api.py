"""The Bot API over HTTP: one request in, checked, performed, answered; with troubles when switched on."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox import bodies
from bot.sandbox.faults import AFTER, REFUSED, Fault
from bot.sandbox.methods import METHODS
from bot.sandbox.refusal import Refusal
from bot.sandbox.spec import Upload, check_request, method_named

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

Json = dict[str, Any]
BROKEN = "<html><head><title>{0} Bad Gateway</title></head><body><h1>{0} Bad Gateway</h1></body></html>"


@dataclass(frozen=True)
class Request:
    """One call of the bot: *at* is the loop's time in seconds (for rates), *now* the sandbox's clock."""

    method: str
    params: Json
    answer: Json
    at: float
    now: datetime
    fault: str | None = None


class BotApi:
    """The endpoint /bot<token>/<method> and the files under /file/bot<token>/."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one request of the bot."""
        if request.match_info["token"] != self.sandbox.token:
            return _json(Refusal(401, "").body())
        method = method_named(request.match_info["method"])
        if method is None:
            return self._unknown(request.match_info["method"])
        try:
            params, files = await bodies.read(request, method)
        except ValueError:
            return _json(Refusal(400, "can't parse request body").body())
        fault = self.sandbox.faults.strike(method, params.get("chat_id"))
        if fault and fault.kind not in AFTER:
            return await self._trouble(request, fault, method, params)
        answer = await self.perform(method, params, files, fault)
        return await self._lost(request, fault, answer) if fault else _json(answer)

    def _unknown(self, name: str) -> web.Response:
        self.sandbox.complaints.append(f"{name}: no such method")
        return _json(Refusal(404, "").body())

    async def perform(
        self,
        method: str,
        params: Json,
        files: dict[str, web.FileField] | None = None,
        fault: Fault | None = None,
    ) -> Json:
        """Check, do, record; the answer as JSON."""
        try:
            answer: Json = {"ok": True, "result": await self._do(method, params, files or {})}
        except Refusal as refusal:
            if refusal.fault_of_bot:
                self.sandbox.complaints.append(f"{method}: {refusal.description}")
            answer = refusal.body()
        self._record(method, params, answer, fault)
        return answer

    async def _do(self, method: str, params: Json, files: dict[str, web.FileField]) -> Any:
        if violations := check_request(method, params):
            self.sandbox.complaints.extend(violations)
            raise Refusal(400, violations[0])
        if method in self.sandbox.waiting_methods:
            return await self.sandbox.waiting_methods[method](params)
        if method not in METHODS:
            raise Refusal(404, "", fault_of_bot=True)
        return METHODS[method](self.sandbox.world, self._kept(params, files))

    def _kept(self, params: Json, files: dict[str, web.FileField]) -> Json:
        keep = self.sandbox.world.keep_file
        return {
            name: keep(files[value].filename, files[value].file.read(), files[value].content_type)
            if isinstance(value, Upload) and value in files
            else value
            for name, value in params.items()
        }

    def _record(self, method: str, params: Json, answer: Json, fault: Fault | None) -> None:
        self.sandbox.flush()
        if method != "getUpdates":
            at, now = asyncio.get_running_loop().time(), self.sandbox.world.clock()
            self.sandbox.requests.append(
                Request(method, params, answer, at, now, fault.kind if fault else None)
            )

    async def _trouble(
        self, request: web.Request, fault: Fault, method: str, params: Json
    ) -> web.StreamResponse:
        answer = REFUSED[fault.kind](fault.extra).body() if fault.kind in REFUSED else {"ok": False}
        self._record(method, params, answer, fault)
        if fault.kind in REFUSED:
            return _json(answer)
        if fault.kind == "5xx":
            status = fault.extra.get("status", 502)
            return web.Response(status=status, text=BROKEN.format(status), content_type="text/html")
        if fault.kind == "silence":
            await self.sandbox.closing.wait()
        return _cut_off(request)

    async def _lost(self, request: web.Request, fault: Fault, answer: Json) -> web.StreamResponse:
        if fault.kind == "reset after":
            return _cut_off(request)
        half = json.dumps(answer).encode()
        return web.Response(body=half[: len(half) // 2], content_type="application/json")

    async def download(self, request: web.Request) -> web.Response:
        """A file's bytes for the bot."""
        file = self.sandbox.world.files.get(request.match_info["path"].removeprefix("documents/"))
        if file is None or request.match_info["token"] != self.sandbox.token:
            return _json(Refusal(404, "").body())
        return web.Response(body=file.content, content_type="application/octet-stream")


def _json(answer: Json) -> web.Response:
    body = json.dumps(answer, ensure_ascii=False).encode()
    return web.Response(body=body, status=answer.get("error_code", 200), content_type="application/json")


def _cut_off(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
