"""One commit for all that waits: what fails takes nobody with it, and the closing belongs to the commit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from bot.engine import EmbeddedEngine
from storage.database import open_database
from storage.migrate import migrate
from storage.models.community import Chat, Person

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[EmbeddedEngine]:
    """The engine on a fresh database, not started yet: what is handed in meanwhile is one batch."""
    database = open_database(f"sqlite:///{tmp_path / 'engine.db'}")
    migrate(database)
    made = EmbeddedEngine(database)
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
