"""WeCom's push robot (消息推送): one group that can be told, and in which people can be called by name."""

import asyncio
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import aiohttp
import structlog
from aiohttp.web import Application

from bot.adapters.base import (
    MINUTE,
    Arrival,
    Capabilities,
    Edits,
    Gone,
    Parcel,
    Paused,
    Receive,
    Refused,
    Unknown,
    Unreachable,
    Unwelcome,
    Window,
)
from bot.clock import Clock
from bot.engine import Unavailable
from bot.markup import to_markdown, to_plain
from bot.split import octets, visible
from config.settings import Settings
from handlers.core.message import Kind, Message, Place

log = structlog.get_logger()
PATH = "/cgi-bin/webhook/send"
PATIENCE = aiohttp.ClientTimeout(total=15)
LONGEST_TEXT, LONGEST_MARKDOWN = 2048, 4096  # bytes
TITLE = "消息推送"
BUSY, TOO_OFTEN, NO_SUCH_KEY = -1, 45009, 93000
PAUSE = 60.0
Json = dict[str, Any]


class WecomWebhookAdapter:
    """One robot in one group. It hears nothing; the key in its address is all the authority there is."""

    platform = "wecom_webhook"
    link: str | None = None
    ready = True
    way = "none"

    def __init__(self, settings: Settings, clock: Clock) -> None:
        if settings.wecom_webhook_key is None:
            raise Unwelcome("YANBAN_WECOM_WEBHOOK_KEY: give the key of the push robot")
        self._key, self._clock = settings.wecom_webhook_key, clock
        self._url = f"{settings.wecom_webhook_url}{PATH}"
        self._session: aiohttp.ClientSession | None = None
        # Another key is another robot in another group, and the key itself is kept nowhere.
        self.account = sha256(self._key.get_secret_value().encode()).hexdigest()[:16]
        self.can = Capabilities(
            hears=False,
            buttons=False,
            notices=False,
            mentions="wecom",
            files=False,
            edits=Edits.NONE,
            max_units=LONGEST_TEXT,
            measure=octets,
            shown=to_markdown,
            windows=(Window(MINUTE, 18),),
        )

    def __repr__(self) -> str:
        return f"WecomWebhookAdapter({self.account})"

    async def connect(self) -> None:
        """There is no call that proves the key without posting something."""
        self._session = aiohttp.ClientSession(timeout=PATIENCE)

    def read(self, raw: Json) -> Message | None:
        """The robot is in its group: the only thing there is to know."""
        place = Place(self.account, title=TITLE)
        key = str(raw["key"])
        return Message(self.platform, key, Kind.DEAF, place, self._clock())

    def mount(self, web: Application, receive: Receive) -> bool:
        return False

    async def start(self, receive: Receive) -> None:
        """Let the group be connected with a community, if it is not yet."""
        key = f"start:{self._clock().isoformat()}"
        try:
            await receive([Arrival(self.platform, self.account, key, {"key": key})])
        except Unavailable:
            log.warning("robot_not_introduced")

    async def stop(self) -> None:
        """Nothing is received."""

    async def deaf(self) -> BaseException | None:
        """Never returns: what never heard cannot go deaf."""
        await asyncio.Event().wait()
        return None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def deliver(self, parcel: Parcel) -> str | None:
        """Post one parcel; the robot's posts have no id. Raises Undelivered."""
        if parcel.method != "post":
            raise Refused(f"a push robot cannot {parcel.method}")
        code = await self._post(content(str(parcel.payload["html"]), parcel.payload.get("mention") or ()))
        if code == NO_SUCH_KEY:
            log.error("robot_refused", reason="YANBAN_WECOM_WEBHOOK_KEY: WeCom does not know this key")
            raise Gone
        if code == TOO_OFTEN:
            raise Paused(PAUSE)
        if code == BUSY:
            raise Unreachable
        if code:
            raise Refused(f"WeCom answered {code}")
        return None

    async def _post(self, body: Json) -> int:
        """The errcode of the answer. Errors are raised without their cause, which holds the key."""
        if self._session is None:
            raise Unreachable
        ended: Exception
        try:
            key = {"key": self._key.get_secret_value()}
            # Whatever an answer points to gets neither the words nor another try.
            asking = self._session.post(self._url, params=key, json=body, allow_redirects=False)
            async with asking as response:
                if response.status >= 500:
                    raise Unreachable
                return int((await response.json(content_type=None))["errcode"])
        except aiohttp.ClientConnectorError:
            ended = Unreachable()
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
            ended = Unknown()
        raise ended

    async def work(self, kind: str, content: Json) -> Json:
        raise KeyError(kind)


def content(markup: str, mention: Sequence[str]) -> Json:
    """The body of a post: markdown, or plain text where people are called by name or the address is long."""
    markdown = to_markdown(markup)
    if not mention and octets(markdown) <= LONGEST_MARKDOWN:
        return {"msgtype": "markdown", "markdown": {"content": markdown}}
    words = to_plain(markup)
    if octets(words) > LONGEST_TEXT:
        words = visible(markup)
    text: Json = {"content": words} | ({"mentioned_list": list(mention)} if mention else {})
    return {"msgtype": "text", "text": text}
