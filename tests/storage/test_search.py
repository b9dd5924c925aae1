"""Search finds exactly what contains the words, in one community, and forgets without a trace."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from storage.search import Found, blocks, forget, gather, index, seal, search
from storage.search.places import bits, common, pack, places_of, unpack
from tests.storage.shelf import DATABASES, Settle, States, opened, prepared, rows, share, truth

pytest_plugins = ["tests.postgres"]


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with opened(request, tmp_path) as engine:
        yield engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


TITLES = (
    "小数×分数 练习（第2课时）",
    "3D打印社团活动方案",
    "GeoGebra分数教学演示",
    "C++ 入门与 Python 对照",
    "一课三磨：分数的意义 #教研 @备课组",
    "Reading Corner：绘本阅读 Unit 3",
    "writing in spring 写作周记",
    "家校沟通🌱案例👨‍👩‍👧",
    "100%参与的课堂_提问设计",
    'x\' OR 1=1 -- NEAR( "引号" * ^',
    "ＧＥＯ　全角与㎏、①②③",
    "观课",
    "",
)
QUERIES = (
    *("分", "数", "课", "观课", "分数", "一课三磨", "分数教学", "数的", "学教", "龘", "没有的词"),
    *("3D打印", "GeoGebra分数", "geogebra", "GEO", "c++", "C+", "+", "小数×分数", "×", "spring", "ring"),
    *("writing spring", "分数 练习", "练习  分数 分", "分数 geogebra 演 示", "Unit 3", "reading", "ＵＮＩＴ"),
    *("🌱", "👨‍👩‍👧", "100%", "%", "_", "#教研", "@备课组", "kg", "1", "②"),
    *("x' OR 1=1 --", "OR", "NEAR(", '"', "*", "^"),
)


@States
def test_every_query_finds_what_contains_it(session: Session, settle: Settle) -> None:
    shared = dict(enumerate(TITLES, 1))
    share(session, shared)
    settle(session)
    found = {query: list(search(session, 1, query).ids) for query in QUERIES}
    assert found == {query: truth(shared, query) for query in QUERIES}
    assert any(found.values())


@States
def test_another_community_sees_nothing(session: Session, settle: Settle) -> None:
    share(session, {1: "分数教学"})
    settle(session)
    assert search(session, 2, "分数") == Found()


@pytest.mark.parametrize("words", ["", "  ", "\0", "\ud800", "　"])
def test_nothing_asked_nothing_found(session: Session, words: str) -> None:
    share(session, {1: "分数 \ud800 \0 教学"})
    assert search(session, 1, words) == Found()
    assert search(session, 1, "教学").ids == (1,)


def test_no_room_no_hits(session: Session) -> None:
    share(session, {1: "分数"})
    assert search(session, 1, "分数", limit=0) == Found()


def test_pages_follow_each_other_across_blocks_and_loose_entries(session: Session) -> None:
    for entry in range(1, 31):
        index(session, 1, entry, f"分数 第{entry}课")
        if entry % 8 == 0:
            seal(session, 1)
    pages = [search(session, 1, "分数", limit=12)]
    while pages[-1].more:
        pages.append(search(session, 1, "分数", limit=12, before=pages[-1].ids[-1]))
    assert [page.at_least for page in pages] == [13, 13, 6]
    assert [entry for page in pages for entry in page.ids] == list(range(30, 0, -1))


@States
def test_sharing_again_replaces(session: Session, settle: Settle) -> None:
    share(session, {1: "分数教学", 2: "分数练习"})
    settle(session)
    share(session, {1: "几何教学"})
    settle(session)
    asked = ("分数", "几何", "教学")
    assert [search(session, 1, words).ids for words in asked] == [(2,), (1,), (1,)]


def test_newest_come_first_when_blocks_overlap(session: Session) -> None:
    share(session, dict.fromkeys(range(1, 11), "分数"))
    seal(session, 1)
    share(session, {2: "分数改", 11: "分数"})
    seal(session, 1)
    assert search(session, 1, "分数", limit=3).ids == (11, 10, 9)
    assert search(session, 1, "分数", before=4).ids == (3, 2, 1)


def test_many_entries_are_sealed_on_the_way(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "SEAL_AT", 100)
    monkeypatch.setattr(gather, "LEVELS", (400, 1600))
    shared = {entry: f"课题{entry}号 {'分数' if entry % 7 == 0 else '几何'}" for entry in range(1, 1501)}
    share(session, shared)
    assert 3 <= rows(session)[1] <= 6
    assert list(search(session, 1, "分数", limit=2000).ids) == truth(shared, "分数")
    assert search(session, 1, "分数 几何") == Found()


def test_a_very_long_text_and_a_very_long_question(session: Session) -> None:
    wheel = random.Random(5)
    long = "".join(chr(wheel.randrange(0x4E00, 0x9FFF)) for _ in range(50_000))
    shared = {1: long, 2: long[1:]}
    share(session, shared)
    seal(session, 1)
    assert search(session, 1, long).ids == (1,)
    many = " ".join(long[:3000])
    assert list(search(session, 1, many).ids) == truth(shared, many)
    forget(session, 1, 1)
    assert search(session, 1, long[1:5]).ids == (2,)


@given(st.sets(st.integers(0, 2000), min_size=1))
@example({0})
@example(set(range(2000)))
def test_places_are_packed_without_loss(places: set[int]) -> None:
    assert places_of(unpack(pack(bits(sorted(places))))) == sorted(places)


@given(st.lists(st.sets(st.integers(0, 1023), min_size=1), min_size=1, max_size=4))
@example([{1, 9}, set(range(1000)), set(range(0, 1000, 3))])
@example([set(range(0, 900, 2)), set(range(0, 900, 3))])
@example([{1023}, set(range(1000))])
def test_what_packed_places_have_in_common(sets: list[set[int]]) -> None:
    shared = set.intersection(*sets)
    assert places_of(common([pack(bits(sorted(places))) for places in sets])) == sorted(shared)


ALPHABET = "分数教学课研aAbBßﬁ三３Ａ＋+%_'\"*#İ①é\u0301\0\ud83d\udc69 　\n🌱"
Words = st.one_of(st.text(max_size=200), st.text(ALPHABET, max_size=12), st.text(ALPHABET, max_size=3))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(shared=st.lists(Words, max_size=8), sealed=st.integers(0, 8), asked=Words, cut=st.integers(0, 200))
def test_any_text_is_found_by_exactly_its_own_parts(
    shared: list[str], sealed: int, asked: str, cut: int
) -> None:
    engine = prepared(create_engine("sqlite://"))
    mine = dict(enumerate(shared, 1))
    with Session(engine) as session:
        for entry, words in mine.items():
            index(session, 1, entry, words)
            index(session, 2, entry, words[::-1])
            if entry == sealed:
                seal(session, 1)
        part = next(iter(shared), "")[cut : cut + 4]
        for query in (asked, part):
            assert list(search(session, 1, query).ids) == truth(mine, query)
    engine.dispose()
