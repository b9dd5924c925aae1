"""Two persons become one: table by table, whatever both had."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from storage.database import open_database
from storage.migrate import migrate
from storage.models.community import Account, Chat, Community, Member, Person, Role
from storage.models.delivery import Bucket, Card, Job, Pending
from storage.models.discussion import Discussion, Meeting, Rsvp
from storage.models.due import Occurrence, Schedule
from storage.models.link import Code
from storage.models.log import Change
from storage.models.reflection import Reflection, ReflectionHabit
from storage.models.resource import Resource, ResourceCredit, ResourceLookup, ResourceOffer
from storage.queries.community import private_chats
from storage.queries.merge import RULES, merge, part, person_columns

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(days=30), NOW + timedelta(days=1)
KEPT, GONE, OTHER = 1, 2, 3


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A fresh database of each kind."""
    url = f"sqlite:///{tmp_path / 'merge.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_database")
    engine = open_database(url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """Three persons in two communities; the first two have something in every table."""
    with Session(database) as opened:
        _places(opened)
        for number in (KEPT, GONE, OTHER):
            _fill(opened, number)
        yield opened


def _places(session: Session) -> None:
    for number in (1, 2):
        session.add(Community(name=f"组{number}", created_at=EARLIER))
    for number in (KEPT, GONE, OTHER):
        session.add(Person(name=f"老师{number}", created_at=EARLIER + timedelta(days=number)))
    session.flush()
    session.add(
        Discussion(
            community_id=1,
            title="研讨",
            zone="Asia/Shanghai",
            starts_on=date(2026, 11, 27),
            clock=time(16),
            created_at=NOW,
        )
    )
    for key in ("a", "b"):
        session.add(
            Resource(
                community_id=1, kind="link", key=key, title=key, monday=date(2026, 11, 23), shared_at=NOW
            )
        )
    session.flush()
    session.add(
        Meeting(discussion_id=1, community_id=1, slot=LATER, day=LATER.date(), starts_at=LATER, ends_at=LATER)
    )
    session.flush()


def _fill(session: Session, person: int) -> None:
    session.add(Account(platform=f"p{person}", address="x", name=f"账号{person}", person_id=person))
    chat = Chat(platform=f"p{person}", address="x", private=True, person_id=person)
    session.add(chat)
    session.flush()
    number = chat.id or 0
    role = Role.DEPUTY if person == GONE else Role.MEMBER
    for row in (
        Member(community_id=1, person_id=person, role=role, joined_at=EARLIER + timedelta(days=person)),
        Rsvp(meeting_id=1, person_id=person, answer="yes", answered_at=NOW + timedelta(hours=person)),
        Reflection(community_id=1, person_id=person, written_at=NOW, changed_at=NOW),
        ReflectionHabit(person_id=person, asked=person == GONE, year_ago=person != GONE),
        ResourceCredit(resource_id=1, person_id=person, at=NOW - timedelta(hours=person)),
        ResourceOffer(person_id=person, content={"words": "x"}, at=NOW),
        ResourceLookup(community_id=1, person_id=person, words="x", begins=[], at=NOW),
        Change(community_id=1, person_id=person, key="x", content={"person": person}, at=NOW),
        Pending(chat_id=number, person_id=person, route="x", expires_at=LATER),
        Job(kind="x", route="x", content={}, person_id=person, not_before=NOW),
        Code(word=f"AAAAA{person + 1}", kind="person", person_id=person, created_at=NOW),
        Discussion(
            community_id=1,
            title="x",
            zone="Asia/Shanghai",
            starts_on=date(2026, 11, 27),
            clock=time(16),
            created_by=person,
            created_at=NOW,
        ),
        Schedule(kind="reflect.year", ref_id=person, content={"person_id": person}, next_at=LATER),
        Schedule(kind="x", ref_id=1, content={"person_id": person}, next_at=LATER),
        Card(chat_id=number, name=f"mine:{person}"),
        Bucket(key=f"guess:{person}", tat=LATER),
    ):
        session.add(row)
    session.flush()


def counted(session: Session, column: Any, person: int) -> int:
    """How many rows of the table point to the person."""
    return len(session.execute(select(column).where(column == person)).all())


def test_every_table_that_points_to_a_person_has_a_rule() -> None:
    assert {column.table.name for column in person_columns()} == set(RULES)


def test_the_example_has_something_in_every_such_table(session: Session) -> None:
    assert [column.table.name for column in person_columns() if not counted(session, column, GONE)] == []


def test_everything_is_moved_and_nothing_of_others(session: Session) -> None:
    before = {column: counted(session, column, OTHER) for column in person_columns()}
    merge(session, KEPT, GONE)
    session.commit()
    for column in person_columns():
        assert counted(session, column, GONE) == 0, column
        assert counted(session, column, KEPT) >= 1, column
        assert counted(session, column, OTHER) == before[column], column
    assert session.get(Person, GONE) is None


def test_where_both_had_one_there_is_one(session: Session) -> None:
    merge(session, KEPT, GONE)
    session.commit()
    (member,) = session.exec(select(Member).where(col(Member.person_id) == KEPT))
    assert (member.role, member.joined_at) == (Role.DEPUTY, EARLIER + timedelta(days=KEPT))
    (answer,) = session.exec(select(Rsvp).where(col(Rsvp.person_id) == KEPT))
    assert (answer.answer, answer.answered_at) == ("yes", NOW + timedelta(hours=GONE))
    (credit,) = session.exec(select(ResourceCredit).where(col(ResourceCredit.person_id) == KEPT))
    assert credit.at == NOW - timedelta(hours=GONE)
    habit = session.get_one(ReflectionHabit, KEPT)
    assert (habit.asked, habit.year_ago) == (True, False)


def test_what_only_one_had_is_kept(session: Session) -> None:
    session.add(Member(community_id=2, person_id=GONE, role=Role.LEADER, joined_at=NOW))
    session.add(ResourceCredit(resource_id=2, person_id=GONE, at=NOW))
    theirs = session.get_one(Person, GONE)
    theirs.language, theirs.muted_until, theirs.chat_id = "en", LATER, 2
    merge(session, KEPT, GONE)
    session.commit()
    assert session.exec(select(Member.role).where(col(Member.community_id) == 2)).one() is Role.LEADER
    assert counted(session, ResourceCredit.person_id, KEPT) == 2
    mine = session.get_one(Person, KEPT)
    assert (mine.language, mine.muted_until, mine.chat_id) == ("en", LATER, 2)
    assert mine.name == "老师1"
    assert len(private_chats(session, KEPT)) == 2


def test_what_has_no_foreign_key_is_theirs_too(session: Session) -> None:
    merge(session, KEPT, GONE)
    session.commit()
    due = session.exec(select(Schedule).where(col(Schedule.kind) == "x")).all()
    assert sorted(one.content["person_id"] for one in due) == [KEPT, KEPT, OTHER]
    years = session.exec(select(Schedule.ref_id).where(col(Schedule.kind) == "reflect.year")).all()
    assert sorted(years) == [KEPT, OTHER]
    told = session.exec(select(Change)).all()
    assert sorted(one.content["person"] for one in told) == [KEPT, KEPT, OTHER]
    assert sorted(session.exec(select(Card.name)).all()) == ["mine:1", "mine:1", "mine:3"]
    assert session.get(Bucket, f"guess:{GONE}") is None


def test_a_seat_one_of_them_had_is_not_lost(session: Session) -> None:
    session.exec(select(Rsvp).where(col(Rsvp.person_id) == GONE)).one().waiting = True
    merge(session, KEPT, GONE)
    (answer,) = session.exec(select(Rsvp).where(col(Rsvp.person_id) == KEPT))
    assert not answer.waiting


@pytest.mark.parametrize(("mine", "theirs", "left"), [(None, 2, None), (1, None, None), (1, 2, 1)])
def test_who_is_in_a_group_with_one_account_follows_no_more(
    session: Session, mine: int | None, theirs: int | None, left: int | None
) -> None:
    for person, chat in ((KEPT, mine), (GONE, theirs)):
        session.exec(select(Member).where(col(Member.person_id) == person)).one().chat_id = chat
    merge(session, KEPT, GONE)
    assert session.exec(select(Member).where(col(Member.person_id) == KEPT)).one().chat_id == left


def test_a_parted_account_takes_its_chat_and_nothing_else(session: Session) -> None:
    merge(session, KEPT, GONE)
    session.exec(select(Member).where(col(Member.person_id) == KEPT)).one().chat_id = 2
    parted = session.exec(select(Account).where(col(Account.platform) == "p2")).one()
    mine = {"chat_id": 2, "person_id": KEPT}
    session.add(Schedule(kind="reflect.year", ref_id=KEPT, content=mine, next_at=LATER))
    session.add(Job(kind="x", route="x", content={}, chat_id=2, person_id=KEPT, not_before=NOW))
    part(session, parted, NOW)
    session.commit()
    due = session.exec(select(Schedule).where(col(Schedule.ref_id) == KEPT)).all()
    assert {one.content.get("chat_id") for one in due} == {None, 1}
    assert session.exec(select(Job).where(col(Job.chat_id) == 2)).all() == []
    person = parted.person_id
    assert session.get_one(Person, person).name == "账号2"
    assert session.get_one(Chat, 2).person_id == person
    assert session.exec(select(Member).where(col(Member.person_id) == KEPT)).one().chat_id == 1
    for column in person_columns():
        expected = 1 if column.table.name in ("account", "chat") else 0
        assert counted(session, column, person) == expected, column


def test_occurrences_of_a_schedule_that_goes_go_with_it(session: Session) -> None:
    number = session.exec(
        select(Schedule.id).where(col(Schedule.kind) == "reflect.year", col(Schedule.ref_id) == GONE)
    ).one()
    session.add(Occurrence(schedule_id=number or 0, due_at=EARLIER, fired_at=EARLIER))
    merge(session, KEPT, GONE)
    session.commit()
    assert session.exec(select(Occurrence)).all() == []


def test_no_table_is_forgotten_when_one_is_added() -> None:
    names = {table.name for table in SQLModel.metadata.sorted_tables}
    assert set(RULES) <= names
