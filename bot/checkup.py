"""`python -m bot check`: what works and what does not, a line each."""

import os
import stat
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from bot.clock import system_clock
from bot.ending import say
from config.calendars.china import arrangement
from config.settings import Settings
from storage.database import Damaged, open_database
from storage.database import check as check_whole
from storage.models.community import Chat

SLOW = 60
OTHERS = stat.S_IRWXG | stat.S_IRWXO
PATIENCE = aiohttp.ClientTimeout(total=15)
Line = tuple[bool, str]
Json = dict[str, Any]


async def check(settings: Settings) -> int:
    """Print every finding; 0 when all is well, 1 otherwise."""
    fine = True
    async for works, words in _findings(settings):
        say(f"{'✓' if works else '✗'} {words}")
        fine = fine and works
    return 0 if fine else 1


async def _findings(settings: Settings) -> AsyncIterator[Line]:
    for line in (*_folder(settings.data_dir), _calendar(system_clock().year)):
        yield line
    line, groups = _database(settings)
    yield line
    if settings.telegram_token is not None or not settings.platforms:
        async for found in _telegram(settings, groups):
            yield found
    if settings.wecom_bot_id is not None:
        from bot.adapters.wecom_aibot.check import check as wecom

        yield await wecom(settings, known=line[0] and "whole" in line[1])


def _folder(folder: Path) -> Iterator[Line]:
    if not folder.exists():
        yield True, f"data folder {folder}: will be made at the first start"
        return
    writable = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    yield writable, f"data folder {folder}: {'can be written' if writable else 'cannot be written'}"
    shown = [path.name for path in (folder, *sorted(folder.iterdir())) if path.stat().st_mode & OTHERS]
    wrong = f": not so for {', '.join(shown)}, use chmod go-rwx" if shown else ""
    yield not shown, f"only the owner can read it{wrong}"


def _calendar(year: int) -> Line:
    known = arrangement(year) is not None
    words = "known" if known else "not known: dates on holidays will be asked about; update Yanban"
    return known, f"school holidays of {year} in China: {words}"


def _database(settings: Settings) -> tuple[Line, list[str]]:
    """What the database is like, and the addresses of the groups it knows."""
    url = make_url(settings.database_url)
    if url.drivername.startswith("sqlite") and not Path(url.database or "").exists():
        return (True, "database: will be made at the first start"), []
    try:
        database = open_database(settings.database_url)
        try:
            return (True, "database: whole"), _groups(database)
        finally:
            database.dispose()
    except Damaged:
        return (False, "database: damaged; bring back a backup with: python -m bot restore FILE"), []
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        return (False, f"database: cannot be read ({type(error).__name__})"), []


def _groups(database: Engine) -> list[str]:
    """The addresses of the groups; raises Damaged."""
    wanted = select(Chat.address).where(Chat.platform == "telegram", col(Chat.active), ~col(Chat.private))
    with database.connect() as connection:
        check_whole(connection)
        with Session(connection) as session:
            return list(session.exec(wanted))


async def _telegram(settings: Settings, groups: list[str]) -> AsyncIterator[Line]:
    if settings.telegram_token is None:
        yield False, "YANBAN_TELEGRAM_TOKEN: not set; @BotFather gives it"
        return
    address = f"{settings.telegram_base_url}{settings.telegram_token.get_secret_value()}"
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        try:
            me, there = await _ask(session, f"{address}/getMe", {})
            if me is None:
                yield False, "Telegram: does not know the token in YANBAN_TELEGRAM_TOKEN"
                return
            yield True, f"Telegram: the token belongs to @{me['username']}"
            yield _privacy(me)
            yield _clock(there)
            for group in groups:
                yield await _rights(session, address, group, me["id"])
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            # The error's own words hold the address, and with it the token.
            yield False, f"Telegram: cannot be reached ({type(error).__name__})"


async def _ask(session: aiohttp.ClientSession, url: str, given: Json) -> tuple[Json | None, datetime | None]:
    """The result, or None when it was refused; and what time Telegram has."""
    async with session.post(url, json=given) as response:
        answer = await response.json()
        date = response.headers.get("Date")
        there = parsedate_to_datetime(date) if date else None
        return (answer["result"] if answer.get("ok") else None), there


def _privacy(me: Json) -> Line:
    hears_all = bool(me.get("can_read_all_group_messages"))
    words = "off: turn it on with /setprivacy at @BotFather" if hears_all else "on"
    return not hears_all, f"privacy mode: {words}"


def _clock(there: datetime | None) -> Line:
    if there is None:
        return True, "clock: Telegram did not say what time it is"
    apart = abs((system_clock() - there).total_seconds())
    return apart < SLOW, f"clock: {apart:.0f} s apart from Telegram's"


async def _rights(session: aiohttp.ClientSession, address: str, group: str, me: int) -> Line:
    chat, _ = await _ask(session, f"{address}/getChat", {"chat_id": int(group)})
    if chat is None:
        return False, f"group {group}: the bot is not in it any more"
    member, _ = await _ask(session, f"{address}/getChatMember", {"chat_id": int(group), "user_id": me})
    status = (member or {}).get("status", "unknown")
    speaks = status in {"administrator", "member"} or bool((member or {}).get("can_send_messages"))
    return speaks, f"group “{chat.get('title', group)}”: the bot {'may write' if speaks else 'may not write'}"
