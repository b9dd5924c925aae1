"""The shape of the database: made by migrations alone, from any earlier version, or refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from storage.database import open_database
from storage.migrate import FOLDER, TooNew, migrate
from storage.models import metadata

EARLIER = ["0001", "0002", "0003", "0004", "0005"]
FOUNDED = (
    "INSERT INTO community"
    " (name, language, zone, country, term_weeks, quiet_from, quiet_to, bells, created_at) "
    "VALUES (:name, 'zh-CN', 'Asia/Shanghai', 'CN', 20, '20:00:00', '07:30:00', '{}', '2026-08-31 00:00:00')"
)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_database")
    engine = open_database(url)
    yield engine
    engine.dispose()


def upgrade_to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_the_migrations_make_what_the_models_say(database: Engine) -> None:
    migrate(database)
    with database.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert found == []


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_of_an_earlier_version_keeps_what_it_holds(database: Engine, revision: str) -> None:
    upgrade_to(database, revision)
    with database.begin() as connection:
        connection.execute(text(FOUNDED), {"name": "三年级数学"})
    migrate(database)
    migrate(database)
    with database.connect() as connection:
        assert connection.execute(text("SELECT name, term_weeks FROM community")).all() == [
            ("三年级数学", 20)
        ]
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database: Engine) -> None:
    migrate(database)
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TooNew):
        migrate(database)
    with database.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_an_upgrade_that_breaks_off_leaves_the_old_shape(database: Engine) -> None:
    upgrade_to(database, "0001")
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE discussion (id INTEGER PRIMARY KEY)"))
    with pytest.raises(Exception, match="discussion"):
        migrate(database)
    with database.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "0001"
