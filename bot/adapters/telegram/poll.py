"""Our own getUpdates loop: the next offset goes out only after what came is committed."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram.error import InvalidToken, RetryAfter
from telegram.request import BaseRequest

from bot.adapters.telegram.request import seconds
from bot.clock import Clock

log = structlog.get_logger()
ALLOWED = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "chat_member",
]
WAIT = 25
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
KEPT_BY_TELEGRAM = timedelta(hours=24)
# After a week without updates Telegram numbers them anew, perhaps lower (Bot API, Update.update_id).
NUMBERS_HOLD = timedelta(days=6)

Take = Callable[[list[dict[str, Any]]], Awaitable[None]]


class Poller:
    """Asks for updates, hands them over, and only then tells Telegram to forget them.

    *sleep* is how it waits between tries, in seconds.
    """

    def __init__(self, request: BaseRequest, url: str, take: Take, clock: Clock) -> None:
        self._request, self._url, self._take, self._clock = request, url, take, clock
        self._offset: int | None = None
        self._lost_at: datetime | None = None
        self._heard_at = clock()
        self.healthy = False
        self.sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def __repr__(self) -> str:
        return "Poller()"

    async def run(self) -> None:
        """Poll until cancelled; no error ends it but a token Telegram does not know."""
        try:
            await self._run()
        finally:
            self.healthy = False

    async def _run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                updates = await self._ask()
                if updates:
                    await self._take(updates)
                    self._offset, self._heard_at = _next_offset(updates), self._clock()
                self._found_again()
                self.healthy, pause = True, FIRST_PAUSE
            except InvalidToken:
                raise
            except Exception as error:
                self.healthy = False
                self._lost_at = self._lost_at or self._clock()
                log.warning("polling_paused", reason=type(error).__name__, seconds=pause)
                await self.sleep(_wished(error) or pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _found_again(self) -> None:
        """Tell the operator when we were away for longer than Telegram keeps what is said meanwhile."""
        if self._lost_at is not None and self._clock() - self._lost_at > KEPT_BY_TELEGRAM:
            log.warning("updates may have been missed", away_since=self._lost_at.isoformat())
        self._lost_at = None

    async def _ask(self) -> list[dict[str, Any]]:
        # The first try after a start or a trouble answers at once, so that health is known at once too.
        wait = WAIT if self.healthy else 0
        parameters: dict[str, Any] = {"timeout": wait, "allowed_updates": json.dumps(ALLOWED)}
        if self._offset is not None and self._clock() - self._heard_at < NUMBERS_HOLD:
            parameters["offset"] = self._offset
        found = await self._request.post(f"{self._url}?{urlencode(parameters)}", read_timeout=WAIT + 10)
        return [update for update in found if isinstance(update, dict)] if isinstance(found, list) else []


def _next_offset(updates: list[dict[str, Any]]) -> int:
    ids = [update["update_id"] for update in updates if isinstance(update.get("update_id"), int)]
    return int(max(ids)) + 1


def _wished(error: Exception) -> float | None:
    return seconds(error.retry_after) if isinstance(error, RetryAfter) else None
