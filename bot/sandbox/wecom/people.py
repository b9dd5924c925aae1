"""Persons, chats and posts of the pretend WeCom."""

import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
LINK = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(([^)\s]*)\)")
BOLD = re.compile(r"(?<!\\)\*\*")
ESCAPED = re.compile(r"\\([\\`*_\[\]<>#~|])")


@dataclass
class Person:
    """A member of the enterprise."""

    userid: str
    name: str


@dataclass
class Room:
    """A group, or the private chat of *owner* with the bot.

    *spoken*: somebody has spoken to the bot there.  *gone*: the bot was taken out of it.
    """

    chatid: str
    title: str
    members: list[str] = field(default_factory=list)
    owner: str | None = None
    spoken: bool = False
    gone: bool = False

    @property
    def private(self) -> bool:
        return self.owner is not None


@dataclass
class StoredFile:
    """A file somebody sent, or the bot; people's go out sealed with *key* (base64)."""

    id: int
    name: str
    content: bytes
    kind: str = "file"
    key: str = ""


@dataclass
class Post:
    """One message as it looks now. *author*: a userid, empty for the bot; *raw*: its words as they were sent.

    *card*: the template card; *personal*: what it was replaced by for single persons; *chosen*: what each
    person pressed on it.
    """

    id: int
    room: str
    author: str
    date: int
    raw: str = ""
    card: Json | None = None
    file: int | None = None
    file_name: str = ""
    quote: int | None = None
    replaced: int = 0
    personal: dict[str, Json] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        return not self.author

    @property
    def text(self) -> str:
        """The words a reader sees, without markdown."""
        if self.card is None:
            return shown(self.raw) if self.from_bot else self.raw
        title = self.card.get("main_title", {})
        lines = (title.get("title"), title.get("desc"), self.card.get("sub_title_text"))
        return "\n".join(line for line in lines if line)

    @property
    def buttons(self) -> list[Json]:
        """{"text", "key"} of everything that can be pressed or chosen."""
        card = self.card or {}
        options = card.get("checkbox", {}).get("option_list", [])
        return [*card.get("button_list", []), *({"text": one["text"], "key": one["id"]} for one in options)]

    @property
    def task_id(self) -> str:
        return str((self.card or {}).get("task_id", ""))


def shown(markdown: str) -> str:
    """What is left of *markdown* for the eye."""
    return ESCAPED.sub(r"\1", BOLD.sub("", LINK.sub(r"\1", markdown)))
