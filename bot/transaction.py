"""One piece of work in a transaction, and whether the database itself is why it failed."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from storage.prepared import hold
from storage.touched import touched

T = TypeVar("T")
Work = Callable[[Session], T]
TROUBLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}


def alone(session: Session, work: Work[T]) -> T:
    """*work* in a session that others have used and will: it finds nothing of theirs and leaves nothing."""
    result = work(session)
    session.flush()
    session.expunge_all()
    touched(session).clear()
    return result


def in_savepoint(connection: Connection, work: Work[T]) -> T:
    session = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
    try:
        hold(session)
        result = work(session)
        session.commit()
    except BaseException as error:
        if not is_trouble(error):
            session.rollback()
        raise
    finally:
        session.close()
    return result


def is_trouble(error: BaseException) -> bool:
    """Whether the database itself is in trouble, as opposed to one piece of work asking something wrong."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in TROUBLE
    return error.connection_invalidated or isinstance(error, OperationalError)
