"""Finding discussions, meetings and answers; what of them is kept of a person."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.models.community import Person
from storage.models.discussion import Discussion, Meeting, Rsvp
from storage.models.due import Schedule

Held = tuple[Meeting, Discussion]
ALIVE = ("on", "held")


def discussion(session: Session, community_id: int, discussion_id: int) -> Discussion | None:
    """The discussion, if it is this community's."""
    found = session.get(Discussion, discussion_id)
    return found if found is not None and found.community_id == community_id else None


def meeting(session: Session, community_id: int, meeting_id: int) -> Held | None:
    """The meeting with its discussion, if it is this community's."""
    query = (
        select(Meeting, Discussion)
        .join(Discussion, col(Discussion.id) == col(Meeting.discussion_id))
        .where(col(Meeting.id) == meeting_id, col(Meeting.community_id) == community_id)
    )
    found = session.exec(query).one_or_none()
    return (found[0], found[1]) if found else None


def anywhere(session: Session, meeting_id: int) -> Held | None:
    """The meeting with its discussion, of whatever community."""
    found = session.get(Meeting, meeting_id)
    return meeting(session, found.community_id, meeting_id) if found else None


def between(
    session: Session,
    community_id: int,
    start: datetime,
    end: datetime | None = None,
    states: Collection[str] = ALIVE,
) -> list[Held]:
    """Meetings that end after *start* and begin before *end*, in order."""
    query = (
        select(Meeting, Discussion)
        .join(Discussion, col(Discussion.id) == col(Meeting.discussion_id))
        .where(
            col(Meeting.community_id) == community_id,
            col(Meeting.ends_at) > start,
            col(Meeting.status).in_(states),
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )
    if end is not None:
        query = query.where(col(Meeting.starts_at) < end)
    return [(row[0], row[1]) for row in session.exec(query)]


def meetings_of(session: Session, discussion_id: int, after: datetime | None = None) -> list[Meeting]:
    """The meetings of a discussion, those not begun by *after*, in order."""
    query = select(Meeting).where(col(Meeting.discussion_id) == discussion_id)
    if after is not None:
        query = query.where(col(Meeting.starts_at) > after)
    return list(session.exec(query.order_by(col(Meeting.slot))))


def outcomes(session: Session, community_id: int, since: datetime, until: datetime, most: int) -> list[Held]:
    """Meetings that ended between the two moments and have an outcome, in order."""
    query = (
        select(Meeting, Discussion)
        .join(Discussion, col(Discussion.id) == col(Meeting.discussion_id))
        .where(
            col(Meeting.community_id) == community_id,
            col(Meeting.ends_at) >= since,
            col(Meeting.ends_at) < until,
            col(Meeting.outcome) != "",
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )
    return [(row[0], row[1]) for row in session.exec(query.limit(most))]


def fixed_series(session: Session, community_id: int) -> list[Discussion]:
    """Repeated discussions that go on."""
    query = select(Discussion).where(
        col(Discussion.community_id) == community_id,
        col(Discussion.status) == "fixed",
        col(Discussion.rrule) != "",
    )
    return list(session.exec(query.order_by(col(Discussion.id))))


def answers(session: Session, meeting_id: int) -> list[tuple[Rsvp, str]]:
    """Who answered or wants to be reminded, with their names, first answer first."""
    query = (
        select(Rsvp, Person.name)
        .join(Person, col(Person.id) == col(Rsvp.person_id))
        .where(col(Rsvp.meeting_id) == meeting_id)
        .order_by(col(Rsvp.answered_at), col(Rsvp.id))
    )
    return [(row[0], row[1]) for row in session.exec(query)]


def answered(session: Session, meeting_ids: Sequence[int]) -> list[int]:
    """The persons who answered for any of the meetings, each once."""
    query = select(Rsvp.person_id).where(col(Rsvp.meeting_id).in_(meeting_ids), col(Rsvp.answer) != "")
    return list(session.exec(query.distinct().order_by(col(Rsvp.person_id))))


def answered_by(
    session: Session, community_id: int, person_id: int, after: datetime
) -> list[tuple[Rsvp, Meeting, Discussion]]:
    """The person's rows for meetings of the community that are not over."""
    query = (
        select(Rsvp, Meeting, Discussion)
        .join(Meeting, col(Meeting.id) == col(Rsvp.meeting_id))
        .join(Discussion, col(Discussion.id) == col(Meeting.discussion_id))
        .where(
            col(Rsvp.person_id) == person_id,
            col(Meeting.community_id) == community_id,
            col(Meeting.ends_at) > after,
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )
    return [(row[0], row[1], row[2]) for row in session.exec(query)]


def rsvp(session: Session, meeting_id: int, person_id: int) -> Rsvp:
    """The person's row for the meeting, made if there is none."""
    query = select(Rsvp).where(col(Rsvp.meeting_id) == meeting_id, col(Rsvp.person_id) == person_id)
    found = session.exec(query).one_or_none() or Rsvp(meeting_id=meeting_id, person_id=person_id)
    session.add(found)
    return found


def schedule(session: Session, kind: str, ref_id: int) -> Schedule | None:
    """The schedule of that kind for a meeting or a community."""
    query = select(Schedule).where(col(Schedule.kind) == kind, col(Schedule.ref_id) == ref_id)
    return session.exec(query).one_or_none()


def export(session: Session, person_id: int) -> dict[str, Any]:
    """The person's answers to meetings, and the discussions they brought up."""
    query = (
        select(Rsvp, Meeting, Discussion)
        .join(Meeting, col(Meeting.id) == col(Rsvp.meeting_id))
        .join(Discussion, col(Discussion.id) == col(Meeting.discussion_id))
        .where(col(Rsvp.person_id) == person_id)
        .order_by(col(Meeting.starts_at))
    )
    brought = select(Discussion).where(col(Discussion.created_by) == person_id).order_by(col(Discussion.id))
    return {
        "answers": [_answer(*row) for row in session.exec(query)],
        "discussions": [
            {"title": one.title, "first": one.starts_on.isoformat(), "status": one.status}
            for one in session.exec(brought)
        ],
    }


def _answer(one: Rsvp, held: Meeting, about: Discussion) -> dict[str, Any]:
    return {
        "title": about.title,
        "starts_at": held.starts_at.isoformat(),
        "answer": one.answer,
        "waiting": one.waiting,
        "remind": one.remind,
    }


def export_community(session: Session, community_id: int) -> dict[str, Any]:
    """The meetings of what was fixed, with who said in the group that they come, and what came of them."""
    query = (
        select(Meeting, Discussion)
        .join(Discussion, col(Discussion.id) == col(Meeting.discussion_id))
        .where(col(Meeting.community_id) == community_id, col(Discussion.status) != "proposed")
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )
    return {"meetings": [_shown(session, *row) for row in session.exec(query)]}


def _shown(session: Session, held: Meeting, about: Discussion) -> dict[str, Any]:
    coming = [name for one, name in answers(session, held.id or 0) if one.answer == "yes" and not one.waiting]
    return {
        "title": about.title,
        "place": about.place,
        "starts_at": held.starts_at.isoformat(),
        "ends_at": held.ends_at.isoformat(),
        "status": held.status,
        "coming": coming,
        "outcome": held.outcome,
    }


def erase(session: Session, person_id: int) -> None:
    """Delete the person's answers and their name from what they brought up."""
    session.execute(delete(Rsvp).where(col(Rsvp.person_id) == person_id))
    session.execute(update(Discussion).where(col(Discussion.created_by) == person_id).values(created_by=None))
