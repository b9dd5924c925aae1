"""Dying at every single point of one update's way: one effect, nothing lost (reliability test 2)."""

import asyncio
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from bot.clock import system_clock
from bot.sandbox.server import Sandbox
from storage.database import open_database
from storage.migrate import migrate
from storage.models.resource import Resource
from tests.chat import LEADER, TOKEN
from tests.reliability.crash import LIVED, READY, live
from tests.settled import found_community

PATIENCE = 30.0
MOST_POINTS = 400
# Every point takes the better part of a second, so the usual run tries each third; 1 tries all.
STEP = int(os.environ.get("YANBAN_CRASH_STEP", "3"))
FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["tests.reliability.crash"])


async def test_at_every_point_one_effect_and_nothing_lost(tmp_path: Path) -> None:
    sandbox = Sandbox(None, system_clock, TOKEN, seed=False)
    await sandbox.start()
    try:
        points = await sweep(sandbox, tmp_path)
    finally:
        await sandbox.stop()
    # Fewer would mean that the fuse was not laid along the whole way.
    assert points >= 20
    links = Counter(resources(tmp_path))
    tried = range(1, points + 1, STEP)
    assert links == Counter(f"https://example.org/r/{number}" for number in tried)
    said = [post.text for post in sandbox.world.messages(None) if post.from_bot]
    answers = [sum(f"第{number}份" in text for text in said) for number in tried]
    assert set(answers) <= {1, 2}


async def sweep(sandbox: Sandbox, folder: Path) -> int:
    """Let one process after the other die one point later than the last; how many points there are.

    Each takes up what the one before left, so the last message is always handled by somebody who lives.
    """
    settings = prepare(sandbox, folder)
    for point in range(1, MOST_POINTS, STEP):
        bot = FORK.Process(target=live, args=(settings, folder, point))
        bot.start()
        await until(lambda: (folder / READY).exists())
        (folder / READY).unlink()
        sandbox.world.say(LEADER, None, f"/share https://example.org/r/{point} 第{point}份")
        await until(lambda bot=bot: not bot.is_alive())  # type: ignore[misc]
        if outcome(bot) == LIVED:
            return point
    raise AssertionError("the way has no end")


def prepare(sandbox: Sandbox, folder: Path) -> dict[str, Any]:
    """A database with the community in it; the settings of a bot on it."""
    url = f"sqlite:///{folder / 'yanban.db'}"
    database = open_database(url)
    migrate(database)
    with Session(database) as session:
        found_community(session, sandbox.world)
        session.commit()
    database.dispose()
    limits = ("per_second", "per_chat_second", "per_group_minute")
    return {
        "data_dir": folder,
        "database_url": url,
        "telegram_token": TOKEN,
        "telegram_base_url": sandbox.base_url,
        "telegram_base_file_url": sandbox.base_file_url,
        **{f"telegram_{name}": 10_000 for name in limits},
    }


def outcome(bot: BaseProcess) -> int | None:
    bot.join()
    code = bot.exitcode
    bot.close()
    return code


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110 - another process sends no event
            await asyncio.sleep(0.005)


def resources(folder: Path) -> list[str]:
    """The links in the library."""
    database = open_database(f"sqlite:///{folder / 'yanban.db'}")
    with Session(database) as session:
        links = list(session.exec(select(Resource.address).order_by(col(Resource.id))))
    database.dispose()
    return [link for link in links if link]
