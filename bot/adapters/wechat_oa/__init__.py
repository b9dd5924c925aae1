"""A WeChat Official Account (公众号): messages come by signed calls, answers go in their responses."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import structlog
from aiohttp.web import Application

from bot.adapters.base import Capabilities, Closed, Edits, Parcel, Paused, Receive, Undelivered, Unknown
from bot.adapters.wechat_oa.client import Client, Full, Missing
from bot.adapters.wechat_oa.door import Door
from bot.adapters.wechat_oa.envelope import Envelope, aes_key
from bot.adapters.wechat_oa.menu import buttons
from bot.adapters.wechat_oa.notice import Form, form_of, told_shortly
from bot.adapters.wechat_oa.read import PLATFORM, read
from bot.adapters.wechat_oa.slots import Slots
from bot.clock import Clock
from bot.engine import Engine
from bot.markup import to_plain
from bot.split import octets
from bot.talk import form_of_notice, give_back, shut, spend, spend_notice
from config.settings import Settings
from handlers.core.message import Message

log = structlog.get_logger()
WINDOW = timedelta(hours=48)
LONGEST = 2048
SHOW_CODE = "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket="
CODE_LASTS = 30 * 86400


class WechatAdapter:
    """One account. What it may do depends on its kind: an account that is not verified only answers."""

    platform = PLATFORM
    link = None
    ready = True
    way = "webhook"

    def __init__(self, settings: Settings, clock: Clock, engine: Engine) -> None:
        app_id, secret = str(settings.wechat_app_id), _secret(settings.wechat_app_secret)
        key = aes_key(_secret(settings.wechat_aes_key))
        self.account, self._clock, self._engine = app_id, clock, engine
        self.client = Client(settings.wechat_url, app_id, secret, engine, clock)
        self.slots = Slots()
        self.door = Door(Envelope(_secret(settings.wechat_token), key, app_id), self.slots, engine, clock)
        self._verified = settings.wechat_kind != "personal"
        self._form = form_of(settings.wechat_template) if settings.wechat_kind == "service" else None
        self._missing: set[str] = set()
        self.can = Capabilities(
            can_push=self._verified,
            push_window=WINDOW if self._verified else None,
            reminds=self._form is not None,
            buttons=False,
            notices=False,
            files=False,
            menus=self._verified,
            codes=settings.wechat_kind == "service",
            edits=Edits.NONE,
            max_units=LONGEST,
            measure=octets,
            shown=to_plain,
            per_second=1000,
            per_chat_second=10,
            windows=(),
        )

    def __repr__(self) -> str:
        return f"WechatAdapter({self.account})"

    def read(self, raw: dict[str, Any]) -> Message | None:
        return read(raw)

    async def connect(self) -> None:
        """An account that may speak first shows that its secret is right; raises Unwelcome if it is not."""
        # Nobody should wait for what is loaded with the first call.
        await asyncio.to_thread(self.door.warm_up)
        if self._verified:
            await self.client.introduce()

    def mount(self, web: Application, receive: Receive) -> bool:
        self.door.mount(web, receive)
        return True

    async def start(self, receive: Receive) -> None:
        """Nothing to begin: WeChat calls."""

    async def stop(self) -> None:
        """Nothing to stop: calls end with the server."""

    async def deaf(self) -> BaseException | None:
        """Never: who calls us cannot be lost on our side."""
        await asyncio.Event().wait()
        return None

    async def close(self) -> None:
        await self.client.close()

    async def deliver(self, parcel: Parcel) -> str | None:
        """In the response to what the person just said; else as a message of our own, if that is allowed."""
        words = to_plain(str(parcel.payload["html"]))
        # Whoever waits for an answer must not get what happens to fall due just now instead.
        if parcel.scheduled or not await self.slots.hand_over(parcel.address, words):
            await self._push(parcel, words)
        return None

    async def _push(self, parcel: Parcel, words: str) -> None:
        if not self._may("messages"):
            raise Closed("answers only")
        spent = await self._engine.submit(lambda session: spend(session, parcel.chat_id, self._clock()))
        if spent is not None:
            await self._try(parcel, "messages", self.client.send_text(parcel.address, words), spent)
            return
        await self._notify(parcel, words)

    async def _notify(self, parcel: Parcel, words: str) -> None:
        """What is worth it reaches people after the 48 hours too, in short; raises Closed for all else."""
        if not parcel.scheduled:
            raise Closed("nobody has spoken lately")
        short = told_shortly(words)
        if self._form is not None and self._may("templates"):
            form = self._form
            sending = self.client.send_template(parcel.address, form.template, {form.field: short})
            await self._try(parcel, "templates", sending)
        elif not await self._by_leave(parcel, short):
            raise Closed("nobody has spoken lately")
        if short != words:
            raise Closed("told in short, the whole waits")

    async def _by_leave(self, parcel: Parcel, short: str) -> bool:
        """Whether the person had allowed us a notice, which is used up now."""
        if not self._may("notices"):
            return False
        spent = await self._engine.submit(
            lambda session: spend_notice(session, parcel.chat_id, self._clock())
        )
        if spent is None:
            return False
        form = Form(form_of_notice(spent))
        sending = self.client.send_notice(parcel.address, form.template, {form.field: short})
        await self._try(parcel, "notices", sending, spent)
        return True

    def _may(self, right: str) -> bool:
        return self._verified and right not in self._missing

    async def _try(
        self, parcel: Parcel, right: str, sending: Awaitable[None], spent: str | None = None
    ) -> None:
        try:
            await self._counted(parcel, sending, spent)
        except Missing as error:
            self._learn(right, error)
            raise Closed(f"the account may not send {right}") from None
        except Full:
            await self._engine.submit(lambda session: shut(session, parcel.chat_id))
            raise
        except Paused:
            # A quota of the day: to hold the chat would hold back answers too, which cost none of it.
            raise Closed("the quota is used up") from None

    async def _counted(self, parcel: Parcel, sending: Awaitable[None], spent: str | None) -> None:
        """Send what was counted as *spent*, and count back what surely was not said."""
        try:
            await sending
        except Unknown:
            raise
        except Undelivered:
            if spent is not None:
                await self._engine.submit(lambda session: give_back(session, parcel.chat_id, spent))
            raise

    async def work(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        return await self._works[kind](content)

    @property
    def _works(self) -> dict[str, Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]]:
        return {"rights": self._rights, "menu": self._menu, "code": self._code}

    async def _rights(self, _content: dict[str, Any]) -> dict[str, Any]:
        """Nobody runs a chat of one."""
        return {"admin": None, "inside": True}

    async def _menu(self, content: dict[str, Any]) -> dict[str, Any]:
        """The menu below the chat, the same for all followers; {} also where the account may have none."""
        if not content["leaders"] and not content.get("language") and self._may("menu"):
            names = {str(name) for name, _ in content["commands"]}
            await self._granted("menu", self.client.create_menu(buttons(names)))
        return {}

    async def _code(self, content: dict[str, Any]) -> dict[str, Any]:
        """A picture to scan that leads here with *scene*: {"url", "image"}, {} where there is none."""
        if not self._may("codes"):
            return {}
        found = await self._granted("codes", self.client.create_code(str(content["scene"]), CODE_LASTS))
        return {"url": found["url"], "image": f"{SHOW_CODE}{found['ticket']}"} if found else {}

    async def _granted(self, right: str, asking: Awaitable[Any]) -> Any:
        """What is asked for, None where the account has no right to it."""
        try:
            return await asking
        except Missing as error:
            self._learn(right, error)
            return None

    def _learn(self, right: str, error: Missing) -> None:
        """The setting promises more than the account may: said once, and not tried again."""
        self._missing.add(right)
        log.warning("account_may_not", right=right, code=str(error), setting="YANBAN_WECHAT_KIND")


def _secret(given: Any) -> str:
    return str(given.get_secret_value()) if given is not None else ""
