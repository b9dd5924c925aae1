"""The account's chats on the page of the sandbox, beside the pretend Telegram."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot.sandbox.guests import Upload, hue
from bot.sandbox.wechat.server import WechatSandbox
from bot.sandbox.wechat.world import Follower, Post

Json = dict[str, Any]
TITLE = "研伴"


class WechatGuest:
    """Every follower has one chat; what they do is told to the bot at once, and the answer comes later."""

    platform = "wechat"

    def __init__(self, wechat: WechatSandbox) -> None:
        self.wechat = wechat
        self.listeners: list[Callable[[], None]] = wechat.world.listeners
        self._under_way: set[asyncio.Task[Any]] = set()

    def people(self) -> list[str]:
        return list(self.wechat.world.followers)

    def chats(self, name: str) -> list[Json]:
        follower = self.wechat.world.followers.get(name)
        if follower is None:
            return []
        return [self._shown(follower)]

    def say(self, name: str, chat: str, text: str, reply_to: str | None) -> None:
        self._mine(name, chat)
        self._do(self.wechat.say(name, text))

    def press(self, name: str, chat: str, message: str, data: str) -> None:
        """An entry of the menu: there are no other buttons."""
        self._mine(name, chat)
        if data not in {entry["key"] for entry in self._entries()}:
            raise KeyError(data)
        self._do(self.wechat.click(name, data))

    def send(self, name: str, chat: str, upload: Upload) -> None:
        """Followers can send pictures; KeyError for any other file."""
        self._mine(name, chat)
        if not upload.mime.startswith("image/"):
            raise KeyError(upload.mime)
        number = f"media{self.wechat.world.number():020d}"
        self._do(self.wechat.send(name, "image", f"[{upload.name}]", MediaId=number, PicUrl=""))

    def file(self, number: str) -> Upload | None:
        """None: pictures are not kept."""
        return None

    def dump(self) -> Json:
        return self.wechat.dump()

    def load(self, kept: Json) -> None:
        self.wechat.load(kept)

    async def settle(self) -> None:
        """Return when everything done on the page was told to the bot."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _do(self, deed: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(deed)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def _mine(self, name: str, chat: str) -> None:
        if chat != _number(self.wechat.world.followers[name]):
            raise KeyError(chat)

    def _entries(self) -> list[Json]:
        return [entry for button in self.wechat.world.menu for entry in button["sub_button"]]

    def _shown(self, follower: Follower) -> Json:
        menu = [
            {"command": entry["key"].removeprefix("/"), "description": entry["name"]}
            for entry in self._entries()
        ]
        return {
            "id": _number(follower),
            "platform": self.platform,
            "title": TITLE,
            "private": True,
            "members": 2,
            "bot": True,
            "sees_all": True,
            "started": follower.following,
            "commands": menu,
            "messages": [_line(post) for post in self.wechat.world.chat(follower.name)],
        }


def _number(follower: Follower) -> str:
    return f"wechat:{follower.openid}"


def _line(post: Post) -> Json:
    """A post as the page shows one; what WeChat says itself comes from nobody."""
    name = TITLE if post.from_bot else "微信" if post.kind == "trouble" else post.person
    return {
        "id": str(post.id),
        "from": {"id": name, "name": name, "bot": post.from_bot, "hue": hue(name)},
        "mine": not post.from_bot and post.kind == "text",
        "date": post.date,
        "edited": False,
        "text": post.text,
        "entities": [],
        "buttons": [],
        "file": None,
        "reply_to": None,
        "seen": True,
        "force_reply": None,
        "service": None,
        "reactions": [],
        "via": False,
        "pressed": False,
    }
