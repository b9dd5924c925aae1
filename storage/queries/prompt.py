"""Prompt plans, what was asked before, and who wants to be asked in private."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, bindparam, delete
from sqlmodel import Session, col, select

from storage.models.community import Chat, Member, Person
from storage.models.delivery import Pending
from storage.models.due import Schedule
from storage.models.prompt import Prompt, PromptPlan
from storage.models.reflection import ReflectionHabit
from storage.prepared import Prepared, write_changes

_HERE = col(Prompt.community_id) == bindparam("community")
_QUESTIONS = select(Prompt.question).where(_HERE).order_by(col(Prompt.id))
_USED = Prepared(_QUESTIONS.where(col(Prompt.term) == bindparam("term", type_=Date)))
_USED_OUT_OF_TERM = Prepared(_QUESTIONS.where(col(Prompt.term).is_(None)))
_KEEP = Prepared.insert(Prompt, returning=True)
_ANYBODY = Prepared(
    select(col(Member.id))
    .join(ReflectionHabit, col(ReflectionHabit.person_id) == col(Member.person_id))
    .where(col(Member.community_id) == bindparam("community"), col(ReflectionHabit.asked))
    .limit(1)
)


def plan_of(session: Session, community_id: int) -> PromptPlan:
    """The community's plan; a paused one is made where there is none."""
    query = select(PromptPlan).where(col(PromptPlan.community_id) == community_id)
    plan = session.exec(query).one_or_none()
    if plan is None:
        plan = PromptPlan(community_id=community_id)
        session.add(plan)
        session.flush()
    return plan


def schedule_of(session: Session, kind: str, ref_id: int, community_id: int | None = None) -> Schedule:
    """The schedule of that kind for that row; one that is not due yet is made where there is none."""
    query = select(Schedule).where(col(Schedule.kind) == kind, col(Schedule.ref_id) == ref_id)
    schedule = session.exec(query).one_or_none()
    if schedule is None:
        schedule = Schedule(kind=kind, ref_id=ref_id, community_id=community_id)
        session.add(schedule)
        session.flush()
    return schedule


def used(session: Session, community_id: int, term: date | None) -> list[str]:
    """The ids of the questions asked in that term, oldest first."""
    if term is None:
        found = _USED_OUT_OF_TERM.rows(session, community=community_id)
    else:
        found = _USED.rows(session, community=community_id, term=term)
    return [question for (question,) in found]


def keep(session: Session, **values: Any) -> Prompt:
    """A question that is being asked; a copy to be read, not followed by the session."""
    return Prompt.model_construct(id=_KEEP(session, **values).fetchone()[0], **values)


def latest(session: Session, community_id: int, since: datetime) -> Prompt | None:
    """The newest question the community was asked after *since*."""
    query = (
        select(Prompt)
        .where(col(Prompt.community_id) == community_id, col(Prompt.asked_at) > since)
        .order_by(col(Prompt.id).desc())
    )
    return session.exec(query.limit(1)).one_or_none()


def wanting(session: Session, community_id: int, now: datetime) -> list[tuple[Person, Chat]]:
    """Members who asked to be asked in private, are not muted and can be written to."""
    write_changes(session, Member, ReflectionHabit)
    if not _ANYBODY(session, community=community_id).fetchone():
        return []
    query = (
        select(Person, Chat)
        .join(Member, col(Member.person_id) == col(Person.id))
        .join(ReflectionHabit, col(ReflectionHabit.person_id) == col(Person.id))
        .join(Chat, col(Chat.person_id) == col(Person.id))
        .where(
            col(Member.community_id) == community_id,
            col(ReflectionHabit.asked),
            col(Chat.private),
            col(Chat.active),
            col(Person.muted_until).is_(None) | (col(Person.muted_until) <= now),
        )
        .order_by(col(Person.id), col(Chat.id))
    )
    # A person with several private chats is asked in the newest one.
    return list({person.id: (person, chat) for person, chat in session.exec(query)}.values())


def wait_for(
    session: Session,
    chat_id: int,
    person_id: int,
    route: str,
    content: dict[str, int],
    now: datetime,
    until: datetime,
) -> None:
    """Wait for the person's next words in their chat, unless they are already asked something there."""
    mine = (col(Pending.chat_id) == chat_id, col(Pending.person_id) == person_id)
    session.execute(delete(Pending).where(*mine, col(Pending.expires_at) <= now))
    if session.exec(select(Pending.id).where(*mine)).one_or_none() is None:
        pending = Pending(chat_id=chat_id, person_id=person_id, route=route, expires_at=until)
        pending.content, pending.asked_at = content, now
        session.add(pending)


def export_community(session: Session, community_id: int) -> dict[str, Any]:
    """What the community was asked: the model, and its own words where it had some."""
    query = select(Prompt).where(col(Prompt.community_id) == community_id).order_by(col(Prompt.id))
    return {
        "asked": [
            {
                "asked_at": one.asked_at.isoformat(),
                "week": one.week,
                "model": one.model,
                "question": one.words or one.question,
            }
            for one in session.exec(query)
        ]
    }
