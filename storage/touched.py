"""Which tables a session has written rows of, so that who waits for them can be woken after the commit."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session


def touched(session: Session) -> set[str]:
    """Names of the tables this session has flushed new or changed rows of."""
    found: set[str] = session.info.setdefault("touched", set())
    return found


@event.listens_for(Session, "before_flush")
def _note(session: Session, _context: Any, _instances: Any) -> None:
    touched(session).update(type(row).__tablename__ for row in (*session.new, *session.dirty))
