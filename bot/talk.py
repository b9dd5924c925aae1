"""How often a platform still lets us speak after somebody has spoken to us, kept in the database."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.models.delivery import Talk
from storage.prepared import Prepared
from storage.types import UTCDateTime

NOTICE = "notice:"
_IS_NOTICE = col(Talk.kind).startswith(NOTICE)
_OPEN = (
    'INSERT INTO talk (chat_id, kind, until, "left") VALUES (:chat, :kind, :until, :left) '
    'ON CONFLICT (chat_id, kind) DO UPDATE SET until = excluded.until, "left" = excluded."left"'
)
_SET, _ADD = (
    Prepared(text(words).bindparams(bindparam("until", type_=UTCDateTime)))
    for words in (_OPEN, f'{_OPEN} + talk."left"')
)


def open_talk(session: Session, chat_id: int, allowed: dict[str, Any], now: datetime) -> None:
    """Something happened there: *allowed* says of what *kind*, for how many *seconds*, how many are *left*.

    With *adds* they come on top of those that were left.
    """
    until = now + timedelta(seconds=allowed["seconds"])
    open_ = _ADD if allowed.get("adds") else _SET
    open_(session, chat=chat_id, kind=allowed["kind"], until=until, left=allowed["left"])


def may_speak(session: Session, chat_id: int, now: datetime) -> bool:
    """Whether a message is left; a notice somebody allowed is none, it takes only a line of what is due."""
    return session.exec(_left(chat_id, now).where(~_IS_NOTICE).limit(1)).first() is not None


def spend(session: Session, chat_id: int, now: datetime) -> str | None:
    """Take one message of what is left, from what ends soonest; its kind, None when nothing is left."""
    return _take(session, chat_id, now, notices=False)


def spend_notice(session: Session, chat_id: int, now: datetime) -> str | None:
    """Take one notice somebody allowed us; its kind, None when there is none."""
    return _take(session, chat_id, now, notices=True)


def form_of_notice(kind: str) -> str:
    """The platform's id of the form that a notice of *kind* has."""
    return kind.removeprefix(NOTICE)


def give_back(session: Session, chat_id: int, kind: str) -> None:
    """What was taken was not said after all."""
    found = session.get(Talk, (chat_id, kind))
    if found is not None:
        found.left += 1


def _take(session: Session, chat_id: int, now: datetime, notices: bool) -> str | None:
    """The kind one message was taken from."""
    query = _left(chat_id, now).where(_IS_NOTICE if notices else ~_IS_NOTICE)
    found = session.exec(query.order_by(col(Talk.until)).limit(1)).one_or_none()
    if found is None:
        return None
    found.left -= 1
    return found.kind


def _left(chat_id: int, now: datetime) -> SelectOfScalar[Talk]:
    return select(Talk).where(col(Talk.chat_id) == chat_id, col(Talk.until) > now, col(Talk.left) > 0)


def shut(session: Session, chat_id: int) -> None:
    """The platform says it is over, whatever we had counted."""
    for one in session.exec(select(Talk).where(col(Talk.chat_id) == chat_id)):
        if not one.kind.startswith(NOTICE):
            one.left = 0
