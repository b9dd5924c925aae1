"""Browsing what a community shared: by tag, subject, week, sharer."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from storage.models.resource import NIGHTS_UNTIL_BROKEN, Resource, ResourceCredit, ResourceTag
from storage.queries.resource import Entry, entries

# Terms begin a little earlier or later each year; the number of the week says which one is meant.
A_YEAR, SOME_WEEKS = timedelta(days=365), timedelta(weeks=6)


def visible(community_id: int) -> ColumnElement[bool]:
    """What everybody in the community may see."""
    return (col(Resource.community_id) == community_id) & ~col(Resource.hidden)


def page(session: Session, shown: ColumnElement[bool], size: int, number: int) -> tuple[list[Entry], bool]:
    """Page *number* (from 0) of the entries that are *shown*, newest first; and whether there are more."""
    query = select(col(Resource.id)).where(shown).order_by(col(Resource.id).desc())
    ids = [id_ or 0 for id_ in session.scalars(query.limit(size + 1).offset(size * number))]
    return entries(session, ids[:size]), len(ids) > size


def shared_between(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Entries that came in between the two moments."""
    # The Monday is in an index, so that old entries are not looked at.
    recent = col(Resource.monday) >= since.date() - timedelta(days=7)
    return recent & (col(Resource.shared_at) >= since) & (col(Resource.shared_at) < until)


def tagged(folded: str) -> ColumnElement[bool]:
    """Entries with the tag."""
    return col(Resource.id).in_(select(col(ResourceTag.resource_id)).where(col(ResourceTag.folded) == folded))


def shared_by(person_id: int) -> ColumnElement[bool]:
    """Entries the person shared."""
    return col(Resource.id).in_(
        select(col(ResourceCredit.resource_id)).where(col(ResourceCredit.person_id) == person_id)
    )


def tags_of(session: Session, community_id: int, most: int) -> list[tuple[int, str]]:
    """The tags on most entries: the number of one row that has it, and the tag."""
    query = (
        select(func.min(col(ResourceTag.id)), func.min(col(ResourceTag.tag)))
        .join(Resource, col(Resource.id) == col(ResourceTag.resource_id))
        .where(visible(community_id))
        .group_by(col(ResourceTag.folded))
        .order_by(func.count().desc(), func.min(col(ResourceTag.id)))
        .limit(most)
    )
    return [(id_, tag) for id_, tag in session.execute(query)]


def subjects_of(session: Session, community_id: int) -> list[str]:
    """The subjects there is something of."""
    query = select(col(Resource.subject)).where(visible(community_id), col(Resource.subject) != "").distinct()
    return sorted(session.scalars(query))


def weeks_of(session: Session, community_id: int, most: int) -> list[tuple[date, int | None]]:
    """The newest weeks something was shared in: their Monday and teaching week."""
    query = (
        select(col(Resource.monday), func.max(col(Resource.week)))
        .where(visible(community_id))
        .group_by(col(Resource.monday))
        .order_by(col(Resource.monday).desc())
        .limit(most)
    )
    return [(monday, week) for monday, week in session.execute(query)]


def links_to_check(session: Session, community_id: int, most: int) -> list[Resource]:
    """The links looked at longest ago, those never looked at first."""
    query = (
        select(Resource)
        .where(visible(community_id), col(Resource.kind) == "link")
        .order_by(col(Resource.checked_at).is_not(None), col(Resource.checked_at), col(Resource.id))
        .limit(most)
    )
    return list(session.scalars(query))


def week_a_year_before(session: Session, community_id: int, day: date, week: int, most: int) -> list[Entry]:
    """What was shared in teaching week *week* about a year before *day*; what several shared comes first."""
    sharers = (
        select(func.count())
        .where(col(ResourceCredit.resource_id) == col(Resource.id))
        .correlate(Resource)
        .scalar_subquery()
    )
    query = (
        select(col(Resource.id))
        .where(
            visible(community_id),
            col(Resource.week) == week,
            col(Resource.failures) < NIGHTS_UNTIL_BROKEN,
            col(Resource.monday) < day - A_YEAR + SOME_WEEKS,
            col(Resource.monday) > day - A_YEAR - SOME_WEEKS,
        )
        .order_by((sharers > 1).desc(), col(Resource.id))
        .limit(most)
    )
    return entries(session, [id_ or 0 for id_ in session.scalars(query)])
