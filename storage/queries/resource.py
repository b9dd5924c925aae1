"""Entries of the library: keeping, merging, listing, and taking a person's share out again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, delete, exists, select
from sqlmodel import Session, col

from storage import search
from storage.models.community import Account, Community, Member, Person
from storage.models.due import Schedule
from storage.models.resource import Resource, ResourceCredit, ResourceLookup, ResourceOffer, ResourceTag
from storage.prepared import Prepared
from storage.rows import made

NIGHTLY = "deadlinks"


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource with its tags and with who shared it, first sharer first."""

    resource: Resource
    tags: tuple[str, ...] = ()
    sharers: Mapping[int, str] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.resource.id or 0

    def is_of(self, person_id: int | None) -> bool:
        """Whether the person is one of those who shared it."""
        return person_id in self.sharers


_SAME = Prepared(
    select(
        select(col(Resource.id))
        .where(
            col(Resource.community_id) == bindparam("community"),
            col(Resource.key) == bindparam("key", type_=String),
        )
        .scalar_subquery(),
        exists().where(
            col(Schedule.kind) == NIGHTLY,
            col(Schedule.ref_id) == bindparam("community"),
            col(Schedule.next_at).is_not(None),
        ),
    )
)
_KEEP = Prepared.insert(Resource, returning=True)
_CREDIT = Prepared.insert(ResourceCredit)
_TAG = Prepared.insert(ResourceTag)


def same(session: Session, community_id: int, key: str) -> tuple[int | None, bool]:
    """The entry that is the same thing, if there is one; and whether the community's nights are planned."""
    found, is_planned = _SAME(session, community=community_id, key=key).fetchone()
    return found, bool(is_planned)


def add(session: Session, resource: Resource, tags: Mapping[str, str], sharers: Mapping[int, str]) -> Entry:
    """Keep a new entry; *tags* by their folded form, *sharers* are names by person.

    The entry's row is a copy to be read: it is kept by a statement and not followed by the session.
    """
    values = resource.model_dump(exclude={"id"})
    resource = made(Resource, id=_KEEP(session, **values).fetchone()[0], **values)
    entry = Entry(resource, tuple(tags.values()), sharers)
    credit(session, entry.id, sharers, resource.shared_at)
    _insert_tags(session, resource, tags)
    _index(session, entry)
    return entry


def credit(session: Session, resource_id: int, people: Iterable[int], now: datetime) -> None:
    """Name *people*, who are not named yet, as sharers of the entry."""
    _CREDIT.each(
        session, [{"resource_id": resource_id, "person_id": person_id, "at": now} for person_id in people]
    )


def add_tags(session: Session, resource: Resource, tags: Mapping[str, str]) -> None:
    """Put the tags on that the entry does not have yet."""
    query = select(col(ResourceTag.folded)).where(col(ResourceTag.resource_id) == resource.id)
    there = set(session.scalars(query))
    _insert_tags(session, resource, {folded: tag for folded, tag in tags.items() if folded not in there})


def drop_tags(session: Session, resource: Resource, folded: Iterable[str]) -> None:
    """Take tags off the entry."""
    session.execute(
        delete(ResourceTag).where(
            col(ResourceTag.resource_id) == resource.id, col(ResourceTag.folded).in_(list(folded))
        )
    )


def _insert_tags(session: Session, resource: Resource, tags: Mapping[str, str]) -> None:
    of = {"resource_id": resource.id, "community_id": resource.community_id}
    _TAG.each(session, [{"tag": tag, "folded": folded, **of} for folded, tag in tags.items()])


def entry(session: Session, resource_id: int) -> Entry | None:
    """One entry, if it is there."""
    return next(iter(entries(session, [resource_id])), None)


def entries(session: Session, ids: Sequence[int]) -> list[Entry]:
    """The entries of these ids that are there, in their order."""
    if not ids:
        return []
    rows = {row.id or 0: row for row in session.scalars(select(Resource).where(col(Resource.id).in_(ids)))}
    tags: dict[int, list[str]] = {}
    query = select(ResourceTag).where(col(ResourceTag.resource_id).in_(ids)).order_by(col(ResourceTag.id))
    for tag in session.scalars(query):
        tags.setdefault(tag.resource_id, []).append(tag.tag)
    sharers = _sharers(session, ids)
    return [Entry(rows[id_], tuple(tags.get(id_, ())), sharers.get(id_, {})) for id_ in ids if id_ in rows]


def _sharers(session: Session, ids: Sequence[int]) -> dict[int, dict[int, str]]:
    query = (
        select(col(ResourceCredit.resource_id), col(ResourceCredit.person_id), col(Person.name))
        .join(Person, col(Person.id) == col(ResourceCredit.person_id))
        .where(col(ResourceCredit.resource_id).in_(ids))
        .order_by(col(ResourceCredit.at), col(ResourceCredit.person_id))
    )
    found: dict[int, dict[int, str]] = {}
    for resource_id, person_id, name in session.execute(query):
        found.setdefault(resource_id, {})[person_id] = name
    return found


def member_at(session: Session, community_id: int, platform: str, address: str) -> tuple[int, str] | None:
    """Id and name of the member with that account, if there is one."""
    query = (
        select(col(Person.id), col(Person.name))
        .join(Account, col(Account.person_id) == col(Person.id))
        .join(Member, col(Member.person_id) == col(Person.id))
        .where(
            col(Account.platform) == platform,
            col(Account.address) == address,
            col(Member.community_id) == community_id,
        )
    )
    found = session.execute(query).one_or_none()
    return (found[0] or 0, found[1]) if found else None


def reindex(session: Session, resource_id: int) -> None:
    """Make the entry found by what it now says; a hidden one is not found."""
    session.flush()
    found = entry(session, resource_id)
    if found is None:
        return
    search.forget(session, found.resource.community_id, found.id)
    if not found.resource.hidden:
        _index(session, found)


def reindex_of(session: Session, person_id: int) -> None:
    """Make all the person shared found by what they are called now."""
    shared = select(col(ResourceCredit.resource_id)).where(col(ResourceCredit.person_id) == person_id)
    for number in session.scalars(shared).all():
        reindex(session, number or 0)


def _index(session: Session, found: Entry) -> None:
    one = found.resource
    words = [one.title, *found.tags, *found.sharers.values(), one.keywords, one.name, one.note, one.address]
    search.index(session, one.community_id, found.id, "\n".join(word for word in words if word))


def remove(session: Session, resource: Resource) -> None:
    """Delete the entry and every word of it."""
    search.forget(session, resource.community_id, resource.id or 0)
    session.execute(delete(Resource).where(col(Resource.id) == resource.id))


def withdraw(session: Session, resource: Resource, person_id: int) -> bool:
    """Take the person's name off the entry; True if it stays because others shared it too."""
    mine = (col(ResourceCredit.resource_id) == resource.id) & (col(ResourceCredit.person_id) == person_id)
    session.execute(delete(ResourceCredit).where(mine))
    others = exists().where(col(ResourceCredit.resource_id) == resource.id)
    if not session.scalar(select(others)):
        remove(session, resource)
        return False
    reindex(session, resource.id or 0)
    return True


def forget_lookups(session: Session, before: datetime) -> None:
    """Delete old searches, and what was sent but never put anywhere."""
    session.execute(delete(ResourceLookup).where(col(ResourceLookup.at) < before))
    session.execute(delete(ResourceOffer).where(col(ResourceOffer.at) < before))


def export(session: Session, person_id: int) -> dict[str, Any]:
    """What the person shared, and what waits to be put somewhere."""
    query = (
        select(col(ResourceCredit.resource_id), col(Community.name))
        .join(Resource, col(Resource.id) == col(ResourceCredit.resource_id))
        .join(Community, col(Community.id) == col(Resource.community_id))
        .where(col(ResourceCredit.person_id) == person_id)
        .order_by(col(ResourceCredit.resource_id))
    )
    where: dict[int, str] = dict(session.execute(query).all())
    offers = session.scalars(select(ResourceOffer).where(col(ResourceOffer.person_id) == person_id))
    lookups = session.scalars(select(ResourceLookup).where(col(ResourceLookup.person_id) == person_id))
    kept = {
        "shared": [{"community": where[one.id]} | _told(one) for one in entries(session, list(where))],
        "waiting": [offer.content["words"] for offer in offers],
        "searches": [lookup.words for lookup in lookups],
    }
    return {name: rows for name, rows in kept.items() if rows}


def _told(one: Entry) -> dict[str, Any]:
    row = one.resource
    return {
        "title": row.title,
        "note": row.note,
        "link": row.address,
        "file": row.name,
        "tags": list(one.tags),
        "subject": row.subject,
        "grade": row.grade,
        "unit": row.unit,
        "week": row.week,
        "shared": row.shared_at.isoformat(),
    }


def export_community(session: Session, community_id: int) -> dict[str, Any]:
    """What stands in the library for the whole group, with who shared it."""
    shown = select(col(Resource.id)).where(col(Resource.community_id) == community_id, ~col(Resource.hidden))
    ids = [number for number in session.scalars(shown.order_by(col(Resource.id))) if number]
    return {
        "resources": [_told(one) | {"shared_by": list(one.sharers.values())} for one in entries(session, ids)]
    }


def erase(session: Session, person_id: int) -> None:
    """Take the person's name off everything; what nobody else shared is deleted."""
    session.execute(delete(ResourceOffer).where(col(ResourceOffer.person_id) == person_id))
    session.execute(delete(ResourceLookup).where(col(ResourceLookup.person_id) == person_id))
    mine = select(Resource).join(ResourceCredit, col(ResourceCredit.resource_id) == col(Resource.id))
    for resource in session.scalars(mine.where(col(ResourceCredit.person_id) == person_id)).all():
        withdraw(session, resource, person_id)
