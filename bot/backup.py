"""Saving and bringing back everything: the database and the key that signs buttons."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from secrets import token_hex
from typing import NoReturn

from sqlalchemy import make_url

from bot.buttons import KEY_FILE
from bot.clock import system_clock
from bot.ending import BAD_DATABASE, BAD_SETTING, TROUBLE, fail, say
from config.settings import Settings
from storage.migrate import knows

POSTGRES = "PostgreSQL keeps its own backups: use {tool} with YANBAN_DATABASE_URL"
BESIDE = ("", "-wal", "-shm")


def save(settings: Settings, file: Path) -> None:
    """Write the database to *file* and the key to *file*.key, whole or not at all; the bot may be running."""
    source = _sqlite_file(settings, "pg_dump")
    if not source.exists():
        fail(f"There is no database at {source} yet", BAD_SETTING)
    fresh = _beside(file)
    try:
        _copy_database(source, fresh)
        os.replace(fresh, file)
        keys = _copy_key(settings.data_dir / KEY_FILE, _key_of(file))
    except (OSError, sqlite3.Error) as error:
        fresh.unlink(missing_ok=True)
        _refuse(file, error)
    say(f"Saved to {file}" + (f" and {_key_of(file)}" if keys else ""))


def bring_back(settings: Settings, file: Path) -> None:
    """Put the backup *file* in place of the database; the old one is kept beside it under another name."""
    target = _sqlite_file(settings, "pg_restore")
    _examine(file)
    _close_up(target)
    aside = f".before-{system_clock():%Y%m%dT%H%M%S}"
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = _beside(target)
    try:
        _copy_file(file, fresh)
        kept = _set_aside(target, aside)
        os.replace(fresh, target)
        _bring_key(_key_of(file), settings.data_dir / KEY_FILE, aside)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        _refuse(target, error)
    _sync(target.parent)
    say(f"{file} is in place" + (f"; what was there is kept as {kept}" if kept else ""))


def _sqlite_file(settings: Settings, tool: str) -> Path:
    url = make_url(settings.database_url)
    if not url.drivername.startswith("sqlite") or not url.database:
        fail(POSTGRES.format(tool=tool), BAD_SETTING)
    return Path(url.database)


def _key_of(file: Path) -> Path:
    return file.with_name(file.name + ".key")


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}.{token_hex(4)}")


def _private(file: Path) -> None:
    """Make an empty file only its owner can read; FileExistsError when it is there."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _copy_database(source: Path, fresh: Path) -> None:
    _private(fresh)
    with closing(_open(source)) as database, closing(sqlite3.connect(fresh)) as copy:
        database.backup(copy)
        # One file alone, that can be carried away.
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)
    _sync(fresh)


def _copy_key(source: Path, target: Path) -> bool:
    if source.exists():
        fresh = _beside(target)
        _copy_file(source, fresh)
        os.replace(fresh, target)
    return source.exists()


def _copy_file(source: Path, fresh: Path) -> None:
    _private(fresh)
    shutil.copyfile(source, fresh)
    _sync(fresh)


def _sync(path: Path) -> None:
    """Have the disk itself hold what was written."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=30)


def _examine(file: Path) -> None:
    """Go on only with a whole database that this version can use."""
    if not file.is_file():
        fail(f"There is no file {file}", BAD_SETTING)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            whole = database.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            version = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        fail(f"{file} is not a whole backup of Yanban; nothing was changed", BAD_DATABASE)
    if not whole or not version:
        fail(f"{file} is damaged; nothing was changed", BAD_DATABASE)
    if not knows(version[0]):
        fail(f"{file} was made by a newer version; nothing was changed", BAD_DATABASE)


def _close_up(target: Path) -> None:
    """Fold the write-ahead log into the file, which works only when nobody else has it open."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=0)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        fail("The database is in use. Stop the bot first; nothing was changed", TROUBLE)
    except sqlite3.DatabaseError:
        return  # damaged: that is why a backup is brought back


def _set_aside(target: Path, mark: str) -> Path | None:
    """Rename the database with whatever lies beside it; the new name, or None when there was none."""
    kept = target.with_name(target.name + mark)
    for end in reversed(BESIDE):
        part = target.with_name(target.name + end)
        if part.exists():
            os.rename(part, kept.with_name(kept.name + end))
    return kept if kept.exists() else None


def _bring_key(source: Path, target: Path, mark: str) -> None:
    if not source.exists():
        return
    if target.exists() and target.read_bytes() != source.read_bytes():
        os.rename(target, target.with_name(target.name + mark))
    _copy_key(source, target)


def _refuse(file: Path, error: Exception) -> NoReturn:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    fail(f"{file}: {reason}", TROUBLE)
