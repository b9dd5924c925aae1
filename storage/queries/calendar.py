"""A community's own days."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from storage.models.calendar import CalendarDay
from storage.prepared import Prepared, write_changes

# Most communities keep none, and this is asked whenever a date is.
_ANY = Prepared(
    select(col(CalendarDay.community_id))
    .where(col(CalendarDay.community_id) == bindparam("community"))
    .limit(1)
)


def days_of(session: Session, community_id: int) -> list[CalendarDay]:
    """Every day the community has corrected or imported, in order."""
    write_changes(session, CalendarDay)
    if not _ANY(session, community=community_id).fetchone():
        return []
    query = select(CalendarDay).where(col(CalendarDay.community_id) == community_id)
    return list(session.exec(query.order_by(col(CalendarDay.day))))


def put_days(
    session: Session, community_id: int, kinds: Mapping[date, str], names: Mapping[date, str]
) -> None:
    """Keep what the days are; a day kept before is overwritten."""
    for day, kind in kinds.items():
        row = CalendarDay(community_id=community_id, day=day, kind=kind, name=names.get(day, ""))
        session.merge(row)
    session.flush()
