"""What has come and is not kept yet. WeCom says everything once, so nothing leaves here before it is."""

import asyncio
from collections import deque
from itertools import islice

import structlog

from bot.adapters.base import Arrival, Receive
from bot.engine import Unavailable

log = structlog.get_logger()
TOGETHER = 32
STORAGE_PAUSE = 1.0


class Intake:
    """Arrivals in the order in which they came."""

    def __init__(self) -> None:
        self._waiting: deque[Arrival] = deque()
        self._more = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, arrival: Arrival) -> None:
        """One more."""
        self._waiting.append(arrival)
        self._more.set()

    async def run(self, receive: Receive) -> None:
        """Hand over what comes until cancelled; what could not be kept is handed over again."""
        while True:
            await self._more.wait()
            try:
                await self.empty(receive)
            except Unavailable:
                log.warning("storage_unavailable", waiting=len(self))
                await asyncio.sleep(STORAGE_PAUSE)

    async def empty(self, receive: Receive) -> None:
        """Hand over all that waits. Raises Unavailable, and then the rest waits on."""
        while self._waiting:
            batch = list(islice(self._waiting, TOGETHER))
            try:
                await receive(batch)
            except Unavailable:
                raise
            except Exception as error:
                # The receiver keeps what no handler could take; this could not even be kept.
                log.error("arrivals_lost", number=len(batch), error=type(error).__name__)
            for _ in batch:
                self._waiting.popleft()
        self._more.clear()
