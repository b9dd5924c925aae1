"""What the tests of the search index share: an empty index, things to share, and what is true of them."""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from storage.database import open_database
from storage.search import TABLES, create, index, seal


def folded(words: str) -> str:
    """What "the same characters" means here, said once more and independently of the index."""
    kept = "".join(" " if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in words)
    once = unicodedata.normalize("NFKC", kept).casefold()
    return unicodedata.normalize("NFKC", once)


def truth(shared: dict[int, str], query: str) -> list[int]:
    words = folded(query).split()
    spaced = {entry: " ".join(folded(words).split()) for entry, words in shared.items()}
    hits = [entry for entry, content in spaced.items() if all(word in content for word in words)]
    return sorted(hits, reverse=True) if words else []


DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@contextmanager
def opened(request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    """An empty index in each kind of database."""
    url = f"sqlite:///{folder / 'search.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database")
    engine = prepared(open_database(url))
    yield engine
    engine.dispose()


def prepared(engine: Engine) -> Engine:
    with engine.begin() as connection:
        create(connection)
    return engine


def leave_loose(session: Session) -> None:
    del session


def seal_all(session: Session) -> None:
    seal(session, 1)


States = pytest.mark.parametrize("settle", [leave_loose, seal_all])
Settle = Callable[[Session], None]


def share(session: Session, titles: dict[int, str], community: int = 1) -> None:
    for entry, title in titles.items():
        index(session, community, entry, title)


def rows(session: Session) -> list[int]:
    return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]
