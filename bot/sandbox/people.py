"""Persons, chats and messages of the pretend world, each able to show itself as the Bot API would."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import html

Json = dict[str, Any]

ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
LEADING = frozenset({"creator", "administrator"})
ADMIN_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
    "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip
MEMBER_RIGHTS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info",
    "can_invite_users", "can_pin_messages", "can_manage_topics",
)  # fmt: skip


@dataclass
class Person:
    """Somebody in the world; *started* tells whether they ever wrote to the bot privately."""

    id: int
    name: str
    username: str | None = None
    language_code: str | None = "zh-hans"
    blocked: bool = False
    is_bot: bool = False

    def user(self) -> Json:
        """As the User of the Bot API."""
        shown = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        optional = {"username": self.username, "language_code": self.language_code}
        return shown | {key: value for key, value in optional.items() if value}


@dataclass
class Chat:
    """A group or one person's private chat with the bot; *members* maps a user's id to a status."""

    id: int
    kind: str
    title: str
    members: dict[int, str] = field(default_factory=dict)
    bot: str = "member"
    privacy: bool = True
    forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: list[int] = field(default_factory=list)
    last_bot: int | None = None
    next_message: int = 1
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    started: bool = False

    def __post_init__(self) -> None:
        self.members = {int(key): status for key, status in self.members.items()}
        self.topics = {int(key): name for key, name in self.topics.items()}

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def shown(self) -> Json:
        """As the Chat of the Bot API."""
        named = {"first_name": self.title} if self.private else {"title": self.title}
        return {"id": self.id, "type": self.kind, **named} | ({"is_forum": True} if self.forum else {})


@dataclass
class Post:
    """One message. *body* holds what is special to it (text, entities, document, service fields…)."""

    chat: int
    id: int
    author: Json
    date: int
    body: Json
    reply_to: int | None = None
    thread: int | None = None
    edit_date: int | None = None
    deleted: bool = False
    seen: bool = True
    force_reply: Json | None = None
    silent: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Text or caption; empty for service messages."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        return list(self.body.get("entities") or self.body.get("caption_entities") or [])

    @property
    def html(self) -> str:
        """Text with Telegram's markup put back."""
        return html.to_html(self.text, self.entities)

    @property
    def buttons(self) -> list[list[Json]]:
        """Rows of inline buttons as they are now."""
        return list(self.body.get("reply_markup", {}).get("inline_keyboard", []))

    @property
    def sender(self) -> str:
        """The first name of who wrote it."""
        return str(self.author["first_name"])

    @property
    def from_bot(self) -> bool:
        return bool(self.author["is_bot"]) and self.author["id"] != ANONYMOUS["id"]

    @property
    def service(self) -> bool:
        """Whether it tells of an event rather than carrying words."""
        return not any(key in self.body for key in ("text", "document", "photo"))


def member(user: Json, status: str) -> Json:
    """A ChatMember with the fields its status demands."""
    extra: dict[str, Json] = {
        "creator": {"is_anonymous": False},
        "administrator": dict.fromkeys(ADMIN_RIGHTS, False) | {"can_manage_chat": True},
        "restricted": dict.fromkeys(MEMBER_RIGHTS, True) | {"is_member": True, "until_date": 0},
        "kicked": {"until_date": 0},
    }
    return {"status": status, "user": user} | extra.get(status, {})
