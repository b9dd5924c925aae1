"""/share by webhook beside the peer: updates/s, CPU per update, latency at 40/s, start and memory.

    python -m benchmarks.share [--rounds 3] [--updates 3000] [--seconds 20] [--folder DIR]

Prints one JSON object per round and bot, alternating the bots, then the medians. The limits of sending are
lifted. A round is void, and the run fails, unless every update became one row and got one reply. The
closed loop keeps 40 updates under way, from sending to the full receipt of the reply; in the open loop a
latency runs from the moment the update was due to be sent, so that a queue cannot hide. DIR should be on a
real disk: half of the cost is a commit that survives a power cut.
"""

import argparse
import asyncio
import json
import shutil
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import school
from benchmarks.bots import OURS, PEER, SECRET, Bot, Kind
from benchmarks.wire import BotApi, Calls

AT_ONCE = 40
RATE = 40
WARM = 200
PATIENCE = 120.0
Figures = dict[str, float]


class Load:
    """Sends updates and waits for their replies."""

    def __init__(self) -> None:
        self.latencies: list[float] = []
        self.replies = self.repeated = 0
        self._due: dict[int, float] = {}
        self._bodies: Iterator[tuple[int, bytes]] = iter(())
        self._end: asyncio.Future[None] | None = None
        self._next = 1
        self._calls: Calls | None = None

    async def open(self, port: int) -> Calls:
        self._calls = Calls(port, SECRET)
        await self._calls.open(AT_ONCE)
        return self._calls

    def heard(self, number: int) -> None:
        """The reply to update *number* has come."""
        due = self._due.pop(number, None)
        if due is None:
            self.repeated += 1
            return
        self.replies += 1
        self.latencies.append(time.perf_counter() - due)
        self._go_on()
        if self.replies == self.sent and self._end is not None and not self._end.done():
            self._end.set_result(None)

    @property
    def sent(self) -> int:
        return self._next - 1

    def _go_on(self) -> None:
        for number, body in self._bodies:
            self._send(number, body, time.perf_counter())
            return

    def _send(self, number: int, body: bytes, due: float) -> None:
        if self._calls is not None:
            self._due[number] = due
            self._calls.send(body)

    def _take(self, updates: int) -> list[tuple[int, bytes]]:
        numbers = range(self._next, self._next + updates)
        self._next += updates
        self.latencies = []
        self._end = asyncio.get_running_loop().create_future()
        return [(number, school.update(number)) for number in numbers]

    async def closed(self, updates: int) -> float:
        """Seconds for *updates*, the next sent as soon as a reply came."""
        self._bodies = iter(self._take(updates))
        started = time.perf_counter()
        for _ in range(min(AT_ONCE, updates)):
            self._go_on()
        await self._done()
        return time.perf_counter() - started

    async def paced(self, updates: int) -> None:
        """*updates* at RATE a second, whether replies come or not."""
        bodies, started = self._take(updates), time.perf_counter()
        for at, (number, body) in enumerate(bodies):
            due = started + at / RATE
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            self._send(number, body, due)
        await self._done()

    async def _done(self) -> None:
        if self._end is not None:
            await asyncio.wait_for(self._end, PATIENCE)


async def measure(kind: Kind, updates: int, seconds: float, folder: Path) -> Figures:
    """One round of one bot; raises RuntimeError when something was lost, doubled or refused."""
    load = Load()
    server = await asyncio.get_running_loop().create_server(lambda: BotApi(load.heard), "127.0.0.1", 0)
    api = server.sockets[0].getsockname()[1]
    async with Bot(kind, api, free_port(), folder) as bot:
        figures = {"ready_s": bot.seconds_to_ready}
        await asyncio.sleep(1)
        figures["idle_mb"] = bot.rss_mb
        calls = await load.open(bot.port)
        figures |= await _loops(load, bot, updates, seconds)
        _insist(load, bot, calls)
        calls.close()
    server.close()
    return figures


async def _loops(load: Load, bot: Bot, updates: int, seconds: float) -> Figures:
    await load.closed(min(WARM, updates))
    before = bot.cpu_seconds
    took = await load.closed(updates)
    figures = {"updates_s": updates / took, "cpu_us": (bot.cpu_seconds - before) / updates * 1e6}
    await load.paced(max(1, int(seconds * RATE)))
    ranked = sorted(load.latencies)
    figures["p50_ms"] = statistics.median(ranked) * 1e3
    figures["p99_ms"] = ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))] * 1e3
    return figures | {"busy_mb": bot.rss_mb}


def _insist(load: Load, bot: Bot, calls: Calls) -> None:
    sent, rows = load.sent, bot.shares()
    found = (rows, load.replies, load.repeated, calls.refused)
    if found != (sent, sent, 0, 0):
        raise RuntimeError(f"{bot.kind.name}: sent {sent}; rows, replies, repeated, refused: {found}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def compare(rounds: int, updates: int, seconds: float, folder: Path | None = None) -> dict[str, Figures]:
    """Medians by bot over *rounds* alternating rounds; prints every round."""
    found: dict[str, list[Figures]] = {OURS.name: [], PEER.name: []}
    for number in range(rounds):
        for kind in (OURS, PEER) if number % 2 == 0 else (PEER, OURS):
            place = Path(tempfile.mkdtemp(prefix="share", dir=folder))
            figures = asyncio.run(measure(kind, updates, seconds, place))
            shutil.rmtree(place)
            found[kind.name].append(figures)
            print(
                json.dumps({"bot": kind.name} | {name: round(it, 3) for name, it in figures.items()}),
                flush=True,
            )
    return {name: medians(some) for name, some in found.items()}


def medians(rounds: list[Figures]) -> Figures:
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=20, help="of the open loop, in each round")
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    medians_by_bot = compare(chosen.rounds, chosen.updates, chosen.seconds, chosen.folder)
    print(
        json.dumps(
            {name: {key: round(it, 3) for key, it in one.items()} for name, one in medians_by_bot.items()}
        )
    )


if __name__ == "__main__":
    main()
