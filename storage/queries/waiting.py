"""What waits in a chat until somebody speaks there."""

from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from storage.models.delivery import Outbox


def waits(session: Session, chat_id: int, now: datetime) -> int:
    """How many posts wait there that are still worth reading."""
    fresh = or_(col(Outbox.expires_at).is_(None), col(Outbox.expires_at) > now)
    shut = select(func.count()).where(col(Outbox.chat_id) == chat_id, col(Outbox.state) == "shut", fresh)
    return session.exec(shut).one()


def is_unread(session: Session, chat_id: int, written_at: datetime) -> bool:
    """Whether what was written for the chat at that moment has not been told there yet."""
    states = col(Outbox.state).in_(["open", "shut"])
    query = select(Outbox.id).where(
        col(Outbox.chat_id) == chat_id, states, col(Outbox.created_at) == written_at
    )
    return session.exec(query.limit(1)).first() is not None
