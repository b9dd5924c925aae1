"""Backup and restore: whole copies of a busy database, and nothing lost when one is brought back."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot import backup
from bot.commands import prepare
from config.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh database with its key."""
    made = Settings(data_dir=tmp_path / "data", database_url="")
    prepare(made)
    (made.data_dir / "button.key").write_text("the key")
    return made


def names(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [row[0] for row in database.execute("SELECT name FROM person ORDER BY id")]


def add(settings: Settings, *people: str) -> None:
    with closing(sqlite3.connect(settings.data_dir / "yanban.db", timeout=30)) as database, database:
        rows = [(name, "2026-11-23 02:00:00") for name in people]
        database.executemany("INSERT INTO person (name, created_at) VALUES (?, ?)", rows)


def test_a_backup_comes_back_and_the_old_one_is_kept(settings: Settings, tmp_path: Path) -> None:
    add(settings, "林老师")
    file = tmp_path / "saved.db"
    backup.save(settings, file)
    add(settings, "周老师")
    (settings.data_dir / "button.key").write_text("another key")
    backup.bring_back(settings, file)
    assert names(settings.data_dir / "yanban.db") == ["林老师"]
    assert (settings.data_dir / "button.key").read_text() == "the key"
    kept = {path.name.partition(".before-")[0]: path for path in settings.data_dir.glob("*.before-*")}
    assert names(kept["yanban.db"]) == ["林老师", "周老师"]
    assert kept["button.key"].read_text() == "another key"


def test_a_backup_is_for_its_owner_only(settings: Settings, tmp_path: Path) -> None:
    backup.save(settings, tmp_path / "saved.db")
    made = sorted(path for path in tmp_path.iterdir() if path.is_file())
    assert [(path.name, path.stat().st_mode & 0o777) for path in made] == [
        ("saved.db", 0o600),
        ("saved.db.key", 0o600),
    ]


def test_a_backup_of_a_busy_database_is_whole(settings: Settings, tmp_path: Path) -> None:
    enough = threading.Event()

    def write() -> None:
        while not enough.is_set():
            add(settings, "何老师", "孙老师")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup.save(settings, tmp_path / f"{number}.db")
    finally:
        enough.set()
        writer.join()
    found = [names(tmp_path / f"{number}.db") for number in range(5)]
    # Two rows in one transaction: never half of it.
    assert all(len(one) % 2 == 0 for one in found)
    assert found == sorted(found, key=len)


def test_a_database_in_use_is_not_replaced(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup.save(settings, tmp_path / "saved.db")
    add(settings, "林老师")
    with closing(sqlite3.connect(settings.data_dir / "yanban.db")) as held:
        held.execute("SELECT count(*) FROM person").fetchone()
        with pytest.raises(SystemExit) as ended:
            backup.bring_back(settings, tmp_path / "saved.db")
    assert ended.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        "The database is in use. Stop the bot first; nothing was changed"
    ]
    assert names(settings.data_dir / "yanban.db") == ["林老师"]


@pytest.mark.parametrize("hurt", ["cut", "overwritten", "foreign", "newer"])
def test_a_bad_backup_changes_nothing(settings: Settings, tmp_path: Path, hurt: str) -> None:
    add(settings, *[f"老师{number}" for number in range(3000)])
    file = tmp_path / "saved.db"
    backup.save(settings, file)
    content = file.read_bytes()
    if hurt == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif hurt == "overwritten":
        middle = len(content) // 2
        file.write_bytes(content[:middle] + b"\xa5" * 40_000 + content[middle + 40_000 :])
    else:
        file.unlink()
        with closing(sqlite3.connect(file)) as database, database:
            if hurt == "newer":
                database.execute("CREATE TABLE alembic_version (version_num TEXT)")
                database.execute("INSERT INTO alembic_version VALUES ('9999')")
    with pytest.raises(SystemExit) as ended:
        backup.bring_back(settings, file)
    assert ended.value.code == 3
    assert len(names(settings.data_dir / "yanban.db")) == 3000
    assert not list(settings.data_dir.glob("*.before-*"))


def test_a_damaged_database_gives_way_to_a_backup(settings: Settings, tmp_path: Path) -> None:
    add(settings, "林老师")
    backup.save(settings, tmp_path / "saved.db")
    (settings.data_dir / "yanban.db").write_bytes(b"no database at all" * 1000)
    backup.bring_back(settings, tmp_path / "saved.db")
    assert names(settings.data_dir / "yanban.db") == ["林老师"]


def test_postgresql_is_left_to_its_own_tools(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data_dir=tmp_path, database_url="postgresql://localhost/yanban")
    with pytest.raises(SystemExit) as ended:
        backup.save(settings, tmp_path / "saved.db")
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        "PostgreSQL keeps its own backups: use pg_dump with YANBAN_DATABASE_URL"
    ]
