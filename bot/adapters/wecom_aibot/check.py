"""Whether the bot id and secret are right, without taking the bot from a process that uses it."""

import asyncio
from contextlib import suppress

from aiohttp import ClientError, ClientSession, ClientTimeout
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from bot.adapters.base import Ended, Undelivered
from bot.adapters.wecom_aibot.read import PLATFORM
from bot.adapters.wecom_aibot.wire import Broken, Timing, Wire, WrongSecret
from bot.clock import system_clock
from config.settings import Settings
from storage.database import open_database
from storage.models.machine import Lease

PATIENCE = ClientTimeout(total=15)


async def check(settings: Settings, known: bool) -> tuple[bool, str]:
    """(works, one line). *known*: there is a database that can say who is connected."""
    if known and await asyncio.to_thread(_in_use, settings):
        return True, "WeCom: a running Yanban is connected as this bot"
    try:
        await _subscribe(settings)
    except WrongSecret as error:
        return False, str(error)
    except (Broken, Undelivered, Ended, ClientError, OSError, TimeoutError) as error:
        return False, f"WeCom: cannot be reached ({type(error).__name__})"
    return True, "WeCom: knows the bot and its secret"


async def _subscribe(settings: Settings) -> None:
    if settings.wecom_bot_id is None or settings.wecom_bot_secret is None:
        raise WrongSecret
    async with (
        ClientSession(timeout=PATIENCE) as session,
        session.ws_connect(settings.wecom_url) as socket,
    ):
        wire = Wire(socket, Timing(), lambda frame: None)
        listening = asyncio.create_task(wire.listen())
        try:
            await wire.subscribe(settings.wecom_bot_id, settings.wecom_bot_secret)
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError, Broken, Ended):
                await listening


def _in_use(settings: Settings) -> bool:
    """Whether a process holds the bot's lease now."""
    database = open_database(settings.database_url)
    try:
        with Session(database) as session:
            held = session.exec(
                select(Lease.until).where(Lease.name == f"{PLATFORM}:{settings.wecom_bot_id}")
            ).one_or_none()
    except SQLAlchemyError:
        # Older than leases: nobody of this version runs on it.
        return False
    finally:
        database.dispose()
    return held is not None and held > system_clock()
