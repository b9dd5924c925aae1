"""The two bots under measurement, each a process of its own."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import school

TOKEN = "123456:TOKEN-OF-THE-BENCHMARKS-0123456789ABC"
SECRET = "secret-of-the-benchmarks-0123456789"
ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
LIFTED = ("PER_SECOND", "PER_CHAT_SECOND", "PER_GROUP_MINUTE")


@dataclass(frozen=True)
class Kind:
    """How a bot is prepared and started, and where its shares are counted."""

    name: str
    command: list[str]
    environment: Callable[[int, int, Path], dict[str, str]]
    prepare: Callable[[Path], None]
    counting: str


def _ours(api: int, port: int, path: Path) -> dict[str, str]:
    settings = {
        "DATA_DIR": str(path.parent),
        "DATABASE_URL": f"sqlite:///{path}",
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": f"http://127.0.0.1:{api}/bot",
        "TELEGRAM_WEBHOOK_URL": "https://bench.example/telegram",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "HTTP_PORT": str(port),
        "LOG_LEVEL": "WARNING",
    }
    settings |= {f"TELEGRAM_{name}": "1000000" for name in LIFTED}
    return {f"YANBAN_{name}": value for name, value in settings.items()}


def _peer(api: int, port: int, path: Path) -> dict[str, str]:
    return {
        "PEER_API": f"http://127.0.0.1:{api}/bot",
        "PEER_PORT": str(port),
        "PEER_DB": str(path),
        "PEER_TOKEN": TOKEN,
        "PEER_SECRET": SECRET,
    }


OURS = Kind(
    "yanban", [sys.executable, "-m", "bot", "run"], _ours, school.found, "SELECT count(*) FROM resource"
)
PEER = Kind(
    "ptb + sqlmodel",
    [sys.executable, str(ROOT / "benchmarks/peers/ptb_sqlmodel.py")],
    _peer,
    lambda path: None,
    "SELECT count(*) FROM share",
)


class Bot:
    """A running bot. `async with Bot(kind, api, port, folder)`: ready on entering, ended on leaving."""

    def __init__(self, kind: Kind, api: int, port: int, folder: Path) -> None:
        self.kind, self.port, self._path = kind, port, folder / "bot.db"
        self._environment = os.environ | kind.environment(api, port, self._path) | {"NO_PROXY": "127.0.0.1"}
        # Both start as they do where they live: what Python compiled at an earlier start is there.
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.seconds_to_ready = 0.0

    async def __aenter__(self) -> "Bot":
        self.kind.prepare(self._path)
        started = time.perf_counter()
        log = (self._path.parent / "bot.log").open("wb")
        self._process = subprocess.Popen(  # noqa: ASYNC220 - it is only started here
            self.kind.command, env=self._environment, cwd=ROOT, stdout=log, stderr=log
        )
        log.close()
        await self._ready(started + PATIENCE)
        self.seconds_to_ready = time.perf_counter() - started
        self._measured = psutil.Process(self._process.pid)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(self._process.wait, PATIENCE)

    async def _ready(self, until: float) -> None:
        while time.perf_counter() < until:
            if self._process.poll() is not None:
                raise RuntimeError((self._path.parent / "bot.log").read_text()[-2000:])
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.01)
                continue
            writer.close()
            return
        raise TimeoutError(f"{self.kind.name} is not ready after {PATIENCE:g} s")

    @property
    def cpu_seconds(self) -> float:
        times = self._measured.cpu_times()
        return float(times.user + times.system)

    @property
    def rss_mb(self) -> float:
        return float(self._measured.memory_info().rss) / 2**20

    def shares(self) -> int:
        """How many shares the database holds, read by a connection of our own."""
        with closing(sqlite3.connect(self._path)) as database:
            return int(database.execute(self.kind.counting).fetchone()[0])
