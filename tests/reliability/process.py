"""The bot as a process of its own, as an operator starts it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlmodel import Session, col, func, select

from bot.clock import system_clock
from bot.sandbox.server import Sandbox
from storage.database import open_database
from storage.migrate import migrate
from storage.models.community import Community, Member, Role
from storage.models.delivery import Outbox
from storage.queries.community import add_account, add_chat
from tests.chat import TOKEN

PATIENCE = 60.0
RUN = ("-m", "bot", "run")
TEACHER = "陈老师"


def environment(folder: Path, base_url: str, **more: str) -> dict[str, str]:
    """The environment of a bot that keeps its things in *folder* and talks to the sandbox."""
    return (
        os.environ
        | {
            "YANBAN_DATA_DIR": str(folder),
            "YANBAN_DATABASE_URL": database_url(folder),
            "YANBAN_TELEGRAM_TOKEN": TOKEN,
            "YANBAN_TELEGRAM_BASE_URL": base_url,
            "YANBAN_TELEGRAM_PER_SECOND": "100000",
            "YANBAN_TELEGRAM_PER_CHAT_SECOND": "100000",
            "YANBAN_TELEGRAM_PER_GROUP_MINUTE": "100000",
            "YANBAN_LOG_LEVEL": "ERROR",
        }
        | more
    )


def database_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'yanban.db'}"


async def start(
    folder: Path, base_url: str, words: tuple[str, ...] = RUN, **more: str
) -> asyncio.subprocess.Process:
    """Start `python` with *words*; its standard output and error can be read."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        env=environment(folder, base_url, **more),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """Exit code and everything said, once the process has ended by itself; it is killed if it does not."""
    try:
        async with asyncio.timeout(PATIENCE):
            said, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        raise
    return process.returncode or 0, said.decode()


async def wait_for(what: Callable[[], bool]) -> None:
    """Return when *what* holds; raises TimeoutError when it never does."""
    async with asyncio.timeout(PATIENCE):
        while not what():  # noqa: ASYNC110 - other processes send no event
            await asyncio.sleep(0.01)


@asynccontextmanager
async def empty_world() -> AsyncIterator[Sandbox]:
    """A pretend Telegram with a clock that tells the true time."""
    sandbox = Sandbox(None, system_clock, TOKEN, seed=False)
    await sandbox.start()
    try:
        yield sandbox
    finally:
        await sandbox.stop()


def found(sandbox: Sandbox, folder: Path, groups: int) -> list[int]:
    """Make the database, with a community for each of *groups* new groups, which 陈老师 has joined."""
    world, now = sandbox.world, system_clock()
    teacher = world.add_person(TEACHER)
    rooms = [world.add_group(f"教研组 {number}", teacher) for number in range(groups)]
    database = open_database(database_url(folder))
    migrate(database)
    with Session(database) as session:
        _, person = add_account(session, "telegram", str(teacher.id), teacher.name, None, now)
        for room in rooms:
            community = Community(name=room.title, created_at=now)
            session.add(community)
            session.flush()
            add_chat(session, "telegram", str(room.id), False, room.title).community_id = community.id
            ids = {"community_id": community.id or 0, "person_id": person.id or 0}
            session.add(Member(**ids, role=Role.MEMBER, joined_at=now))
        session.commit()
    database.dispose()
    return [room.id for room in rooms]


def unsent(session: Session) -> int:
    """How many posts are still waiting or under way."""
    open_rows = col(Outbox.state).in_(["open", "sending"])
    return session.exec(select(func.count(col(Outbox.id))).where(open_rows)).one()
