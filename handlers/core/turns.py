"""Very many due moments of one kind at once: handled together, with one answer for all that are alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from handlers.core.answer import Answer
from handlers.core.context import Context, key
from handlers.core.message import Kind, Message, Place
from storage.models.community import Chat, Community

OWN = "\ue002"  # where each chat has something of its own


@dataclass(slots=True)
class Turn:
    """One of the moments: of what it is, and whether it is too late; the handler sets when it is due next."""

    schedule_id: int
    ref_id: int
    community_id: int | None
    at: datetime
    late: bool
    next_at: datetime | None = None

    @property
    def name(self) -> str:
        return f"due:{self.schedule_id}:{self.at.isoformat()}"


@dataclass(frozen=True, slots=True)
class Addressed:
    """A chat that gets a circular, whose turn it is, and what OWN is there."""

    turn: Turn
    chat_id: int
    own: str


@dataclass(frozen=True, slots=True)
class Circular:
    """One answer to many chats; OWN stands for something in its card, and in the `start` of its buttons.

    *ctx* has a chat and a community that are like theirs in whatever matters. The card is new in each chat.
    """

    ctx: Context
    answer: Answer
    addressed: Sequence[Addressed]


@dataclass(frozen=True, slots=True)
class Letter:
    """An answer that is one chat's own, said from the chat *home*."""

    turn: Turn
    home: int
    answer: Answer


def alike(session: Session, now: datetime, community: Community, chat: Chat) -> Context:
    """The context of a due moment of any community and chat like these."""
    place = Place(chat.address, chat.private, chat.title, chat.thread)
    message = Message(chat.platform, f"due:{key(chat.id)}", Kind.DUE, place, now)
    return Context(session, message, now, chat, community=community)
