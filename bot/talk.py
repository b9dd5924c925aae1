"""How often a platform still lets us speak after somebody has spoken to us, kept in the database."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from storage.models.delivery import Talk


def open_talk(session: Session, chat_id: int, allowed: dict[str, Any], now: datetime) -> None:
    """Something happened there: *allowed* says of what kind, for how many seconds, how many messages."""
    until = now + timedelta(seconds=allowed["seconds"])
    session.merge(Talk(chat_id=chat_id, kind=allowed["kind"], until=until, left=allowed["left"]))


def spend(session: Session, chat_id: int, now: datetime) -> bool:
    """Take one message of what is left, from what ends soonest; False when nothing is."""
    query = select(Talk).where(col(Talk.chat_id) == chat_id, col(Talk.until) > now, col(Talk.left) > 0)
    found = session.exec(query.order_by(col(Talk.until)).limit(1)).one_or_none()
    if found is None:
        return False
    found.left -= 1
    return True


def shut(session: Session, chat_id: int) -> None:
    """The platform says it is over, whatever we had counted."""
    for one in session.exec(select(Talk).where(col(Talk.chat_id) == chat_id)):
        one.left = 0
