"""Followers of a pretend Official Account: write as a teacher would, read what comes back.

The whole bot runs against the sandbox's WeChat; every answer and every request is checked there.
"""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlmodel import Session

from bot.adapters.wechat_oa import WechatAdapter
from bot.adapters.wechat_oa.door import PATH
from bot.app import App
from bot.clock import MovableClock
from bot.sandbox.server import Sandbox
from bot.sandbox.wechat import Account, Post, WechatSandbox
from bot.timetravel import Traveller
from config.settings import Settings
from storage.migrate import migrate
from storage.models.community import Chat as ChatRow
from storage.models.community import Community, Member, Role
from storage.queries.community import account_at, add_account
from tests.chat import LEADER, MONDAY, SHANGHAI, TOKEN, Chat, empty_database
from tests.settled import TEACHERS, TERM_START, found_community

PATIENCE = 15.0
CHOICES = re.compile(r"^(?:回复|Reply) (.+)$", re.MULTILINE)
FOUNDED = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)


class Followers:
    """The chats of an Official Account, seen from the outside; *chat* is the group on Telegram, if any."""

    def __init__(self, wechat: WechatSandbox, app: App, clock: MovableClock, chat: Chat | None) -> None:
        self.wechat, self.app, self.clock = wechat, app, clock
        self.traveller = Traveller(app, clock)
        self._chat = chat
        self._seen = 0

    @property
    def chat(self) -> Chat:
        """The group on Telegram; only where it was opened too."""
        assert self._chat is not None
        return self._chat

    @property
    def adapter(self) -> WechatAdapter:
        found = self.app.adapters["wechat"]
        assert isinstance(found, WechatAdapter)
        return found

    async def say(self, text: str, by: str = LEADER) -> str:
        """Write to the account; what comes back, in the response or after it."""
        self._mark()
        await self.wechat.say(by, text)
        await self.settle()
        return self.new(by)

    async def tell(self, text: str, by: str = LEADER) -> str:
        """The same: every chat of an account is private."""
        return await self.say(text, by)

    async def click(self, key: str, by: str = LEADER) -> str:
        """Press an entry of the menu."""
        self._mark()
        await self.wechat.click(by, key)
        await self.settle()
        return self.new(by)

    async def follow(self, by: str, scene: str | None = None) -> str:
        """Follow the account, or scan a code of it."""
        self._mark()
        await self.wechat.follow(by, scene)
        await self.settle()
        return self.new(by)

    async def press(self, label: str, by: str = LEADER) -> str:
        """Reply with the number of the newest choice whose label begins so."""
        return await self.say(self.number(label, by), by)

    def number(self, label: str, by: str = LEADER) -> str:
        """The number to reply with for that label."""
        for post in reversed(self.posts(by)):
            for number, offered in reversed(offered_in(post.text)):
                if offered.startswith(label):
                    return number
        raise AssertionError(f"nobody offers {label!r}: {[post.text for post in self.posts(by)][-3:]}")

    def buttons(self, by: str = LEADER) -> list[str]:
        """The labels of the choices in the newest post."""
        return [label for _, label in offered_in(self.last(by).text)]

    def posts(self, by: str = LEADER) -> list[Post]:
        """What the account has said to somebody, oldest first."""
        return self.wechat.posts(by)

    def last(self, by: str = LEADER) -> Post:
        return self.posts(by)[-1]

    def new(self, by: str = LEADER) -> str:
        """What the account has said to somebody since the last word of anybody."""
        return "\n".join(post.text for post in self.posts(by) if post.id > self._seen)

    async def until(self, moment: datetime | str, by: str = LEADER) -> str:
        """Let time pass to *moment* ("2026-11-27 15:30", Shanghai); what *by* hears meanwhile."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        self._mark()
        await self.traveller.travel(moment)
        await self.settle()
        return self.new(by)

    async def wait(self, by: timedelta) -> None:
        """Let time pass."""
        await self.until(self.clock() + by)

    async def restart(self) -> None:
        """End the bot and start it again with the same records."""
        await self.app.__aexit__(None, None, None)
        self.app = await App(self.app.settings, self.clock).__aenter__()
        self.traveller = Traveller(self.app, self.clock)
        if self._chat is not None:
            self._chat.app, self._chat.traveller = self.app, self.traveller

    async def settle(self) -> None:
        """Return when everything said is handled and answered."""
        async with asyncio.timeout(PATIENCE):
            if self._chat is not None:
                await self._chat.settle()
            await self.traveller.settle()

    async def found(self, *names: str) -> None:
        """王老师 leads a community without a group; those named (all four) follow and are in it."""
        followers = {name: self.wechat.world.person(name).openid for name in (LEADER, *(names or TEACHERS))}
        for name in followers:
            self.wechat.world.person(name).following = True
        await self.app.engine.submit(lambda session: found_followers(session, followers))

    async def join(self, name: str) -> None:
        """A follower joins the community of the Telegram group, with this chat as where its posts come."""
        openid = self.wechat.world.person(name).openid
        self.wechat.world.person(name).following = True
        await self.app.engine.submit(lambda session: add_follower(session, 1, name, openid, Role.MEMBER))

    def _mark(self) -> None:
        self._seen = self.wechat.world.number()


def offered_in(text: str) -> list[tuple[str, str]]:
    """(number, label) of every choice in a post."""
    choices = [choice for line in CHOICES.findall(text) for choice in line.split(" / ")]
    return [(number, label) for number, _, label in (choice.partition(" ") for choice in choices)]


def found_followers(session: Session, followers: dict[str, str]) -> None:
    """A community whose members are followers: name → openid, the first leads."""
    community = Community(name="三年级数学教研组", term_start=TERM_START, created_at=FOUNDED)
    session.add(community)
    session.flush()
    for name, openid in followers.items():
        role = Role.LEADER if name == LEADER else Role.MEMBER
        add_follower(session, community.id or 0, name, openid, role)


def add_follower(session: Session, community_id: int, name: str, openid: str, role: Role) -> None:
    """A follower who is in the community and whose private chat its posts come to."""
    known = account_at(session, "wechat", openid)
    person_id = known.person_id if known else None
    if person_id is None:
        _, person = add_account(session, "wechat", openid, f"微信{openid[-4:]}", None, FOUNDED)
        person.name, person.community_id, person.language = name, community_id, "zh-CN"
        person_id = person.id
    chat = ChatRow(platform="wechat", address=openid, private=True, person_id=person_id)
    session.add(chat)
    session.flush()
    member = Member(community_id=community_id, person_id=person_id or 0, role=role, joined_at=FOUNDED)
    member.chat_id = chat.id
    session.add(member)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def settings_for(wechat: WechatSandbox, folder: Path, **more: Any) -> Settings:
    """What the owner of the pretend account would set."""
    account = wechat.account
    usual: dict[str, Any] = {
        "data_dir": folder,
        "database_url": f"sqlite:///{folder / 'yanban.db'}",
        "wechat_app_id": account.app_id,
        "wechat_app_secret": SecretStr(account.secret),
        "wechat_token": SecretStr(account.token),
        "wechat_aes_key": SecretStr(account.aes_key),
        "wechat_kind": account.kind,
        "wechat_template": "REMIND" if account.kind == "service" else None,
        "wechat_url": wechat.base_url,
        "http_port": free_port(),
    }
    return Settings(**usual | more)


@asynccontextmanager
async def open_followers(
    folder: Path,
    kind: str = "personal",
    telegram: bool = False,
    now: datetime = MONDAY,
    **more: Any,
) -> AsyncIterator[Followers]:
    """A fresh bot with an account of *kind*, and a group on Telegram if *telegram*; fails on complaints."""
    clock = MovableClock(now)
    async with AsyncExitStack() as stack:
        wechat = WechatSandbox(clock, Account(kind))
        await wechat.start()
        stack.push_async_callback(wechat.stop)
        sandbox = Sandbox(None, clock, TOKEN, seed=False) if telegram else None
        if sandbox is not None:
            await sandbox.start()
            stack.push_async_callback(sandbox.stop)
            more |= _telegram(sandbox)
        settings = settings_for(wechat, folder, **more)
        wechat.caller.address = f"http://127.0.0.1:{settings.http_port}{PATH}"
        if "database_url" not in more and not (folder / "yanban.db").exists():
            (folder / "yanban.db").write_bytes(empty_database())
        app = App(settings, clock)
        migrate(app.database)
        app = await app.__aenter__()
        followers = Followers(wechat, app, clock, Chat(sandbox, app, clock) if sandbox else None)
        if sandbox is not None:
            await app.engine.submit(lambda session: found_community(session, sandbox.world))
        try:
            yield followers
        finally:
            await followers.app.__aexit__(None, None, None)
        assert wechat.complaints == []
        assert sandbox is None or sandbox.complaints == []


def _telegram(sandbox: Sandbox) -> dict[str, Any]:
    return {
        "telegram_token": SecretStr(TOKEN),
        "telegram_base_url": sandbox.base_url,
        "telegram_base_file_url": sandbox.base_file_url,
        "telegram_per_second": 10_000,
        "telegram_per_chat_second": 10_000,
        "telegram_per_group_minute": 10_000,
    }
