"""What leaders changed, newest first."""

from sqlalchemy import select
from sqlmodel import Session, col

from storage.models.community import Person
from storage.models.log import Change


def changes_of(
    session: Session, community_id: int, skip: int, most: int
) -> list[tuple[Change, Person | None]]:
    """At most *most* changes after the newest *skip*, each with who made it if they are still known."""
    query = (
        select(Change, Person)
        .outerjoin(Person, col(Person.id) == col(Change.person_id))
        .where(col(Change.community_id) == community_id)
        .order_by(col(Change.at).desc(), col(Change.id).desc())
        .offset(skip)
        .limit(most)
    )
    return list(session.execute(query))
