"""The demo's other platforms: a pretend WeCom group and a pretend Official Account, with their own people."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import SecretStr
from sqlmodel import Session, col, select

from bot.adapters.wechat_oa.door import PATH
from bot.app import App
from bot.sandbox.guests import Guest
from bot.sandbox.wechat import Account, WechatGuest, WechatSandbox
from bot.sandbox.wecom.gateway import BOT_ID, SECRET, Gateway
from bot.sandbox.wecom.guest import WecomGuest
from bot.sandbox.wecom.world import World
from storage.models.delivery import Inbox

GROUP = "东校区数学组"
COLLEAGUES = (("郑老师", "zheng"), ("冯老师", "feng"))
FOLLOWER = "吴老师"
BLINK = 0.005


class Neighbours:
    """`start` them before the bot, `reach` the bot once it runs."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.gateway = Gateway(clock, people=_settle)
        self.wechat = WechatSandbox(clock, Account("service"))
        self.wechat.world.person(FOLLOWER)
        self.follower = WechatGuest(self.wechat)
        self.guests: tuple[Guest, ...] = (WecomGuest(self.gateway.world), self.follower)

    async def start(self) -> None:
        await self.gateway.start()
        await self.wechat.start()

    async def stop(self) -> None:
        await self.wechat.stop()
        await self.gateway.stop()

    def settings(self) -> dict[str, Any]:
        """What the owner of the bot and of the account would set."""
        account = self.wechat.account
        return {
            "wecom_bot_id": BOT_ID,
            "wecom_bot_secret": SecretStr(SECRET),
            "wecom_url": self.gateway.url,
            "wecom_webhook_key": None,
            "wechat_app_id": account.app_id,
            "wechat_app_secret": SecretStr(account.secret),
            "wechat_token": SecretStr(account.token),
            "wechat_aes_key": SecretStr(account.aes_key),
            "wechat_kind": account.kind,
            "wechat_template": None,
            "wechat_url": self.wechat.base_url,
            "http_host": "127.0.0.1",
            "http_port": 0,
        }

    def reach(self, app: App) -> None:
        """Let what followers write get to *app*."""
        self.wechat.caller.address = f"http://127.0.0.1:{app.web.port}{PATH}"

    async def heard(self, app: App) -> None:
        """Return when *app* has handled everything that was said."""
        await self.follower.settle()
        while await app.engine.submit(self._unheard):  # noqa: ASYNC110 - the far side sends no event
            await asyncio.sleep(BLINK)

    def _unheard(self, session: Session) -> bool:
        said = set(self.gateway.world.emitted)
        return not said <= set(session.exec(select(Inbox.key).where(col(Inbox.platform) == "wecom")))


def _settle(world: World) -> None:
    for name, userid in COLLEAGUES:
        world.add_person(name, userid)
    world.add_group(GROUP, *(name for name, _ in COLLEAGUES), chatid="wrDemoEastCampus")
