"""Two persons who turn out to be one, and an account that becomes a person of its own again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, delete, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from storage.models.community import Account, Chat, Member, Person
from storage.models.delivery import Bucket, Card, Choice, Job, Outbox, Pending
from storage.models.discussion import Rsvp
from storage.models.due import Occurrence, Schedule
from storage.models.log import Change
from storage.models.reflection import ReflectionHabit
from storage.models.resource import ResourceCredit
from storage.queries import resource as library
from storage.queries.community import private_chat
from storage.queries.delivery import unsent
from storage.queries.reflection import YEAR_AGO

Rule = Callable[[Session, Table, str, int, int], None]


def merge(session: Session, kept: int, gone: int) -> None:
    """Everything of the person *gone* becomes that of *kept*, and *gone* is no more.

    Raises KeyError for a table that nobody has said how to merge.
    """
    session.flush()
    shared = select(col(ResourceCredit.resource_id)).where(col(ResourceCredit.person_id) == gone)
    resources = [number for number in session.scalars(shared) if number]
    _person(session, kept, gone)
    for column in person_columns():
        RULES[column.table.name](session, column.table, column.name, kept, gone)
    _named_otherwise(session, kept, gone)
    session.execute(delete(Person).where(col(Person.id) == gone))
    session.expire_all()
    for number in resources:
        library.reindex(session, number)


def person_columns() -> list[Column[Any]]:
    """Every column of every table that points to a person."""
    return [
        column
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    ]


def _move(session: Session, table: Table, column: str, kept: int, gone: int) -> None:
    session.execute(update(table).where(table.c[column] == gone).values({column: kept}))


def _move_unless_there(*same: str) -> Rule:
    """Move the rows; where *kept* has one with the same values of the columns *same*, that one stays."""

    def rule(session: Session, table: Table, column: str, kept: int, gone: int) -> None:
        theirs, mine = table, table.alias()
        twice = select(mine.c[column]).where(
            mine.c[column] == kept, *(mine.c[name] == theirs.c[name] for name in same)
        )
        session.execute(delete(theirs).where(theirs.c[column] == gone, twice.exists()))
        _move(session, table, column, kept, gone)

    return rule


def _members(session: Session, table: Table, column: str, kept: int, gone: int) -> None:
    for mine, theirs in _both(session, Member, "community_id", kept, gone):
        mine.role = max(mine.role, theirs.role, key=lambda role: role.rank)
        mine.joined_at = min(mine.joined_at, theirs.joined_at)
        # Who is in one of the groups needs no copy in private.
        mine.chat_id = mine.chat_id if theirs.chat_id else None
    session.flush()
    _move_unless_there("community_id")(session, table, column, kept, gone)


def _answers(session: Session, table: Table, column: str, kept: int, gone: int) -> None:
    """The answer given last counts; a seat that one of the two had is kept."""
    for mine, theirs in _both(session, Rsvp, "meeting_id", kept, gone):
        seated = any(one.answer == "yes" and not one.waiting for one in (mine, theirs))
        last = max((mine, theirs), key=lambda one: (one.answer != "", _when(one.answered_at)))
        mine.answer, mine.answered_at = last.answer, last.answered_at
        mine.waiting = last.waiting and not seated
        mine.remind = (mine.remind or theirs.remind) and mine.answer != "no"
    session.flush()
    _move_unless_there("meeting_id")(session, table, column, kept, gone)


def _when(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _credits(session: Session, table: Table, column: str, kept: int, gone: int) -> None:
    for mine, theirs in _both(session, ResourceCredit, "resource_id", kept, gone):
        mine.at = min(mine.at, theirs.at)
    session.flush()
    _move_unless_there("resource_id")(session, table, column, kept, gone)


def _habits(session: Session, table: Table, column: str, kept: int, gone: int) -> None:
    mine, theirs = session.get(ReflectionHabit, kept), session.get(ReflectionHabit, gone)
    if mine and theirs:
        mine.asked, mine.year_ago = mine.asked or theirs.asked, mine.year_ago and theirs.year_ago
        session.flush()
    _move_unless_there()(session, table, column, kept, gone)


def _both(session: Session, model: type[Any], same: str, kept: int, gone: int) -> list[tuple[Any, Any]]:
    """Rows of the two persons about the same thing."""
    theirs = aliased(model)
    query = select(model, theirs).join(theirs, getattr(theirs, same) == getattr(model, same))
    return [
        (a, b) for a, b in session.execute(query.where(model.person_id == kept, theirs.person_id == gone))
    ]


# How a table's rows of two persons become those of one; whoever adds a table with a person adds its line.
RULES: dict[str, Rule] = {
    "account": _move,
    "change": _move,
    "chat": _move,
    "code": _move,
    "discussion": _move,
    "job": _move,
    "member": _members,
    "pending": _move_unless_there("chat_id"),
    "reflection": _move,
    "reflection_habit": _habits,
    "resource_credit": _credits,
    "resource_lookup": _move,
    "resource_offer": _move,
    "rsvp": _answers,
}


def _person(session: Session, kept: int, gone: int) -> None:
    """The choices of the kept person count; what they never chose is taken from the other."""
    mine, theirs = session.get_one(Person, kept), session.get_one(Person, gone)
    mine.language, mine.zone = mine.language or theirs.language, mine.zone or theirs.zone
    mine.community_id = mine.community_id or theirs.community_id
    mine.muted_until = max(filter(None, (mine.muted_until, theirs.muted_until)), default=None)
    mine.chat_id = theirs.chat_id or mine.chat_id
    mine.created_at = min(mine.created_at, theirs.created_at)
    session.flush()


def _named_otherwise(session: Session, kept: int, gone: int) -> None:
    """Where a person stands without a foreign key: due moments, the log, the names of cards, guesses."""
    mine = select(col(Schedule.id)).where(col(Schedule.kind) == YEAR_AGO, col(Schedule.ref_id) == gone)
    session.execute(delete(Occurrence).where(col(Occurrence.schedule_id).in_(mine)))
    session.execute(delete(Schedule).where(col(Schedule.kind) == YEAR_AGO, col(Schedule.ref_id) == gone))
    number: Any = col(Schedule.content)["person_id"]
    for schedule in session.scalars(select(Schedule).where(number.as_integer() == gone)):
        schedule.content = schedule.content | {"person_id": kept}
    named: Any = col(Change.content)["person"]
    for change in session.scalars(select(Change).where(named.as_integer() == gone)):
        change.content = change.content | {"person": kept}
    session.execute(update(Card).where(col(Card.name) == f"mine:{gone}").values(name=f"mine:{kept}"))
    session.execute(update(Outbox).where(col(Outbox.card) == f"mine:{gone}").values(card=f"mine:{kept}"))
    session.execute(delete(Bucket).where(col(Bucket.key) == f"guess:{gone}"))
    session.flush()


def part(session: Session, account: Account, now: datetime) -> None:
    """The account becomes a person of its own, without anything of before; its private chat goes along."""
    was = account.person_id
    person = Person(name=account.name, created_at=now)
    session.add(person)
    session.flush()
    account.person_id = person.id or 0
    session.flush()
    others = select(func.count()).where(
        col(Account.person_id) == was, col(Account.platform) == account.platform
    )
    theirs = select(Chat).where(
        col(Chat.person_id) == was, col(Chat.private), col(Chat.platform) == account.platform
    )
    if session.scalar(others):
        theirs = theirs.where(col(Chat.address) == account.address)
    for chat in session.scalars(theirs).all():
        chat.person_id = person.id
        session.flush()
        _clear(session, chat.id or 0, was)


def _clear(session: Session, chat_id: int, was: int) -> None:
    """What waited in a chat for who it belonged to; posts of their communities go to another of theirs."""
    session.execute(delete(Pending).where(col(Pending.chat_id) == chat_id))
    session.execute(delete(Choice).where(col(Choice.chat_id) == chat_id))
    session.execute(delete(Outbox).where(unsent(chat_id)))
    session.execute(delete(Job).where(col(Job.chat_id) == chat_id, col(Job.person_id) == was))
    other = private_chat(session, was)
    number: Any = col(Schedule.content)["chat_id"]
    for schedule in session.scalars(select(Schedule).where(number.as_integer() == chat_id)):
        schedule.content = schedule.content | {"chat_id": other.id if other else None}
        schedule.next_at = schedule.next_at if other else None
    session.flush()
    session.execute(
        update(Member).where(col(Member.chat_id) == chat_id).values(chat_id=other.id if other else None)
    )
    session.expire_all()
