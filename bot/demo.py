"""The sandbox and the bot in one process: a chat page in the browser, no account, no network."""

import asyncio
import errno
import fcntl
import os
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from platformdirs import user_data_path
from pydantic import SecretStr

from bot import logs
from bot.app import App
from bot.clock import Clock, MovableClock, system_clock
from bot.commands import prepare, until_told_to_stop
from bot.commands import settings as load
from bot.ending import BAD_SETTING, fail, say
from bot.history import History, beginning
from bot.neighbours import Neighbours
from bot.sandbox.server import TOKEN, Sandbox
from bot.timetravel import Traveller
from config.settings import Settings

WORLD, RECORDS, BEGUN = "sandbox.db", "demo.db", "begun"
UNLIMITED = 10_000


async def serve(folder: Path | None, port: int, empty: bool) -> None:
    """Show the sandbox at *port* until Ctrl-C; *folder* keeps the conversation for the next time."""
    logs.set_up("WARNING")
    place = folder or user_data_path("yanban") / "demo"
    _claim(place)
    told = asyncio.create_task(until_told_to_stop())
    await asyncio.sleep(0)  # from here on Ctrl-C ends things in order
    async with Demo(place, port, history=not empty) as demo:
        say(f"研伴演示 · Yanban demo: {demo.sandbox.page_url}  (只有本机能打开 · this computer only; Ctrl-C)")
        await told


def _claim(folder: Path) -> None:
    """Hold *folder* until this process ends; one line when it cannot be had or another demo runs in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except BlockingIOError:
        fail(f"The demo is running already in {folder}: end it, or choose another --folder", BAD_SETTING)
    except OSError as error:
        fail(f"{folder} cannot be written ({error.strerror}): choose another --folder", BAD_SETTING)


class Demo:
    """`async with Demo(folder, port, history) as demo:` runs the sandbox with the bot in it.

    *now*: what the clock shows when it is opened for the first time.
    """

    def __init__(self, folder: Path, port: int, history: bool = True, now: Clock = system_clock) -> None:
        self.folder, self.port, self.history, self.now = folder, port, history, now

    async def __aenter__(self) -> Self:
        fresh = self._clear_unless_begun()
        self.clock = MovableClock()
        if fresh and self.history:
            self.clock.set(beginning(self.now()))
        self.sandbox = Sandbox(self.folder / WORLD, self.clock, seed=self.history)
        self.neighbours = Neighbours(self.clock)
        for guest in self.neighbours.guests:
            self.sandbox.welcome(guest)
        async with AsyncExitStack() as stack:
            await self._listen()
            stack.push_async_callback(self.sandbox.stop)
            await self.neighbours.start()
            stack.push_async_callback(self.neighbours.stop)
            settings = self._settings()
            prepare(settings)
            self.app = await stack.enter_async_context(App(settings, self.clock))
            self.neighbours.reach(self.app)
            self.traveller = Traveller(self.app, self.clock)
            self.sandbox.next_due, self.sandbox.travel = self.traveller.next_due, self.traveller.travel
            if fresh and self.history:
                await History(self).play(until=self.now())
            (self.folder / BEGUN).touch()
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def _clear_unless_begun(self) -> bool:
        """Whether this is the first start; what a start that was broken off left behind is removed."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (self.folder / BEGUN).exists():
            return False
        for name in (WORLD, RECORDS):
            for end in ("", "-wal", "-shm"):
                (self.folder / f"{name}{end}").unlink(missing_ok=True)
        return True

    async def _listen(self) -> None:
        try:
            await self.sandbox.start(port=self.port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            words = f"Port {self.port} is taken: end what uses it, or choose another with --port 0"
            fail(words, BAD_SETTING)

    def _settings(self) -> Settings:
        """Nothing of the real bot's: not its token, its database, its webhook, nor its pace."""
        return load(
            data_dir=self.folder,
            database_url=f"sqlite:///{self.folder / RECORDS}",
            telegram_token=SecretStr(TOKEN),
            telegram_base_url=self.sandbox.base_url,
            telegram_base_file_url=self.sandbox.base_file_url,
            telegram_webhook_url=None,
            telegram_per_second=UNLIMITED,
            telegram_per_chat_second=UNLIMITED,
            telegram_per_group_minute=UNLIMITED,
            fetch_titles=False,
            button_key=None,
            **self.neighbours.settings(),
        )
