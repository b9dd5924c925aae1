"""Where the demo's people talk to the bot, with the same few deeds on every platform."""

import re
from dataclasses import dataclass
from typing import Protocol

from bot.sandbox.people import Chat
from bot.sandbox.wechat import WechatGuest, WechatSandbox
from bot.sandbox.wecom.world import BOT
from bot.sandbox.wecom.world import World as Wecom
from bot.sandbox.world import World

CHOICE = re.compile(r"(\d+) ([^/\n]+)")


class Place(Protocol):
    """One chat, or the private chat of whoever acts."""

    def say(self, who: str, words: str) -> None:
        """*who* writes."""

    def press(self, who: str, beginning: str) -> bool:
        """*who* presses the newest button whose text begins so; False when nobody offers it."""

    def heard(self, who: str) -> list[str]:
        """What the bot has said there, oldest first, as it looks now."""


@dataclass(frozen=True)
class TelegramPlace:
    """The first group of the pretend Telegram, or private chats there."""

    world: World
    private: bool

    def say(self, who: str, words: str) -> None:
        self.world.say(who, self._room(who), words)

    def press(self, who: str, beginning: str) -> bool:
        for post in reversed(self.world.messages(self._room(who))):
            for one in (one for row in post.buttons for one in row if "callback_data" in one):
                if post.from_bot and one["text"].startswith(beginning):
                    self.world.press(who, post, one["text"])
                    return True
        return False

    def heard(self, who: str) -> list[str]:
        return [post.text for post in self.world.messages(self._room(who)) if post.from_bot]

    def _room(self, who: str) -> Chat:
        return self.world.private(who) if self.private else self.world.group


@dataclass(frozen=True)
class WecomPlace:
    """The first group of the pretend WeCom, where the bot hears what names it."""

    world: Wecom

    def say(self, who: str, words: str) -> None:
        self.world.say(who, self.world.group, f"@{BOT} {words}")

    def press(self, who: str, beginning: str) -> bool:
        for post in reversed(self.world.messages(self.world.group)):
            for one in post.buttons:
                if one["text"].startswith(beginning):
                    self.world.press(who, post, one["text"])
                    return True
        return False

    def heard(self, who: str) -> list[str]:
        return [post.text for post in self.world.messages(self.world.group) if post.from_bot]


@dataclass(frozen=True)
class WechatPlace:
    """Followers' chats with the pretend Official Account, where a number stands for a button."""

    wechat: WechatSandbox
    guest: WechatGuest

    def say(self, who: str, words: str) -> None:
        self.guest.write(who, words)

    def press(self, who: str, beginning: str) -> bool:
        for post in reversed(self.wechat.posts(who)):
            for number, label in CHOICE.findall(post.text):
                if label.startswith(beginning):
                    self.say(who, number)
                    return True
        return False

    def heard(self, who: str) -> list[str]:
        return [post.text for post in self.wechat.posts(who)]
