"""A pretend WeCom group: name the bot and say something, press what is on a card, read what the bot says.

The whole bot runs against the sandbox's gateway; every frame is checked against the protocol.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from pydantic import SecretStr
from sqlmodel import Session, col, select

from bot.adapters.wecom_aibot import WecomAdapter
from bot.adapters.wecom_aibot.wire import Timing
from bot.app import App
from bot.clock import MovableClock
from bot.jobs import Worker
from bot.sandbox.wecom.gateway import BOT_ID, SECRET, Gateway
from bot.sandbox.wecom.people import Post, Room
from bot.sandbox.wecom.world import BOT, World
from bot.timetravel import Traveller
from config.settings import Settings
from storage.migrate import migrate
from storage.models.community import Chat as ChatRow
from storage.models.community import Community, Member, Role
from storage.models.delivery import Inbox
from storage.queries.community import add_account, add_chat
from tests.chat import LEADER, MONDAY, PATIENCE, SHANGHAI, empty_database
from tests.settled import TERM_START

QUICK = Timing(
    heartbeat=0.05,
    ack=0.1,
    patience=0.5,
    begin=2,
    first=0.01,
    shaky=0.02,
    longest=0.05,
    renew=0.02,
    busy=(0, 0, 0),
)
# Breaks are made on purpose, so the bot does not look for them by itself.
CALM = Timing(ack=2, first=0.01, shaky=0.02, longest=0.05, renew=0.02, busy=(0, 0, 0))


class WecomChat:
    """The group 三年级数学教研组（企微） and the private chats of its teachers, seen from the outside."""

    def __init__(self, gateway: Gateway, app: App, clock: MovableClock) -> None:
        self.gateway, self.app, self.clock = gateway, app, clock
        self.traveller = Traveller(app, clock)
        self._shown: dict[int, str] = {}

    @property
    def world(self) -> World:
        return self.gateway.world

    @property
    def group(self) -> Room:
        return self.world.group

    @property
    def adapter(self) -> WecomAdapter:
        return cast(WecomAdapter, self.app.adapters["wecom"])

    async def say(
        self, text: str, by: str = LEADER, reply_to: Post | None = None, group: Room | None = None
    ) -> str:
        """Name the bot in the group, quoting *reply_to*; what it says there, one below the other."""
        self._mark()
        named = text if f"@{BOT}" in text else f"@{BOT} {text}"
        self.world.say(by, group or self.group, named, reply_to)
        await self.settle()
        return self.new(group)

    async def tell(self, text: str, by: str = LEADER, reply_to: Post | None = None) -> str:
        """Write to the bot in private; what it says there in answer."""
        self._mark()
        self.world.say(by, None, text, reply_to)
        await self.settle()
        return self.new(self.private(by))

    async def press(
        self, button: str, by: str = LEADER, post: Post | None = None, room: Room | None = None
    ) -> str:
        """Press the newest button whose text begins with *button*; what changes in that chat."""
        room = room or (self.world.room(post.room) if post else self.group)
        self._mark()
        post = post or self.post_with(button, room)
        self.world.press(by, post, _full(post, button))
        await self.settle()
        return self.new(room)

    async def enter(self, by: str) -> str:
        """Open the private chat for the first time that day; what is said there."""
        self._mark()
        self.world.enter(by)
        await self.settle()
        return self.new(self.private(by))

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
        """The texts of what can be pressed or chosen on the bot's newest post."""
        return [str(one["text"]) for one in self.last(room).buttons]

    def post_with(self, button: str, room: Room | None = None) -> Post:
        """The newest post that has a button beginning with *button*."""
        for post in reversed(self.posts(room)):
            if any(one["text"].startswith(button) for one in post.buttons):
                return post
        raise AssertionError(f"nobody offers {button!r}: {[post.text for post in self.posts(room)][-3:]}")

    def new(self, room: Room | None = None) -> str:
        """What the bot posted or changed in a chat since the last word was said anywhere."""
        return "\n".join(post.text for post in self.posts(room) if self._shown.get(post.id) != _face(post))

    async def until(self, moment: datetime | str) -> str:
        """Let time pass to *moment* ("2026-11-27 15:30", Shanghai); what the bot says in the group."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        self._mark()
        await self.traveller.travel(moment)
        await self.settle()
        return self.new()

    async def wait(self, by: timedelta) -> str:
        """Let time pass; what the bot says in the group meanwhile."""
        return await self.until(self.clock() + by)

    async def leap(self, moment: str) -> None:
        """Go to *moment* (Shanghai) at once, living through nothing on the way, as if the bot was away."""
        self.clock.set(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))
        await self.settle()

    async def restart(self, away_until: datetime | None = None) -> None:
        """End the bot and start it again, at *away_until*, with the same records; the chat goes on."""
        timing = self.adapter.timing
        await self.app.__aexit__(None, None, None)
        self.clock.set(away_until or self.clock())
        self.app = await _started(App(self.app.settings, self.clock), timing)
        self.traveller = Traveller(self.app, self.clock)

    async def settle(self) -> None:
        """Return when everything said is heard, handled and answered."""
        async with asyncio.timeout(PATIENCE):
            while await self.app.engine.submit(self._unheard):  # noqa: ASYNC110 - the far side sends no event
                await asyncio.sleep(0.002)
            await self.traveller.settle()

    def _unheard(self, session: Session) -> bool:
        said = set(self.world.emitted)
        heard = set(session.exec(select(Inbox.key).where(col(Inbox.platform) == "wecom")))
        return not said <= heard

    def _mark(self) -> None:
        self._shown = {post.id: _face(post) for post in self.world.posts}


def _face(post: Post) -> str:
    return f"{post.text}|{post.buttons}|{post.file}|{post.replaced}"


def _full(post: Post, beginning: str) -> str:
    """The whole text of the button that begins so."""
    return next(str(one["text"]) for one in post.buttons if one["text"].startswith(beginning))


async def _started(app: App, timing: Timing) -> App:
    cast(WecomAdapter, app.adapters["wecom"]).timing = timing
    return await app.__aenter__()


def settings_for(gateway: Gateway, folder: Path, **more: Any) -> Settings:
    """The settings of a bot at *gateway* that keeps its records in *folder*."""
    usual: dict[str, Any] = {
        "data_dir": folder,
        "database_url": f"sqlite:///{folder / 'yanban.db'}",
        "wecom_bot_id": BOT_ID,
        "wecom_bot_secret": SecretStr(SECRET),
        "wecom_url": gateway.url,
    }
    return Settings(**usual | more)


@asynccontextmanager
async def open_wecom(
    folder: Path,
    now: datetime = MONDAY,
    workers: dict[str, Worker] | None = None,
    timing: Timing = CALM,
    clock: MovableClock | None = None,
    **more: Any,
) -> AsyncIterator[WecomChat]:
    """A fresh bot in a fresh WeCom at *now*; fails if any frame broke the rules of the protocol.

    *clock*: one that others go by too; *more*: settings that differ from the usual ones of the tests.
    """
    clock = clock or MovableClock(now)
    gateway = Gateway(clock)
    await gateway.start()
    settings = settings_for(gateway, folder, **more)
    try:
        if "database_url" not in more:
            (folder / "yanban.db").write_bytes(empty_database())
        app = App(settings, clock, workers)
        migrate(app.database)
        chat = WecomChat(gateway, await _started(app, timing), clock)
        try:
            yield chat
        finally:
            await chat.app.__aexit__(None, None, None)
        assert gateway.complaints == []
    finally:
        await gateway.stop()


async def settle_in(chat: WecomChat) -> None:
    """王老师 leads, the four teachers have joined, and all have spoken to the bot in private."""
    await chat.app.engine.submit(lambda session: found_community(session, chat.world))


def found_community(session: Session, world: World) -> None:
    """The rows of a community whose leader and teachers are those of the pretend world."""
    now = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)
    group = world.group
    community = Community(name=group.title, term_start=TERM_START, created_at=now)
    session.add(community)
    session.flush()
    add_chat(session, "wecom", group.chatid, False, "").community_id = community.id
    group.spoken = True
    for userid, teacher in world.people.items():
        world.private(userid).spoken = True
        _, person = add_account(session, "wecom", userid, userid, None, now)
        person.name, person.community_id, person.language = teacher.name, community.id, "zh-CN"
        role = Role.LEADER if teacher.name == LEADER else Role.MEMBER
        session.add(
            Member(community_id=community.id or 0, person_id=person.id or 0, role=role, joined_at=now)
        )
        session.add(ChatRow(platform="wecom", address=userid, private=True, person_id=person.id))
