"""Opening the database: one engine, SQLite tuned so that a commit survives a power cut."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.pool import QueuePool

from storage.prepared import utter
from storage.types import written

BUSY = "busy_timeout=30000"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    BUSY,
    "secure_delete=ON",
    # The writer copies the log back when it has a moment; this is for when it has none.
    "wal_autocheckpoint=4000",
    "cache_size=-32000",
    "temp_store=MEMORY",
)


class Damaged(Exception):
    """The database file does not pass SQLite's own check."""


def open_database(url: str) -> Engine:
    """An engine for *url*; a SQLite file and its folder are made readable by their owner only."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite"):
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            hide_parameters=True,
            json_serializer=written,
        )
    if parsed.database:
        _keep_private(Path(parsed.database))
    engine = create_engine(
        parsed,
        poolclass=QueuePool,
        pool_size=4,
        # What people wrote must not reach an error text.
        hide_parameters=True,
        json_serializer=written,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", _begin)
    return engine


def check(connection: Connection) -> None:
    """Raise Damaged unless SQLite's quick check passes; other databases check themselves."""
    if connection.dialect.name != "sqlite":
        return
    found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if found != "ok":
        raise Damaged(str(found))


def copy_back(connection: Connection) -> None:
    """Copy SQLite's log back into the database, as far as nobody reads it; not in a transaction."""
    _tend(connection, "wal_checkpoint(PASSIVE)")


def empty_log(connection: Connection) -> None:
    """Copy SQLite's log back and leave it empty, so that what was deleted is nowhere on the disk any more.

    While somebody reads, it stays. Not in a transaction.
    """
    _tend(connection, "busy_timeout=0")
    try:
        _tend(connection, "wal_checkpoint(TRUNCATE)")
    finally:
        _tend(connection, BUSY)


def _tend(connection: Connection, pragma: str) -> None:
    # Other databases look after their logs themselves.
    if connection.dialect.name == "sqlite":
        utter(connection, f"PRAGMA {pragma}").fetchall()


def _keep_private(path: Path) -> None:
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)
    os.chmod(path, 0o600)


def _tune(connection: Any, _record: Any) -> None:
    # The driver must not open transactions of its own, or savepoints are lost in them.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    utter(connection, "BEGIN IMMEDIATE")
