"""Killing the bot again and again while a whole school writes to it (reliability test 1)."""

import asyncio
import random
import re
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from bot.clock import system_clock
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Chat as Room
from storage.database import open_database
from storage.models.delivery import Inbox
from tests.chat import TOKEN
from tests.reliability.process import RUN, TEACHER, database_url, environment, found, unsent

NUMBER = re.compile(r"第(\d+)份")
AT_ONCE = 40
PATIENCE = 120.0


@dataclass
class Report:
    """What was left when the storm was over."""

    updates: int
    kills: int
    handled: int = 0
    unsent: int = 0
    answered: Counter[int] = field(default_factory=Counter)
    out_of_order: int = 0

    @property
    def lost(self) -> int:
        return self.updates - len(self.answered)

    @property
    def repeated(self) -> int:
        return sum(self.answered.values()) - len(self.answered)


class Storm:
    """A pretend Telegram with *chats* groups, and a bot process that is killed and started again."""

    def __init__(self, folder: Path, chats: int, seed: int) -> None:
        self.folder, self.chance = folder, random.Random(seed)
        self.sandbox = Sandbox(None, system_clock, TOKEN, seed=False)
        self.rooms: list[Room] = []
        self.chats = chats
        self.process: asyncio.subprocess.Process | None = None

    async def run(self, updates: int, kills: int) -> Report:
        """Say *updates* things, killing the bot *kills* times on the way; what became of them."""
        await self.sandbox.start()
        self.rooms = [self.sandbox.world.chat(room) for room in found(self.sandbox, self.folder, self.chats)]
        database = open_database(database_url(self.folder))
        await self._start()
        talking = asyncio.create_task(self._talk(updates))
        for _ in range(kills):
            await self._kill(updates // (kills + 1))
            await self._start()
        await talking
        await self._calm(database, updates)
        await self._end(signal.SIGTERM)
        report = self._report(database, updates, kills)
        database.dispose()
        await self.sandbox.stop()
        return report

    async def _talk(self, updates: int) -> None:
        world = self.sandbox.world
        for number in range(updates):
            while len(world.pending_updates()) >= AT_ONCE:  # noqa: ASYNC110 - the far side sends no event
                await asyncio.sleep(0.005)
            room = self.rooms[number % self.chats]
            world.say(TEACHER, room, f"/share https://example.org/r/{number} 第{number}份")

    async def _start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, *RUN),
            env=environment(self.folder, self.sandbox.base_url),
            start_new_session=True,
        )

    async def _kill(self, after: int) -> None:
        """Kill without warning, a moment after a number of answers that chance decides."""
        target = self._answers() + self.chance.randint(1, max(1, after))
        waited = 0.0
        while self._answers() < target and waited < PATIENCE:
            await asyncio.sleep(0.005)
            waited += 0.005
        await asyncio.sleep(self.chance.uniform(0, 0.08))
        await self._end(signal.SIGKILL)

    async def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            await self.process.wait()

    def _answers(self) -> int:
        return sum(request.method == "sendMessage" for request in self.sandbox.requests)

    async def _calm(self, database: Engine, updates: int) -> None:
        waited = 0.0
        while waited < PATIENCE:
            with Session(database) as session:
                handled = session.exec(select(func.count(col(Inbox.id)))).one()
                if handled >= updates and unsent(session) == 0:
                    return
            await asyncio.sleep(0.2)
            waited += 0.2

    def _report(self, database: Engine, updates: int, kills: int) -> Report:
        report = Report(updates, kills)
        with Session(database) as session:
            report.handled = session.exec(select(func.count(col(Inbox.id)))).one()
            report.unsent = unsent(session)
        for room in self.rooms:
            said = [_number(post.text) for post in self.sandbox.world.messages(room) if post.from_bot]
            numbers = [number for number in said if number is not None]
            report.answered.update(numbers)
            firsts = list(dict.fromkeys(numbers))
            report.out_of_order += sum(one > other for one, other in pairwise(firsts))
        return report


def _number(text: str) -> int | None:
    found = NUMBER.search(text)
    return int(found[1]) if found else None
