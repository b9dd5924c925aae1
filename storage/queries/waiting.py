"""What waits in a chat until somebody speaks there."""

from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from storage.models.delivery import Outbox
from storage.prepared import spelt
from storage.queries.delivery import unsent


def waits(session: Session, chat_id: int, now: datetime) -> int:
    """How many posts wait there that are still worth reading."""
    fresh = or_(col(Outbox.expires_at).is_(None), col(Outbox.expires_at) > now)
    shut = (col(Outbox.chat_id) == chat_id, col(Outbox.state) == spelt("shut"))
    return session.exec(select(func.count()).where(*shut, fresh)).one()


def is_unread(session: Session, chat_id: int, written_at: datetime) -> bool:
    """Whether what was written for the chat at that moment has not been told there yet."""
    query = select(Outbox.id).where(unsent(chat_id), col(Outbox.created_at) == written_at)
    return session.exec(query.limit(1)).first() is not None
