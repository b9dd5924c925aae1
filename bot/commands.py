"""What the command line's words do."""

import asyncio
import gc
import re
import signal

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from bot import logs
from bot.adapters.base import Ended, Replaced, Unwelcome
from bot.app import App, Deaf
from bot.ending import BAD_DATABASE, BAD_SETTING, REPLACED, TROUBLE, fail, say
from config.settings import Settings, SettingsError, load_settings
from storage.database import Damaged, check, open_database
from storage.migrate import TooNew
from storage.migrate import migrate as upgrade

NO_TOKEN = "YANBAN_TELEGRAM_TOKEN: give the token that @BotFather gave you"
NOT_A_TOKEN = (
    "YANBAN_TELEGRAM_TOKEN: this is no token; one looks like 123456789:AA… and comes from @BotFather"
)
SHAPE = re.compile(r"\d+:[\w-]{10,}", re.ASCII)
DEAF = "Telegram gives us no more messages: was YANBAN_TELEGRAM_TOKEN revoked? Set it right and start again"
PATIENCE = 60.0
UNREACHABLE = "The database cannot be opened: look at YANBAN_DATABASE_URL and YANBAN_DATA_DIR"


def settings(**overrides: object) -> Settings:
    """The settings, or one line that names the wrong one and exit code 2."""
    try:
        return load_settings(**overrides)
    except SettingsError as error:
        fail(str(error), BAD_SETTING)


def migrate() -> None:
    """Upgrade the database; exit code 3 with one line when it cannot be used."""
    prepare(settings())
    say("The database is as this version expects it.")


def prepare(chosen: Settings) -> None:
    """Check and upgrade the database before anything else touches it."""
    engine = opened(chosen)
    try:
        with engine.connect() as connection:
            check(connection)
        upgrade(engine)
    except OperationalError:
        fail(UNREACHABLE, BAD_DATABASE)
    except (Damaged, DBAPIError):
        fail("The database is damaged. Bring back a backup with: python -m bot restore FILE", BAD_DATABASE)
    except TooNew:
        fail("The database was made by a newer version. Please install that version.", BAD_DATABASE)
    finally:
        engine.dispose()


def opened(chosen: Settings) -> Engine:
    """The database's engine; exit code 3 with one line when its folder or its driver is not there."""
    try:
        return open_database(chosen.database_url)
    except ModuleNotFoundError:
        fail("PostgreSQL needs one more package: pip install 'psycopg[binary]'", BAD_DATABASE)
    except OSError:
        fail(UNREACHABLE, BAD_DATABASE)


async def run(patience: float = PATIENCE) -> None:
    """Serve until SIGTERM or Ctrl-C; ends by itself *patience* seconds after nothing can be received."""
    chosen = settings()
    if not chosen.platforms:
        fail(NO_TOKEN, BAD_SETTING)
    token = chosen.telegram_token
    if token is not None and not SHAPE.fullmatch(token.get_secret_value()):
        fail(NOT_A_TOKEN, BAD_SETTING)
    logs.set_up(chosen.log_level, chosen.secrets)
    prepare(chosen)
    try:
        async with App(chosen) as app:
            gc.freeze()
            gc.enable()
            await _serve(app, patience)
    except Unwelcome as error:
        fail(str(error), BAD_SETTING)
    except Ended as error:
        fail(*_ending(error))
    except Deaf as error:
        fail(*_ending(error.__cause__))


def _ending(cause: BaseException | None) -> tuple[str, int]:
    """What to say where *cause* ended receiving, and the exit code."""
    words = str(cause) if isinstance(cause, Ended | Unwelcome) else DEAF
    return words, REPLACED if isinstance(cause, Replaced) else TROUBLE


async def _serve(app: App, patience: float) -> None:
    """Return when told to stop; raises Deaf."""
    tasks = [asyncio.create_task(until_told_to_stop()), asyncio.create_task(app.watch(patience))]
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    for task in done:
        task.result()


async def until_told_to_stop() -> None:
    """Return at SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    await stop.wait()
