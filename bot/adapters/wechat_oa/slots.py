"""Calls that wait for their answer: the next parcel to that person goes into one's response."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

DELIVERIES = 3


class Slot:
    """One message under way. Its three deliveries wait for the same words; one that writes them is enough."""

    def __init__(self, key: str, address: str, work: "asyncio.Task[bool]") -> None:
        loop = asyncio.get_running_loop()
        self.key, self.address, self.work = key, address, work
        self.words: asyncio.Future[str] = loop.create_future()
        self.written: asyncio.Future[bool] = loop.create_future()
        self.waiting = self.delivered = 0

    async def answer(self, until: float) -> str | None:
        """What is to be said, once it is committed; None when nothing is, or not by *until* (loop time).

        Raises what the work raised.
        """
        either: set[asyncio.Future[Any]] = {self.work, self.words}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not self.words.done() and self.work.result():
            left = until - asyncio.get_running_loop().time()
            await asyncio.wait({self.words}, timeout=max(left, 0))
        return self.words.result() if self.words.done() else None

    @property
    def last(self) -> bool:
        """Whether the platform has called for the last time: what it hears now is all it hears."""
        return self.delivered >= DELIVERIES

    def wrote(self) -> None:
        """A response with the words has left."""
        if not self.written.done():
            self.written.set_result(True)


class Slots:
    """The messages under way, by their key and by who sent them."""

    def __init__(self) -> None:
        self._by_key: dict[str, Slot] = {}

    def find(self, key: str) -> Slot | None:
        return self._by_key.get(key)

    def add(self, slot: Slot) -> None:
        self._by_key[slot.key] = slot

    @contextmanager
    def delivery(self, slot: Slot) -> Iterator[None]:
        """One delivery of the message waits; after the last nothing more can be said in answer to it."""
        slot.waiting += 1
        slot.delivered += 1
        try:
            yield
        finally:
            slot.waiting -= 1
            if not slot.waiting:
                self._by_key.pop(slot.key, None)
                if not slot.written.done():
                    slot.written.set_result(False)

    async def hand_over(self, address: str, words: str) -> bool:
        """Whether *words* went out in the response to a message of *address* that is under way."""
        waiting = (slot for slot in self._by_key.values() if slot.address == address)
        slot = next((one for one in waiting if not one.words.done()), None)
        if slot is None:
            return False
        slot.words.set_result(words)
        return await asyncio.shield(slot.written)
