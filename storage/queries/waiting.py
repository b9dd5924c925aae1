"""What waits in a chat until somebody speaks there."""

from sqlmodel import Session, col, func, select

from storage.models.delivery import Outbox


def waits(session: Session, chat_id: int) -> int:
    """How many posts wait there."""
    query = select(func.count()).where(col(Outbox.chat_id) == chat_id, col(Outbox.state) == "shut")
    return session.exec(query).one()
