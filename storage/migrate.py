"""Bringing a database to the shape this version expects, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage.database import Damaged
from storage.prepared import utter

FOLDER = Path(__file__).parent / "migrations"


class TooNew(Exception):
    """The database was made by a newer version of the program."""


def revisions() -> list[str]:
    """Every shape this version knows, oldest first: the numbers its migrations are named by."""
    return sorted(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def knows(revision: str) -> bool:
    """Whether a database of that revision was made by this version or an earlier one."""
    return revision in revisions()


def migrate(engine: Engine) -> None:
    """Upgrade to the newest shape; raises TooNew for a database this version does not know."""
    with engine.connect() as connection:
        with connection.begin():
            if _revision(connection) == revisions()[-1]:
                return
        with _references_unwatched(connection), connection.begin():
            current = _revision(connection)
            if current is not None and not knows(current):
                raise TooNew(current)
            before = _astray(connection)
            _upgrade(connection)
            if _astray(connection) > before:
                raise Damaged("rows that others refer to were lost")


@contextmanager
def _references_unwatched(connection: Connection) -> Iterator[None]:
    """SQLite lays a table out anew by dropping it, which must not take along what refers to its rows."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # Outside of a transaction, or it would change nothing.
    utter(connection, "PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        utter(connection, "PRAGMA foreign_keys=ON")


def _astray(connection: Connection) -> int:
    """How many rows refer to rows that are not there, which SQLite does not see to by itself meanwhile."""
    watched = connection.dialect.name != "sqlite"
    return 0 if watched else len(connection.execute(text("PRAGMA foreign_key_check")).all())


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    # Loaded only when there is something to do, which is seldom, since loading it takes a tenth of a second.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
