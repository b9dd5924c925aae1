"""The same community on every platform, with the same few deeds, for scenes that must hold on all of them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.chat import LEADER, Chat, open_chat
from tests.follower import Followers, open_followers
from tests.settled import settle_in
from tests.wecom.chat import WecomChat, open_wecom
from tests.wecom.chat import settle_in as settle_in_wecom


class Stage(Protocol):
    """Where the community talks: its group, or the chats of those who follow an account."""

    async def say(self, words: str, by: str = LEADER) -> str:
        """A command where the community talks, typed as one types it there; what is heard."""

    async def answer(self, words: str, by: str = LEADER) -> str:
        """An answer to the bot's last question there."""

    async def tell(self, words: str, by: str = LEADER) -> str:
        """In private."""

    async def press(self, label: str, by: str = LEADER) -> str:
        """The newest choice whose label begins so."""

    async def write(self, by: str) -> None:
        """Take the choice 写反思 and be in private after it."""

    async def until(self, moment: str, by: str = LEADER) -> str:
        """Let time pass; what *by* hears where the community talks, asking for it where one has to."""

    def offered(self, by: str = LEADER, privately: bool = False) -> list[str]:
        """The choices under the newest post."""

    def heard(self, by: str = LEADER) -> int:
        """How many posts there are where the community talks."""


@dataclass
class Telegram:
    """The group on Telegram, where a command has a slash."""

    chat: Chat

    async def say(self, words: str, by: str = LEADER) -> str:
        # Telegram hands over only commands in Latin letters.
        name, _, rest = words.partition(" ")
        command = self.chat.app.router.names[name].name
        return await self.chat.say(f"/{command} {rest}", by)

    async def answer(self, words: str, by: str = LEADER) -> str:
        return await self.chat.say(words, by, self.chat.last())

    async def tell(self, words: str, by: str = LEADER) -> str:
        return await self.chat.tell(words, by)

    async def press(self, label: str, by: str = LEADER) -> str:
        return await self.chat.press(label, by)

    async def write(self, by: str) -> None:
        word = self.chat.post_with("写反思").buttons[0][0]["url"].partition("start=")[2]
        await self.chat.tell(f"/start {word}", by)

    async def until(self, moment: str, by: str = LEADER) -> str:
        return await self.chat.until(moment)

    def offered(self, by: str = LEADER, privately: bool = False) -> list[str]:
        return self.chat.buttons(self.chat.private(by) if privately else None)

    def heard(self, by: str = LEADER) -> int:
        return len(self.chat.posts())


@dataclass
class Wecom:
    """The group in WeCom, where the bot has to be named."""

    chat: WecomChat

    async def say(self, words: str, by: str = LEADER) -> str:
        return await self.chat.say(words, by)

    async def answer(self, words: str, by: str = LEADER) -> str:
        return await self.chat.say(words, by, self.chat.last())

    async def tell(self, words: str, by: str = LEADER) -> str:
        return await self.chat.tell(words, by)

    async def press(self, label: str, by: str = LEADER) -> str:
        return await self.chat.press(label, by)

    async def write(self, by: str) -> None:
        await self.chat.press("写反思", by)

    async def until(self, moment: str, by: str = LEADER) -> str:
        return await self.chat.until(moment)

    def offered(self, by: str = LEADER, privately: bool = False) -> list[str]:
        return self.chat.buttons(self.chat.private(by) if privately else None)

    def heard(self, by: str = LEADER) -> int:
        return len(self.chat.posts())


@dataclass
class Account:
    """The followers of an Official Account, each in a chat of their own, with numbers for buttons."""

    chat: Followers

    async def say(self, words: str, by: str = LEADER) -> str:
        return await self.chat.say(words, by)

    async def answer(self, words: str, by: str = LEADER) -> str:
        return await self.chat.say(words, by)

    async def tell(self, words: str, by: str = LEADER) -> str:
        return await self.chat.say(words, by)

    async def press(self, label: str, by: str = LEADER) -> str:
        return await self.chat.press(label, by)

    async def write(self, by: str) -> None:
        if not self.heard(by) or "写反思" not in self.offered(by):
            # A notice after the 48 hours is short; the whole comes with the next answer.
            await self.chat.say("你好", by)
        await self.chat.press("写反思", by)

    async def until(self, moment: str, by: str = LEADER) -> str:
        return await self.chat.until(moment, by) or await self.chat.say("你好", by)

    def offered(self, by: str = LEADER, privately: bool = False) -> list[str]:
        return self.chat.buttons(by)

    def heard(self, by: str = LEADER) -> int:
        return len(self.chat.posts(by))


@asynccontextmanager
async def _telegram(folder: Path, url: str | None) -> AsyncIterator[Stage]:
    async with open_chat(folder, url) as opened:
        await settle_in(opened)
        yield Telegram(opened)


@asynccontextmanager
async def _wecom(folder: Path, url: str | None) -> AsyncIterator[Stage]:
    more: dict[str, Any] = {"database_url": url} if url else {}
    async with open_wecom(folder, **more) as opened:
        await settle_in_wecom(opened)
        yield Wecom(opened)


@asynccontextmanager
async def _account(folder: Path, kind: str) -> AsyncIterator[Stage]:
    async with open_followers(folder, kind) as opened:
        await opened.found()
        yield Account(opened)


STAGES: dict[str, Callable[[Path, str | None], AbstractAsyncContextManager[Stage]]] = {
    "telegram": _telegram,
    "wecom": _wecom,
    "service": lambda folder, _: _account(folder, "service"),
    "personal": lambda folder, _: _account(folder, "personal"),
}
