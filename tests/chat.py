"""A pretend group chat: say something as a teacher would type it, read what the bot says.

The whole bot runs against the sandbox's Bot API; every request is checked against the specification.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import App
from bot.clock import MovableClock
from bot.jobs import Worker
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Chat as Room
from bot.sandbox.world import Post, World
from bot.timetravel import Traveller
from config.settings import Settings
from storage.database import open_database
from storage.migrate import migrate

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)  # 第13周
LEADER = "王老师"
TOKEN = "123456:SANDBOX-TOKEN-OF-THE-TESTS-0123456789"
PATIENCE = 15.0


class Chat:
    """The group 三年级数学教研组 and the private chats of its teachers, seen from the outside."""

    def __init__(self, sandbox: Sandbox, app: App, clock: MovableClock) -> None:
        self.sandbox, self.app, self.clock = sandbox, app, clock
        self.traveller = Traveller(app, clock)
        self._seen: dict[int, int] = {}
        self._shown: dict[tuple[int, int], str] = {}

    @property
    def world(self) -> World:
        return self.sandbox.world

    @property
    def group(self) -> Room:
        return self.world.chat(None)

    async def say(self, text: str, by: str = LEADER, reply_to: Post | None = None) -> str:
        """Write in the group; what the bot says there in answer, posts and edits, one below the other."""
        self._mark(self.group)
        self.world.say(by, None, text, reply_to=reply_to)
        await self.settle()
        return self.new()

    async def tell(self, text: str, by: str = LEADER, reply_to: Post | None = None) -> str:
        """Write to the bot in private; what it says there in answer."""
        self._mark(self.private(by))
        self.world.tell(by, text, reply_to=reply_to)
        await self.settle()
        return self.new(self.private(by))

    async def press(
        self, button: str, by: str = LEADER, post: Post | None = None, room: Room | None = None
    ) -> str:
        """Press the newest button whose text begins with *button*; the notice, or what the bot says."""
        room = room or (self.world.chat(post.chat) if post else self.group)
        self._mark(room)
        post = post or self.post_with(button, room)
        query = self.world.press(by, post, _full(post, button))
        await self.settle()
        notice = str((query.answer or {}).get("text", ""))
        return "\n".join(words for words in (notice, self.new(room)) if words)

    def private(self, person: str) -> Room:
        """The person's private chat with the bot."""
        return self.world.private(person)

    def posts(self, room: Room | None = None) -> list[Post]:
        """What the bot has posted in a chat, oldest first, as it looks now."""
        return [post for post in self.world.messages(room or self.group) if post.from_bot]

    def last(self, room: Room | None = None) -> Post:
        """The bot's newest post in a chat."""
        return self.posts(room)[-1]

    def buttons(self, room: Room | None = None) -> list[str]:
        """The texts of the buttons under the bot's newest post."""
        return [button["text"] for row in self.last(room).buttons for button in row]

    def post_with(self, button: str, room: Room | None = None) -> Post:
        """The newest post that has a button beginning with *button*."""
        for post in reversed(self.posts(room)):
            if any(one["text"].startswith(button) for row in post.buttons for one in row):
                return post
        raise AssertionError(f"nobody offers {button!r}: {[post.text for post in self.posts(room)][-3:]}")

    def new(self, room: Room | None = None) -> str:
        """What the bot posted or changed in a chat since the last word was said."""
        room = room or self.group
        changed = [
            post.text for post in self.posts(room) if self._shown.get((room.id, post.id)) != _face(post)
        ]
        return "\n".join(changed)

    async def until(self, moment: datetime | str) -> str:
        """Let time pass to *moment* ("2026-11-27 15:30", Shanghai); what the bot says in the group."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        for room in self.world.chats.values():
            self._mark(room)
        await self.traveller.travel(moment)
        await self.settle()
        return self.new()

    async def leap(self, moment: str) -> None:
        """Go to *moment* (Shanghai) at once, living through nothing on the way, as if the bot was away."""
        self.clock.set(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))
        await self.settle()

    async def wait(self, by: timedelta) -> str:
        """Let time pass; what the bot says in the group meanwhile."""
        return await self.until(self.clock() + by)

    async def restart(self, away_until: datetime | None = None) -> None:
        """End the bot and start it again, at *away_until*, with the same records; the chat goes on."""
        await self.app.__aexit__(None, None, None)
        self.clock.set(away_until or self.clock())
        self.app = await App(self.app.settings, self.clock).__aenter__()
        self.traveller = Traveller(self.app, self.clock)

    async def settle(self) -> None:
        """Return when everything said is heard, handled and answered."""
        async with asyncio.timeout(PATIENCE):
            while self.world.pending_updates():  # noqa: ASYNC110 - the far side of HTTP sends no event
                await asyncio.sleep(0.002)
            await self.traveller.settle()

    def _mark(self, room: Room) -> None:
        for post in self.posts(room):
            self._shown[room.id, post.id] = _face(post)


def _face(post: Post) -> str:
    return f"{post.html}|{post.buttons}"


def _full(post: Post, beginning: str) -> str:
    """The whole text of the button that begins so."""
    texts = [str(button["text"]) for row in post.buttons for button in row]
    return next(text for text in texts if text.startswith(beginning))


@cache
def empty_database() -> bytes:
    """The file of a database with no rows yet; to make one takes longer than most tests do."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "yanban.db"
        database = open_database(f"sqlite:///{file}")
        migrate(database)
        database.dispose()
        return file.read_bytes()


@asynccontextmanager
async def open_chat(
    folder: Path,
    database_url: str | None = None,
    now: datetime = MONDAY,
    workers: dict[str, Worker] | None = None,
    **more: Any,
) -> AsyncIterator[Chat]:
    """A fresh bot in a fresh world at *now*; fails if any request broke the Bot API's rules.

    *more*: settings that differ from the usual ones of the tests.
    """
    clock = MovableClock(now)
    sandbox = Sandbox(None, clock, TOKEN, seed=False)
    await sandbox.start()
    usual: dict[str, Any] = {
        "data_dir": folder,
        "database_url": database_url or f"sqlite:///{folder / 'yanban.db'}",
        "telegram_token": SecretStr(TOKEN),
        "telegram_base_url": sandbox.base_url,
        "telegram_base_file_url": sandbox.base_file_url,
        "telegram_per_second": 10_000,
        "telegram_per_chat_second": 10_000,
        "telegram_per_group_minute": 10_000,
    }
    settings = Settings(**usual | more)
    try:
        if database_url is None:
            (folder / "yanban.db").write_bytes(empty_database())
        app = App(settings, clock, workers)
        migrate(app.database)
        chat = Chat(sandbox, await app.__aenter__(), clock)
        try:
            yield chat
        finally:
            # Not always the one it began with: a test may have started it again.
            await chat.app.__aexit__(None, None, None)
        assert sandbox.complaints == []
    finally:
        await sandbox.stop()
