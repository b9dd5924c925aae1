"""Bringing a database to the shape this version expects, in one transaction."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

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
    with engine.connect() as connection, connection.begin():
        current = _revision(connection)
        if current == revisions()[-1]:
            return
        if current is not None and not knows(current):
            raise TooNew(current)
        _upgrade(connection)


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
