"""Many communities whose weekly prompt is due at the same minute, and a bot that sends nothing."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlmodel import Session, SQLModel, col, select

from bot.adapters.telegram.read import Me
from bot.app import App
from config.settings import Settings
from storage.migrate import migrate
from storage.models.community import Chat, Community
from storage.models.delivery import Outbox
from storage.models.due import Schedule
from storage.models.prompt import PromptPlan

THURSDAY = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)  # 9:30 in Shanghai, 第13周
TERM = date(2026, 8, 31)
WEEKLY: dict[str, Any] = {"weekday": 3, "at": time(9, 30), "paused": False}


class Stopped:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class School:
    """The communities, by name, and what they are told."""

    def __init__(self, app: App, clock: Stopped) -> None:
        self.app, self.clock = app, clock
        self._numbers: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        """The id of the community of that name."""
        return self._numbers[name]

    async def has(self, name: str, chats: int = 1, at: datetime = THURSDAY, **unlike: Any) -> None:
        """A community with as many group chats; *unlike*: what it or its plan has otherwise than most."""
        here = {key: unlike.pop(key) for key in [*unlike] if key in Community.model_fields}
        here = {"term_start": TERM} | here
        (self._numbers[name],) = await self.add(Community(name=name, created_at=at, **here))
        groups = [Chat(platform="telegram", address=f"{name} {number}") for number in range(chats)]
        for group in groups:
            group.community_id = self[name]
        await self.add(*groups)
        (plan,) = await self.add(PromptPlan(community_id=self[name], **WEEKLY | unlike))
        await self.add(Schedule(kind="prompt", ref_id=plan, community_id=self[name], next_at=at))

    async def add(self, *rows: SQLModel) -> list[int]:
        """Keep *rows*; their ids, where they have one."""

        def keep(session: Session) -> list[int]:
            session.add_all(rows)
            session.flush()
            return [getattr(row, "id", 0) for row in rows]

        return await self.app.engine.submit(keep)

    async def rows(self, query: Any) -> list[Any]:
        return await self.app.engine.submit(lambda session: list(session.exec(query)))

    async def falls_due(self) -> None:
        """Everything that is due by now is fired."""
        await self.app.scheduler.tick()

    async def posts(self, name: str) -> list[Outbox]:
        """What waits to be posted in the groups of the community."""
        query = select(Outbox).join(Chat, col(Chat.id) == col(Outbox.chat_id))
        return await self.rows(query.where(Chat.community_id == self[name]).order_by(col(Chat.id)))

    async def said(self, name: str) -> list[str]:
        return [row.payload["html"] for row in await self.posts(name)]

    async def next_at(self, name: str) -> datetime | None:
        found: Sequence[datetime | None] = await self.rows(
            select(Schedule.next_at).where(Schedule.kind == "prompt", Schedule.community_id == self[name])
        )
        return found[0]


@asynccontextmanager
async def open_school(url: str, folder: Path) -> AsyncIterator[School]:
    """A school without communities, on a fresh database, on a Thursday at 9:30."""
    clock = Stopped(THURSDAY)
    app = App(Settings(data_dir=folder, database_url=url, telegram_token=SecretStr("1:school")), clock)
    migrate(app.database)
    app.telegram.me = Me(1, "yanban_bot")
    app._assemble()
    app.engine.start()
    try:
        yield School(app, clock)
    finally:
        await app.engine.stop()
        app.database.dispose()
