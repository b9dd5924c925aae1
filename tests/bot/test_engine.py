"""One commit for all that waits: what fails takes nobody with it, and the closing belongs to the commit."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select

from bot.engine import COPY_BACK_AFTER, EmbeddedEngine
from storage.database import open_database
from storage.migrate import migrate
from storage.models.community import Chat, Person

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[EmbeddedEngine]:
    """The engine on a fresh database, not started yet: what is handed in meanwhile is one batch."""
    database = open_database(f"sqlite:///{tmp_path / 'engine.db'}")
    migrate(database)
    made = EmbeddedEngine(database, quiet=0.05)
    yield made
    await made.stop()
    database.dispose()


def meet(name: str) -> Callable[[Session], None]:
    return lambda session: session.add(Person(name=name, created_at=NOW))


def open_chat(address: str) -> Callable[[Session], None]:
    return lambda session: session.add(Chat(platform="telegram", address=address, private=False))


def stumble(session: Session) -> None:
    session.add(Person(name="没有这个人", created_at=NOW))
    session.flush()
    raise RuntimeError


def names(session: Session) -> list[str]:
    return list(session.exec(select(Person.name).order_by(col(Person.id))))


class Counting:
    """A closing that counts persons, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.counted: list[int] = []
        self.told: list[str] = []

    def work(self, session: Session) -> None:
        self.counted.append(session.exec(select(func.count(col(Person.id)))).one())
        if self.failures:
            self.failures -= 1
            raise RuntimeError

    def kept(self) -> Callable[[], None]:
        return partial(self.told.append, "kept")

    def undo(self) -> None:
        self.told.append("undo")

    def lost(self) -> Callable[[], None]:
        return partial(self.told.append, "lost")


async def together(engine: EmbeddedEngine, *works: Callable[[Session], None]) -> list[BaseException | None]:
    """Hand all of them in before the engine starts; what each raised."""
    tasks = [asyncio.create_task(engine.submit(work)) for work in works]
    await asyncio.sleep(0)
    engine.start()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_one_that_fails_takes_nobody_with_it(engine: EmbeddedEngine) -> None:
    ends = await together(engine, meet("林老师"), stumble, meet("周老师"))
    assert [type(end) for end in ends] == [type(None), RuntimeError, type(None)]
    assert await engine.submit(names) == ["林老师", "周老师"]


async def test_what_the_database_refuses_is_undone_alone(engine: EmbeddedEngine) -> None:
    ends = await together(engine, open_chat("1"), open_chat("1"), meet("林老师"))
    assert [type(end) for end in ends] == [type(None), IntegrityError, type(None)]
    assert await engine.submit(names) == ["林老师"]


async def test_the_closing_sees_what_was_done_and_hears_when_it_is_kept(engine: EmbeddedEngine) -> None:
    closing = Counting()
    engine.close_with(closing)
    await together(engine, meet("林老师"), meet("周老师"))
    assert closing.counted == [2]
    assert closing.told == ["kept"]


async def test_with_a_failing_piece_the_closing_is_undone_and_done_again(engine: EmbeddedEngine) -> None:
    closing = Counting()
    engine.close_with(closing)
    await together(engine, meet("林老师"), stumble)
    assert closing.counted == [1]
    assert closing.told == ["undo", "kept"]


async def test_a_closing_that_fails_does_not_cost_the_work(engine: EmbeddedEngine) -> None:
    closing = Counting(failures=2)  # among the others, and once more by itself
    engine.close_with(closing)
    assert await together(engine, meet("林老师")) == [None]
    assert closing.told == ["undo", "undo", "lost"]
    assert await engine.submit(names) == ["林老师"]
    assert closing.told[-1] == "kept"


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - a file sends no event
        await asyncio.sleep(0.01)


async def test_what_is_written_comes_into_the_database_file_between_commits(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'engine.db'}")
    migrate(database)
    engine = EmbeddedEngine(database, quiet=3600)
    await together(engine, *(meet(f"老师{number}") for number in range(COPY_BACK_AFTER)))
    await until(lambda: "老师7".encode() in (tmp_path / "engine.db").read_bytes())
    await engine.stop()
    database.dispose()


async def test_what_was_deleted_is_nowhere_on_the_disk_after_a_quiet_moment(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    def found() -> bool:
        return any("林老师".encode() in file.read_bytes() for file in tmp_path.iterdir())

    await together(engine, meet("林老师"))
    assert found()
    await engine.submit(lambda session: session.execute(delete(Person)))
    await until(lambda: not found())
    assert await engine.submit(names) == []


async def test_a_reader_puts_the_quiet_moment_off_and_nobody_waits_for_them(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    log = tmp_path / "engine.db-wal"
    await together(engine, meet("林老师"))
    with closing(sqlite3.connect(tmp_path / "engine.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT name FROM person").fetchall() == [("林老师",)]
        for number in range(10):
            await engine.submit(meet(f"老师{number}"))
            await asyncio.sleep(0.06)
        assert reader.execute("SELECT count(*) FROM person").fetchone() == (1,)
        assert log.stat().st_size > 0
    await engine.submit(meet("周老师"))
    await until(lambda: log.stat().st_size == 0)
    assert len(await engine.submit(names)) == 12
