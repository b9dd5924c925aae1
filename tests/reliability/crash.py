"""A bot that stops dead at a chosen point: before or after its n-th statement, commit or call."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot import logs
from bot.app import App
from bot.clock import MovableClock
from bot.timetravel import Traveller
from config.settings import Settings
from handlers import load

DIED, LIVED = 9, 0
READY = "ready"

load()  # so that every process forked from here has the features at hand


class Fuse:
    """Counts the points passed once it is armed, and ends the process at the chosen one."""

    def __init__(self, at: int) -> None:
        self.at, self.passed, self.armed = at, 0, False

    def burn(self, *_: Any, **__: Any) -> None:
        """One more point."""
        if not self.armed:
            return
        self.passed += 1
        if self.passed == self.at:
            os._exit(DIED)

    def lay(self, app: App) -> None:
        """Put the fuse at every statement, commit and call of *app*: each as SQLite itself begins it."""
        event.listen(app.database, "connect", lambda raw, _record: raw.set_trace_callback(self.burn))
        for request in app.telegram._requests:
            request.do_request = self._around(request.do_request)  # type: ignore[method-assign]

    def _around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        async def called(url: str, *parameters: Any, **named: Any) -> Any:
            # Asking for updates goes on all the time; only what the update itself causes is counted.
            counts = "getUpdates" not in url
            if counts:
                self.burn()
            answer = await call(url, *parameters, **named)
            if counts:
                self.burn()
            return answer

        return called


def live(settings: dict[str, Any], folder: Path, at: int) -> None:
    """Take up what was left, say so in the file READY, then handle one update and die at point *at*."""
    logs.set_up("CRITICAL")
    os._exit(asyncio.run(_live(Settings(**settings), folder, at)))


async def _live(settings: Settings, folder: Path, at: int) -> int:
    fuse = Fuse(at)
    clock = MovableClock()
    app = App(settings, clock)
    fuse.lay(app)
    heard = asyncio.Event()
    receive = app.receive

    async def listen(arrivals: Any) -> list[bool]:
        said = await receive(arrivals)
        if fuse.armed:
            heard.set()
        return said

    app.receive = listen  # type: ignore[method-assign]
    async with app:
        await asyncio.sleep(0.05)
        await Traveller(app, clock).settle()
        fuse.armed = True
        (folder / READY).write_text(str(at))
        await heard.wait()
        await Traveller(app, clock).settle()
        fuse.armed = False
    return LIVED
