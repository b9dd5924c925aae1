"""What was forgotten is found by nobody, not even by somebody who reads the file."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from storage.database import open_database
from storage.search import forget, forget_community, gather, seal, search
from storage.search.grams import grams
from tests.storage.shelf import DATABASES, Settle, States, opened, prepared, rows, seal_all, share, truth

pytest_plugins = ["tests.postgres"]


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with opened(request, tmp_path) as engine:
        yield engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@States
def test_forgetting_one_keeps_the_others(session: Session, settle: Settle) -> None:
    share(session, {1: "分数教学", 2: "分数练习", 3: "几何"})
    settle(session)
    forget(session, 1, 1)
    forget(session, 1, 1)
    forget(session, 2, 3)
    assert [search(session, 1, words).ids for words in ("分数", "教学", "几何")] == [(2,), (), (3,)]


@States
def test_after_forgetting_everything_no_row_is_left(session: Session, settle: Settle) -> None:
    share(session, {1: "分数教学 GeoGebra", 2: "分数练习"})
    settle(session)
    for entry in (1, 2):
        forget(session, 1, entry)
    assert rows(session) == [0, 0, 0]


def test_a_community_leaves_with_all_its_rows_and_no_others(session: Session) -> None:
    share(session, {1: "分数", 2: "几何"})
    seal(session, 1)
    share(session, {3: "函数"})
    share(session, {9: "分数"}, community=2)
    seal(session, 2)
    forget_community(session, 1)
    assert rows(session) == [1, 1, 2]
    assert search(session, 2, "分数").ids == (9,)


def test_sealing_nothing_leaves_nothing(session: Session) -> None:
    seal(session, 1)
    assert rows(session) == [0, 0, 0]


def test_forgetting_among_gathered_blocks(session: Session) -> None:
    shared = {entry: f"分数 第{entry}课" for entry in range(1, 41)}
    for first in range(1, 41, 10):
        share(session, {entry: shared[entry] for entry in range(first, first + 10)})
        seal(session, 1)
    assert rows(session)[1] == 1
    for entry in [3, 11, 40]:
        forget(session, 1, entry)
        del shared[entry]
    assert list(search(session, 1, "分数", limit=50).ids) == truth(shared, "分数")
    assert [search(session, 1, f"第{entry}课").ids for entry in (3, 31)] == [(), (31,)]
    for entry in shared:
        forget(session, 1, entry)
    assert rows(session) == [0, 0, 0]


def test_two_hands_gather_while_a_third_forgets(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = {entry: f"分数 第{entry}课" for entry in range(1, 61)}
    with Session(engine) as session, session.begin(), monkeypatch.context() as patch:
        patch.setattr(gather, "FEW", 99)
        for first in range(1, 61, 10):
            share(session, {entry: shared[entry] for entry in range(first, first + 10)})
            seal(session, 1)

    def alone(work: Callable[[Session], None]) -> None:
        with Session(engine) as session, session.begin():
            work(session)

    forgetting = [partial(forget, community_id=1, entry_id=entry) for entry in range(1, 61, 12)]
    with ThreadPoolExecutor(3) as hands:
        list(hands.map(alone, [gather_all, forgetting[0], gather_all, *forgetting[1:]]))
    kept = {entry: words for entry, words in shared.items() if entry % 12 != 1}
    with Session(engine) as session:
        assert rows(session)[1] <= 3
        assert list(search(session, 1, "分数", limit=99).ids) == truth(kept, "分数")


def gather_all(session: Session) -> None:
    gather.gather(session, 1)


def test_many_hands_at_once_leave_nothing_behind(engine: Engine) -> None:
    def alone(work: Callable[[Session], None]) -> None:
        with Session(engine) as session, session.begin():
            work(session)

    shared = {entry: f"分数教学 第{entry}课" for entry in range(1, 41)}
    alone(lambda session: share(session, shared))
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(alone, [seal_all] * 4))
        with Session(engine) as session:
            assert list(search(session, 1, "数教", limit=50).ids) == truth(shared, "数教")
            assert rows(session)[1] == 1
        list(hands.map(alone, [partial(forget, community_id=1, entry_id=entry) for entry in shared]))
    with Session(engine) as session:
        assert rows(session) == [0, 0, 0]


MARKERS = ("赵钱孙李周吴郑王", "quetzalcoatlus")


@States
def test_forgotten_words_are_not_in_the_file(tmp_path: Path, settle: Settle) -> None:
    path = tmp_path / "erase.db"
    engine = prepared(open_database(f"sqlite:///{path}"))

    def content() -> bytes:
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        return b"".join(part.read_bytes() for part in tmp_path.glob("erase.db*"))

    with Session(engine) as session, session.begin():
        share(session, {entry: f"课题{entry} 分数" for entry in range(1, 200)})
        share(session, {200: "".join(MARKERS)})
        settle(session)
    assert [marker.encode() in content() for marker in MARKERS] == [True, True]
    before = grams_held(engine)
    with Session(engine) as session, session.begin():
        forget(session, 1, 200)
    assert [marker[:2].encode() in content() for marker in MARKERS] == [False, False]
    assert grams_held(engine) - before == set()
    assert not grams_held(engine) & grams("".join(MARKERS))
    engine.dispose()


def grams_held(engine: Engine) -> set[int]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT gram FROM search_gram")))
