"""What pending schedules cost, and what happens when very many are due in one minute.

    python -m benchmarks.schedules [--pending 1000000] [--few 1000] [--due 100000] [--folder DIR]

Prints one JSON object per step. `pending`: the first look at what is due in a database just opened, and a
look when nothing is due, median of 50, with few and with many schedules pending. `due`: the real prompt
handler fires for that many communities within one minute while commands come in from other chats; the
rate into the durable outbox, the longest time the event loop stood still and how long the commands took.
Nothing is sent here: carrying the posts is bound by the platform's limit, 25 a second.
"""

import argparse
import asyncio
import gc
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from datetime import time as wall
from itertools import islice
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Engine, insert
from sqlmodel import Session, SQLModel, col, func, select

from benchmarks import school
from bot.adapters.telegram.read import Me
from bot.app import App
from bot.clock import MovableClock
from bot.firing import due
from config.settings import Settings
from storage.database import open_database
from storage.migrate import migrate
from storage.models.community import Chat, Community
from storage.models.delivery import Outbox
from storage.models.due import Schedule
from storage.models.prompt import PromptPlan

TERM = datetime(2026, 8, 31, tzinfo=UTC).date()
DUE = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)  # a Thursday morning in Shanghai, in term
FIRST = 1_000_000  # ids of the communities that are asked; the school of the other chats lies below
EVERY = 0.025
NAP = 0.005  # a thousand naps a second would take a good part of the processor from what they watch
LANGUAGES, TERMS = ("zh-CN", "zh-CN", "zh-CN", "en"), (TERM, TERM + timedelta(weeks=1))
MODELS = ("do-learn-teach", "what-so-now", "four-f")
Figures = dict[str, float]


def put(database: Engine, model: type[SQLModel], rows: Iterator[dict[str, object]]) -> None:
    with database.begin() as connection:
        while some := list(islice(rows, 5000)):
            connection.execute(insert(model), some)


def pending(folder: Path, count: int) -> Figures:
    """The cost of *count* schedules that are due another day."""
    url = f"sqlite:///{folder / f'pending{count}.db'}"
    database = open_database(url)
    migrate(database)
    later = DUE + timedelta(days=30)
    moments = (later + timedelta(seconds=at % 600_000) for at in range(count))
    put(
        database,
        Schedule,
        ({"kind": "prompt", "ref_id": at, "next_at": at_} for at, at_ in enumerate(moments)),
    )
    database.dispose()
    database = open_database(url)
    first = _look(database)
    idle = [_look(database) for _ in range(50)]
    database.dispose()
    return {"pending": count, "start_ms": first * 1e3, "idle_ms": statistics.median(idle) * 1e3}


def _look(database: Engine) -> float:
    started = time.perf_counter()
    with Session(database) as session:
        due(session, DUE)
    return time.perf_counter() - started


def ask(folder: Path, count: int) -> Figures:
    """*count* communities are asked their weekly question in one minute."""
    path = folder / "due.db"
    school.found(path)
    database = open_database(f"sqlite:///{path}")
    _plan(database, count)
    database.dispose()
    return asyncio.run(_herd(path, count))


def _plan(database: Engine, count: int) -> None:
    """A community with a group, a plan and a schedule due within the minute, *count* times.

    They differ in language, term and model, so that not all of them are alike.
    """
    numbers = range(FIRST, FIRST + count)
    kinds = [{"language": language, "term_start": term} for language in LANGUAGES for term in TERMS]
    new = {"name": "教研组", "created_at": DUE}
    put(database, Community, ({"id": at, **new, **kinds[at % len(kinds)]} for at in numbers))
    place = {"platform": "telegram", "private": False, "title": "教研组", "active": True}
    put(database, Chat, ({"id": at, "address": f"-{at}", "community_id": at, **place} for at in numbers))
    plan = {"weekday": 3, "at": wall(9, 30), "paused": False}
    plans = ({"id": at, "community_id": at, "model": MODELS[at % len(MODELS)], **plan} for at in numbers)
    put(database, PromptPlan, plans)
    rows = ({"ref_id": at, "community_id": at, "next_at": DUE - timedelta(seconds=at % 60)} for at in numbers)
    put(database, Schedule, ({"kind": "prompt", **row} for row in rows))


async def _herd(path: Path, count: int) -> Figures:
    app = _app(path)
    app.engine.start()
    gc.freeze()  # as when it is run
    blocks: list[float] = []
    commands: list[float] = []
    around = [asyncio.create_task(_feel(blocks)), asyncio.create_task(_talk(app, commands))]
    started = time.perf_counter()
    await app.scheduler.tick()
    took = time.perf_counter() - started
    for task in around:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await app.engine.stop()
    posts = _posts(app.database)
    app.database.dispose()
    if posts != count:
        raise RuntimeError(f"{count} prompts were due, {posts} are in the outbox")
    return {
        "due": count,
        "per_s": count / took,
        "longest_block_ms": max(blocks) * 1e3,
        "commands": len(commands),
        "command_p99_ms": sorted(commands)[int(len(commands) * 0.99)] * 1e3,
    }


def _app(path: Path) -> App:
    """The whole bot on that database, not connected to anything."""
    settings = Settings(
        data_dir=path.parent, database_url=f"sqlite:///{path}", telegram_token=SecretStr("1:benchmark")
    )
    app = App(settings, MovableClock(DUE))
    app.telegram.me = Me(123456, "bench_bot")
    app._assemble()
    return app


async def _feel(blocks: list[float]) -> None:
    """Note by how much each short sleep was overslept."""
    while True:
        started = time.perf_counter()
        await asyncio.sleep(NAP)
        blocks.append(time.perf_counter() - started - NAP)


async def _talk(app: App, took: list[float]) -> None:
    """A command from another chat, again and again; its answer is in the outbox when it is counted."""
    number = 0
    while True:
        number += 1
        started = time.perf_counter()
        await app.receive([app.telegram.arrival(json.loads(school.update(number)))])
        took.append(time.perf_counter() - started)
        await asyncio.sleep(EVERY)


def _posts(database: Engine) -> int:
    with Session(database) as session:
        return session.exec(select(func.count(col(Outbox.id))).where(col(Outbox.key).like("due:%"))).one()


def _print(step: str, figures: Figures) -> None:
    print(json.dumps({"step": step} | {name: round(it, 3) for name, it in figures.items()}), flush=True)


def run(many: int, few: int, count: int, folder: Path | None = None) -> dict[str, Figures]:
    """All steps, printed as they are done."""
    with tempfile.TemporaryDirectory(prefix="schedules", dir=folder) as made:
        found = {}
        pending(Path(made), 1)  # the first look of a process also learns how to ask
        for step, measured, size in (("few", pending, few), ("many", pending, many), ("due", ask, count)):
            found[step] = measured(Path(made), size)
            _print(step, found[step])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pending", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=1000)
    parser.add_argument("--due", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    run(chosen.pending, chosen.few, chosen.due, chosen.folder)


if __name__ == "__main__":
    main()
