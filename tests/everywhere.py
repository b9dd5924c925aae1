"""One community in a Telegram group, in a WeCom group and with a follower of an Official Account."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr
from sqlmodel import Session

from bot.adapters.wechat_oa.door import PATH
from bot.app import App
from bot.clock import MovableClock
from bot.sandbox.server import Sandbox
from bot.sandbox.wechat import Account, WechatSandbox
from bot.sandbox.wecom.world import World as WecomWorld
from storage.models.community import Chat as ChatRow
from storage.models.community import Member
from storage.queries.community import add_account, add_chat
from tests.chat import MONDAY, PATIENCE, SHANGHAI, TOKEN, Chat
from tests.follower import Followers, free_port
from tests.settled import found_community
from tests.wecom.chat import WecomChat, open_wecom

EAST = (("郑老师", "zheng_laoshi"), ("冯老师", "feng_laoshi"))
FOLLOWER = "吴老师"
TITLE = "东校区数学组"


@dataclass
class Everywhere:
    """王老师 and the four teachers are on *telegram*, 郑老师 and 冯老师 on *wecom*, 吴老师 follows."""

    telegram: Chat
    wecom: WecomChat
    follower: Followers

    @property
    def app(self) -> App:
        return self.wecom.app

    @property
    def east(self) -> list[str]:
        """What the bot has posted in the WeCom group, as it looks now."""
        return [post.text for post in self.wecom.posts()]

    async def settle(self) -> None:
        """Return when everything said anywhere is handled and answered."""
        async with asyncio.timeout(PATIENCE):
            await self.wecom.settle()
            await self.telegram.settle()

    async def until(self, moment: str) -> None:
        """Let time pass to *moment* ("2026-11-27 15:30", Shanghai)."""
        await self.wecom.traveller.travel(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))
        await self.settle()

    async def meet(self, words: str = "周五 16:00 分数教学研讨") -> None:
        """王老师 arranges a meeting from the Telegram group."""
        await self.telegram.say(f"/schedule {words}")
        await self.telegram.press("就这样")
        await self.settle()

    async def restart(self) -> None:
        """End the bot and start it again with the same records."""
        await self.wecom.restart()
        self.follower.app = self.telegram.app = self.app
        self.follower.traveller = self.telegram.traveller = self.wecom.traveller
        await self.settle()


@asynccontextmanager
async def open_everywhere(folder: Path, kind: str = "service") -> AsyncIterator[Everywhere]:
    """A fresh bot on all three, with an account of *kind*; fails on any complaint of theirs."""
    clock = MovableClock(MONDAY)
    sandbox, wechat = Sandbox(None, clock, TOKEN, seed=False), WechatSandbox(clock, Account(kind))
    async with AsyncExitStack() as stack:
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        await wechat.start()
        stack.push_async_callback(wechat.stop)
        port = free_port()
        wechat.caller.address = f"http://127.0.0.1:{port}{PATH}"
        wecom = await stack.enter_async_context(
            open_wecom(
                folder,
                clock=clock,
                telegram_token=SecretStr(TOKEN),
                telegram_base_url=sandbox.base_url,
                telegram_base_file_url=sandbox.base_file_url,
                telegram_per_second=10_000,
                telegram_per_chat_second=10_000,
                telegram_per_group_minute=10_000,
                wechat_app_id=wechat.account.app_id,
                wechat_app_secret=SecretStr(wechat.account.secret),
                wechat_token=SecretStr(wechat.account.token),
                wechat_aes_key=SecretStr(wechat.account.aes_key),
                wechat_kind=wechat.account.kind,
                wechat_url=wechat.base_url,
                http_port=port,
            )
        )
        telegram = Chat(sandbox, wecom.app, clock)
        await wecom.app.engine.submit(lambda session: found_community(session, sandbox.world))
        _people(wecom.world)
        await wecom.app.engine.submit(lambda session: _settle_east(session, wecom.world))
        follower = Followers(wechat, wecom.app, clock, telegram)
        await follower.join(FOLLOWER)
        yield Everywhere(telegram, wecom, follower)
        assert sandbox.complaints == wechat.complaints == []


def _people(world: WecomWorld) -> None:
    world.group.title, world.group.spoken = TITLE, True
    for name, userid in EAST:
        world.add_person(name, userid)
        world.group.members.append(userid)


def _settle_east(session: Session, world: WecomWorld) -> None:
    """The WeCom group belongs to the community; 郑老师 has spoken in private, 冯老师 has not."""
    now = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)
    add_chat(session, "wecom", world.group.chatid, False, "").community_id = 1
    for name, userid in EAST:
        _, person = add_account(session, "wecom", userid, name, None, now)
        person.community_id, person.language = 1, "zh-CN"
        session.add(Member(community_id=1, person_id=person.id or 0, joined_at=now))
        if name == EAST[0][0]:
            world.private(name).spoken = True
            session.add(ChatRow(platform="wecom", address=userid, private=True, person_id=person.id))
