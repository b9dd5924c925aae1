"""getUpdates: long polling with one reader at a time."""

import asyncio
from typing import Any

from bot.sandbox.refusal import Refusal
from bot.sandbox.world import World

Json = dict[str, Any]
LONGEST = 50


class Polling:
    """The readers of the update queue; a newer one ends the older. *reading* is set once there was one."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.wake = asyncio.Event()
        self.reading = asyncio.Event()
        self.turn = 0
        self.closed = False
        world.updates.listeners.append(self.wake.set)

    def close(self) -> None:
        """Let every waiting reader go home with nothing."""
        self.closed = True
        self.world.updates.listeners.remove(self.wake.set)
        self.wake.set()

    async def get_updates(self, params: Json) -> list[Json]:
        """A batch, at once or when something comes within *timeout* s. Raises Refusal 409 if overtaken."""
        updates = self.world.updates
        if "allowed_updates" in params:
            updates.allowed = params["allowed_updates"]
        updates.confirm(params.get("offset", 0))
        self.world.changed("updates", "all")
        self.turn += 1
        turn = self.turn
        self.reading.set()
        self.wake.set()
        try:
            async with asyncio.timeout(min(params.get("timeout", 0), LONGEST)):
                await self._something(turn)
        except TimeoutError:
            pass
        return updates.batch(params.get("limit", 100))

    async def _something(self, turn: int) -> None:
        while not self.world.updates.waiting and not self.closed:
            self.wake.clear()
            await self.wake.wait()
            if turn != self.turn:
                words = (
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
                raise Refusal(409, words)
