"""Arranging due moments."""

from datetime import datetime

from sqlalchemy import String, bindparam, select, update
from sqlmodel import Session, col

from storage.models.due import Schedule
from storage.prepared import Prepared
from storage.touched import touched
from storage.types import UTCDateTime

_IS_IT = (
    col(Schedule.kind) == bindparam("of_kind", type_=String),
    col(Schedule.ref_id) == bindparam("of"),
)
_THERE = Prepared(select(col(Schedule.id)).where(*_IS_IT))
_NEW = Prepared.insert(Schedule)
_AGAIN = Prepared(
    update(Schedule)
    .where(*_IS_IT, col(Schedule.next_at).is_(None))
    .values(next_at=bindparam("moment", type_=UTCDateTime))
)


def arrange(session: Session, kind: str, ref_id: int, community_id: int, moment: datetime) -> None:
    """Let something of *kind* be due at *moment*, unless it is due at some time already."""
    if _THERE(session, of_kind=kind, of=ref_id).fetchone() is None:
        due = {"kind": kind, "ref_id": ref_id, "community_id": community_id, "next_at": moment}
        _NEW(session, **due, content={}, attempts=0)
    else:
        _AGAIN(session, of_kind=kind, of=ref_id, moment=moment)
    touched(session).add(str(Schedule.__tablename__))


def resume(session: Session, kind: str, ref_id: int, moment: datetime) -> None:
    """Let what was arranged once, and is not due any more, be due at *moment*."""
    _AGAIN(session, of_kind=kind, of=ref_id, moment=moment)
    touched(session).add(str(Schedule.__tablename__))
