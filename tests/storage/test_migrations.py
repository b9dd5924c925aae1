"""The shape of the database: made by migrations alone, from any earlier version, or refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from storage.database import open_database
from storage.migrate import FOLDER, TooNew, migrate
from storage.models import metadata

EARLIER = ["0001", "0002", "0003", "0004", "0005", "0006", "0007"]
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


KEPT = (
    "INSERT INTO chat (id, platform, address, private, title, active)"
    " VALUES (1, 'telegram', '-1', {no}, '', {yes})",
    "INSERT INTO person (id, name, created_at) VALUES (1, '林老师', '2026-08-31 00:00:00')",
    "INSERT INTO card (id, chat_id, name, message_id) VALUES (1, 1, 'setup', '7'), (2, 1, 'agenda', NULL)",
    "INSERT INTO resource (id, community_id, kind, key, address, file, platform, name, title, titled, note,"
    " subject, grade, keywords, monday, shared_at, hidden, failures, asked) VALUES (1, 1, 'link', 'k', '',"
    " '', '', '', '折纸', {yes}, '', '', '', '', '2026-08-31', '2026-08-31 00:00:00', {no}, 0, {no})",
    "INSERT INTO resource_credit (resource_id, person_id, at) VALUES (1, 1, '2026-08-31 00:00:00')",
)
REFERRING = (
    "INSERT INTO account (platform, address, name, username, person_id)"
    " VALUES ('telegram', '7', '林老师', '@lin', 1)",
    "INSERT INTO member (community_id, person_id, role, joined_at)"
    " VALUES (1, 1, 'MEMBER', '2026-08-31 00:00:00')",
)
WHO = (
    "SELECT account.username, community.name, person.name FROM person"
    " JOIN account ON account.person_id = person.id JOIN member ON member.person_id = person.id"
    " JOIN community ON community.id = member.community_id"
)
JOINED = "INSERT INTO person (name, created_at) VALUES (:name, '2026-09-01 00:00:00')"


def test_cards_and_credits_are_kept_when_their_tables_are_laid_out_anew(database: Engine) -> None:
    upgrade_to(database, "0006")
    yes, no = ("1", "0") if database.dialect.name == "sqlite" else ("true", "false")
    with database.begin() as connection:
        connection.execute(text(FOUNDED), {"name": "三年级数学"})
        for statement in KEPT:
            connection.execute(text(statement.format(yes=yes, no=no)))
    migrate(database)
    with database.connect() as connection:
        cards = connection.execute(text("SELECT name, message_id FROM card ORDER BY id")).all()
        assert cards == [("setup", "7"), ("agenda", None)]
        assert connection.execute(text("SELECT resource_id, person_id FROM resource_credit")).all() == [
            (1, 1)
        ]
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(text("INSERT INTO card (chat_id, name, message_id) VALUES (1, 'me', '7')"))


def test_what_refers_to_a_person_is_kept_and_a_number_is_given_once(database: Engine) -> None:
    upgrade_to(database, "0007")
    yes, no = ("1", "0") if database.dialect.name == "sqlite" else ("true", "false")
    with database.begin() as connection:
        connection.execute(text(FOUNDED), {"name": "三年级数学"})
        for statement in (*KEPT, *REFERRING):
            connection.execute(text(statement.format(yes=yes, no=no)))
    migrate(database)
    with database.begin() as connection:
        assert connection.execute(text(WHO)).all() == [("@lin", "三年级数学", "林老师")]
        assert connection.execute(text("SELECT person_id FROM resource_credit")).all() == [(1,)]
        if database.dialect.name == "postgresql":
            # A sequence knows nothing of rows that brought their numbers along.
            connection.execute(text("SELECT setval('person_id_seq', 1)"))
        for name in ("周老师", "何老师"):
            connection.execute(text(JOINED), {"name": name})
        last = connection.execute(text("SELECT max(id) FROM person")).scalar_one()
        connection.execute(text("DELETE FROM person WHERE id = :id"), {"id": last})
        connection.execute(text(JOINED), {"name": "吴老师"})
        assert connection.execute(text("SELECT max(id) FROM person")).scalar_one() > last
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(text("DELETE FROM person WHERE id = 1"))


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
