"""The webhook and /health, on one small HTTP server."""

import hmac
import json
from typing import Any

import structlog
from aiohttp import web

from bot.adapters.base import Receive
from bot.adapters.telegram import TelegramAdapter
from bot.engine import Unavailable

log = structlog.get_logger()
LARGEST = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram"


class Web:
    """Answers Telegram only after the commit: 200 means kept, 503 means send it again."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self.app = web.Application(client_max_size=LARGEST)
        self._runner: web.AppRunner | None = None

    def listen_for_telegram(self, adapter: TelegramAdapter, secret: str, receive: Receive) -> None:
        """Take updates at /telegram; *secret* must come with each."""

        async def hook(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode(), secret.encode()):
                return web.Response(status=403)
            try:
                update = _update(await request.read())
            except ValueError:
                # Telegram would send unreadable bytes again for ever; they are none of its updates.
                return web.Response(status=400)
            try:
                await receive([adapter.arrival(update)])
            except Unavailable:
                return web.Response(status=503)
            return web.Response()

        self.app.router.add_post(PATH, hook)

    def report_health(self, health: Any) -> None:
        """GET /health: 200 when everything works, 503 with the reasons otherwise."""

        async def answer(_request: web.Request) -> web.Response:
            found = health()
            return web.json_response(found, status=200 if found["ready"] else 503)

        self.app.router.add_get("/health", answer)

    async def start(self) -> None:
        self._runner = web.AppRunner(self.app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()


def _update(body: bytes) -> dict[str, Any]:
    """The update in *body*; ValueError for anything else (nesting too deep counts as that)."""
    try:
        found = json.loads(body)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(found, dict) or not isinstance(found.get("update_id"), int):
        raise ValueError("no update")
    return found
