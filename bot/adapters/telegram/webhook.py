"""Telegram's webhook: 200 means kept, 503 means send it again."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.adapters.base import Arrival, Receive
from bot.engine import Unavailable

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram"


def hook(
    arrival: Callable[[dict[str, Any]], Arrival], secret: str, receive: Receive
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Takes updates that come with *secret*; answers only after the commit."""

    async def answer(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = _update(await request.read())
        except ValueError:
            # Telegram would send unreadable bytes again for ever; they are none of its updates.
            return web.Response(status=400)
        try:
            await receive([arrival(update)])
        except Unavailable:
            return web.Response(status=503)
        return web.Response()

    return answer


def _update(body: bytes) -> dict[str, Any]:
    """The update in *body*; ValueError for anything else (nesting too deep counts as that)."""
    try:
        found = json.loads(body)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(found, dict) or not isinstance(found.get("update_id"), int):
        raise ValueError("no update")
    return found
