"""setWebhook: updates carried to the bot's own address on this machine, again until it answers 200."""

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

from bot.sandbox.refusal import Refusal
from bot.sandbox.world import World

Json = dict[str, Any]
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass
class Hook:
    """Where updates go now; no *url* means getUpdates."""

    url: str = ""
    secret: str | None = None
    error: str | None = None


class Webhook:
    """Delivery in order, one at a time. *pause* is the wait in seconds before trying again."""

    def __init__(self, world: World, answer: Any) -> None:
        self.world, self.answer = world, answer
        self.hook = Hook()
        self.pause = 0.05
        self.wake = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        world.updates.listeners.append(self.wake.set)

    def set(self, params: Json) -> bool:
        """Begin, change or (empty url) end. Only addresses of this machine are taken."""
        url = params.get("url", "")
        if url and URL(url).host not in LOOPBACK:
            raise Refusal(400, "bad webhook: the sandbox only calls this computer")
        self.hook = Hook(url, params.get("secret_token"))
        if "allowed_updates" in params:
            self.world.updates.allowed = params["allowed_updates"]
        if params.get("drop_pending_updates"):
            self.world.updates.waiting.clear()
        if url and self.task is None:
            self.task = asyncio.ensure_future(self._carry())
        self.wake.set()
        return True

    def info(self) -> Json:
        """As WebhookInfo."""
        shown = {"url": self.hook.url, "has_custom_certificate": False}
        failed = {"last_error_date": self.world.seconds, "last_error_message": self.hook.error}
        shown["pending_update_count"] = len(self.world.updates.waiting)
        return shown | (failed if self.hook.error else {})

    async def close(self) -> None:
        """Stop carrying."""
        self.world.updates.listeners.remove(self.wake.set)
        if self.task:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
            self.task = None

    async def _carry(self) -> None:
        async with aiohttp.ClientSession() as session:
            while self.hook.url:
                self.wake.clear()
                if not self.world.updates.waiting:
                    await self.wake.wait()
                elif not await self._deliver(session, self.world.updates.waiting[0]):
                    await asyncio.sleep(self.pause)
        self.task = None

    async def _deliver(self, session: aiohttp.ClientSession, update: Json) -> bool:
        secret = {"X-Telegram-Bot-Api-Secret-Token": self.hook.secret} if self.hook.secret else {}
        try:
            async with session.post(self.hook.url, json=update, headers=secret) as response:
                if response.status != 200:
                    self.hook.error = f"Wrong response from the webhook: {response.status} {response.reason}"
                    return False
                body = await response.json() if response.content_type == "application/json" else {}
        except (aiohttp.ClientError, ValueError) as error:
            self.hook.error = f"{type(error).__name__}"
            return False
        self.world.updates.confirm(update["update_id"] + 1)
        if isinstance(body, dict) and "method" in body:
            await self.answer(body.pop("method"), body)
        return True
