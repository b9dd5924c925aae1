"""Statements said straight to the driver mean what the same statements mean otherwise, in both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from storage.among import among
from storage.database import open_database
from storage.migrate import migrate
from storage.models.community import Chat, Community, Member, Person, Role
from storage.models.due import Schedule
from storage.models.prompt import Prompt
from storage.prepared import Prepared, write_changes
from storage.rows import columns_of, every, fetch, first

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # on the second: SQLite keeps it as text
TERM = date(2026, 8, 31)
ADD = Prepared.insert(Prompt, returning=True)
ASKED = Prepared(select(*columns_of(Prompt)).where(col(Prompt.community_id) == bindparam("community")))
DUE = Prepared(select(col(Schedule.content), col(Schedule.next_at)).order_by(col(Schedule.id)))


@pytest.fixture(params=["sqlite", "postgres"])
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    """A session on a fresh database of each kind, with one community in it."""
    url = f"sqlite:///{tmp_path / 'prepared.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_database")
    engine: Engine = open_database(url)
    migrate(engine)
    with Session(engine) as opened:
        opened.add(Community(name="三年级数学", term_start=TERM, created_at=NOW))
        opened.flush()
        yield opened
    engine.dispose()


def ask(session: Session, question: str = "q1") -> int:
    values = {"model": "own", "question": question, "words": "", "term": TERM, "week": 13, "asked_at": NOW}
    return int(ADD(session, community_id=1, **values).fetchone()[0])


def test_a_row_comes_back_as_the_session_would_load_it(session: Session) -> None:
    number = ask(session)
    prepared = fetch(session, Prompt, number)
    assert prepared is not None
    kept = prepared.model_dump()
    session.expunge_all()
    assert session.get_one(Prompt, number).model_dump() == kept
    assert kept["asked_at"] == NOW
    assert kept["term"] == TERM


def test_the_session_follows_what_it_was_given(session: Session) -> None:
    number = ask(session)
    row = fetch(session, Prompt, number)
    assert row is not None
    row.words = "换一种问法"
    session.flush()
    session.expunge_all()
    assert session.get_one(Prompt, number).words == "换一种问法"


def test_one_row_is_one_object_however_it_is_asked_for(session: Session) -> None:
    number = ask(session)
    row = fetch(session, Prompt, number)
    assert row is session.get_one(Prompt, number)
    assert every(ASKED, session, Prompt, community=1) == [row]
    assert fetch(session, Prompt, number + 1) is None
    assert fetch(session, Prompt, None) is None


def test_an_outer_join_that_finds_nothing_leaves_none(session: Session) -> None:
    joined = col(Member.community_id) == col(Community.id)
    both = Prepared(
        select(*columns_of(Community), *columns_of(Member)).select_from(Community).outerjoin(Member, joined)
    )
    found = first(both, session, (Community, Member))
    assert found is not None
    assert [type(row) for row in found] == [Community, type(None)]
    person = Person(name="林老师", created_at=NOW)
    session.add(person)
    session.flush()
    session.add(Member(community_id=1, person_id=person.id or 0, role=Role.DEPUTY, joined_at=NOW))
    session.flush()
    session.expunge_all()
    found = first(both, session, (Community, Member))
    assert found is not None
    assert found[1].role is Role.DEPUTY


def test_values_keep_their_types(session: Session) -> None:
    due = {"kind": "quiet", "community_id": 1, "attempts": 0}
    content = {"chat_id": 7, "words": "“引号”与\n换行"}
    for number, moment in enumerate((NOW, NOW.replace(microsecond=5), None)):
        Prepared.insert(Schedule)(session, ref_id=number, content=content, next_at=moment, **due)
    assert DUE.rows(session) == [(content, NOW), (content, NOW.replace(microsecond=5)), (content, None)]
    same = select(col(Schedule.next_at)).where(col(Schedule.next_at) == NOW)
    assert list(session.scalars(same)) == [NOW]


def test_what_the_database_refuses_fails_as_always(session: Session) -> None:
    add = Prepared.insert(Chat)
    chat = {"platform": "telegram", "address": "1", "private": False, "title": "", "active": True}
    nothing = dict.fromkeys(("language", "thread", "community_id", "person_id"))
    add(session, **chat, **nothing)
    with pytest.raises(IntegrityError):
        add(session, **chat, **nothing)


def test_many_at_once_and_none_at_all(session: Session) -> None:
    add = Prepared.insert(Schedule)
    row = {"kind": "quiet", "community_id": 1, "content": {}, "next_at": NOW, "attempts": 0}
    add.each(session, [])
    add.each(session, [row | {"ref_id": number} for number in range(3)])
    assert len(DUE.rows(session)) == 3


def test_only_changes_that_matter_are_written_before_a_statement(session: Session) -> None:
    community = session.get_one(Community, 1)
    community.name = "四年级数学"
    write_changes(session, Prompt)
    assert community in session.dirty
    write_changes(session, Community)
    assert community not in session.dirty


def test_one_of_many_numbers_or_words(session: Session) -> None:
    numbers = [ask(session, question) for question in ("q1", "q2", "“q3”")]
    by_number = Prepared(select(col(Prompt.question)).where(among(col(Prompt.id), "some")))
    by_word = Prepared(select(col(Prompt.id)).where(among(col(Prompt.question), "some")))
    assert {row[0] for row in by_number.rows(session, some=numbers[1:])} == {"q2", "“q3”"}
    assert {row[0] for row in by_word.rows(session, some={"q1", "“q3”", "无"})} == {numbers[0], numbers[2]}
    assert by_word.rows(session, some=()) == []
