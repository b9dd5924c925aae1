"""What can be seen on this machine: the data folder, the calendar, the database."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from bot.checkup.line import Groups, Line
from config.calendars.china import arrangement
from config.settings import Settings
from storage.database import Damaged, open_database
from storage.database import check as check_whole
from storage.models.community import Chat, Community

WHOLE = (True, "database: whole")
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def folder(folder: Path) -> Iterator[Line]:
    """Whether it can be written, and by its owner only."""
    if not folder.exists():
        yield True, f"data folder {folder}: will be made at the first start"
        return
    writable = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    yield writable, f"data folder {folder}: {'can be written' if writable else 'cannot be written'}"
    shown = [path.name for path in (folder, *sorted(folder.iterdir())) if path.stat().st_mode & OTHERS]
    wrong = f": not so for {', '.join(shown)}, use chmod go-rwx" if shown else ""
    yield not shown, f"only the owner can read it{wrong}"


def calendar(year: int) -> Line:
    """Whether the holidays of the year are known."""
    known = arrangement(year) is not None
    words = "known" if known else "not known: dates on holidays will be asked about; update Yanban"
    return known, f"school holidays of {year} in China: {words}"


def database(settings: Settings) -> tuple[Line, Groups]:
    """What the database is like, and the groups it knows."""
    url = make_url(settings.database_url)
    if url.drivername.startswith("sqlite") and not Path(url.database or "").exists():
        return (True, "database: will be made at the first start"), []
    try:
        opened = open_database(settings.database_url)
        try:
            return WHOLE, _groups(opened)
        finally:
            opened.dispose()
    except Damaged:
        return (False, "database: damaged; bring back a backup with: python -m bot restore FILE"), []
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        return (False, f"database: cannot be read ({type(error).__name__})"), []


def _groups(opened: Engine) -> Groups:
    """The groups, each with the name of its community if it has one; raises Damaged."""
    wanted = (
        select(Chat.platform, Chat.address, Community.name)
        .outerjoin(Community, col(Community.id) == col(Chat.community_id))
        .where(col(Chat.active), ~col(Chat.private))
    )
    with opened.connect() as connection:
        check_whole(connection)
        with Session(connection) as session:
            return [(platform, address, name) for platform, address, name in session.exec(wanted)]
