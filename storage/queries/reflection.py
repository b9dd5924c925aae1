"""A person's own reflections; nothing here tells anybody who wrote and who did not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, distinct, func
from sqlmodel import Session, col, select

from storage.models.community import Person
from storage.models.delivery import Card, Outbox
from storage.models.due import Occurrence, Schedule
from storage.models.reflection import Reflection, ReflectionHabit, Visibility

RECENT = 30
YEAR_AGO = "reflect.year"
WITHDRAW = "reflect.withdraw"


def owned(session: Session, reflection_id: int, person_id: int) -> Reflection | None:
    """The reflection, if it is that person's."""
    query = select(Reflection).where(
        col(Reflection.id) == reflection_id, col(Reflection.person_id) == person_id
    )
    return session.exec(query).one_or_none()


def newest(session: Session, person_id: int, skip: int = 0, limit: int = RECENT) -> list[Reflection]:
    """The person's reflections, newest first."""
    query = (
        select(Reflection)
        .where(col(Reflection.person_id) == person_id)
        .order_by(col(Reflection.written_at).desc(), col(Reflection.id).desc())
    )
    return list(session.exec(query.offset(skip).limit(limit)))


def count(session: Session, person_id: int, visibility: Visibility | None = None) -> int:
    """How many reflections the person has kept, of one visibility or of all."""
    query = select(func.count()).select_from(Reflection).where(col(Reflection.person_id) == person_id)
    if visibility is not None:
        query = query.where(col(Reflection.visibility) == visibility)
    return session.exec(query).one()


def holding(session: Session, person_id: int, key: str) -> Reflection | None:
    """The recent reflection that the message *key* is a piece of."""
    for reflection in newest(session, person_id):
        if any(piece["key"] == key for piece in reflection.pieces):
            return reflection
    return None


def some_wrote(session: Session, community_id: int, since: datetime, until: datetime, least: int) -> bool:
    """Whether at least *least* different persons wrote in that time; the number itself is told to nobody."""
    query = select(func.count(distinct(col(Reflection.person_id)))).where(
        col(Reflection.community_id) == community_id,
        col(Reflection.written_at) >= since,
        col(Reflection.written_at) < until,
    )
    return session.exec(query).one() >= least


def habit_of(session: Session, person_id: int) -> ReflectionHabit:
    """What the person chose, or what is usual."""
    return session.get(ReflectionHabit, person_id) or ReflectionHabit(person_id=person_id)


def unsend(session: Session, names: Sequence[str]) -> None:
    """Take back posts of these cards that still wait, and their cards that were never posted."""
    still = col(Outbox.state).in_(["open", "shut"])
    session.execute(delete(Outbox).where(col(Outbox.card).in_(names), still))
    waiting = select(Outbox.card).where(col(Outbox.card).in_(names), col(Outbox.state) == "sending")
    session.execute(
        delete(Card).where(
            col(Card.name).in_(names), col(Card.message_id).is_(None), ~col(Card.name).in_(waiting)
        )
    )


def scrub(session: Session, names: Sequence[str]) -> None:
    """Remove the words of these cards from what was sent before."""
    # What still waits was either taken back by `unsend` or is what its reader asked for just now.
    sent = select(Outbox).where(col(Outbox.card).in_(names), col(Outbox.state) != "open")
    for row in session.exec(sent):
        row.payload = {name: one for name, one in row.payload.items() if name != "parts"} | {"html": "…"}


def posted_in(session: Session, name: str) -> list[int]:
    """The ids of the chats that show the card of that name: groups, and those of who follows in private."""
    return list(session.exec(select(Card.chat_id).where(col(Card.name) == name)))


def cards(reflection_id: int | None, person_id: int) -> list[str]:
    """The names of all cards that may show words of that reflection."""
    return [f"reflection:{reflection_id}", f"note:{reflection_id}", f"mine:{person_id}"]


def export(session: Session, person_id: int) -> dict[str, Any]:
    """All reflections of the person and what they chose; empty when there is neither."""
    habit = session.get(ReflectionHabit, person_id)
    written = [_exported(one) for one in newest(session, person_id, limit=100_000)]
    chosen = {"asked_in_private": habit.asked, "year_ago": habit.year_ago} if habit else {}
    return ({"reflections": written} if written else {}) | chosen


def _exported(one: Reflection) -> dict[str, Any]:
    return {
        "written_at": one.written_at.isoformat(),
        "changed_at": one.changed_at.isoformat(),
        "question": one.question,
        "words": one.words,
        "parts": one.parts,
        "visible_to": one.visibility.value,
    }


def export_community(session: Session, community_id: int) -> dict[str, Any]:
    """Only what its writer shows to everybody."""
    query = (
        select(Reflection, Person.name)
        .join(Person, col(Person.id) == col(Reflection.person_id))
        .where(
            col(Reflection.community_id) == community_id,
            col(Reflection.visibility) == Visibility.EVERYBODY,
        )
        .order_by(col(Reflection.written_at), col(Reflection.id))
    )
    return {"reflections": [_exported(one) | {"by": name} for one, name in session.exec(query)]}


def erase(session: Session, person_id: int) -> None:
    """Delete the person's reflections, their words in what was sent, and what they chose.

    What stands in a group is taken back at the next due moment, which is at once.
    """
    for one in newest(session, person_id, limit=100_000):
        names = cards(one.id, person_id)
        if one.id is not None and posted_in(session, names[0]):
            session.add(
                Schedule(kind=WITHDRAW, ref_id=one.id, community_id=one.community_id, next_at=one.changed_at)
            )
        unsend(session, names)
        scrub(session, names)
        session.delete(one)
    session.flush()
    mine = select(Schedule.id).where(col(Schedule.kind) == YEAR_AGO, col(Schedule.ref_id) == person_id)
    session.execute(delete(Occurrence).where(col(Occurrence.schedule_id).in_(mine)))
    session.execute(delete(Schedule).where(col(Schedule.kind) == YEAR_AGO, col(Schedule.ref_id) == person_id))
    session.execute(delete(ReflectionHabit).where(col(ReflectionHabit.person_id) == person_id))
