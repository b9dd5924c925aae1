"""Very many due moments of one kind at once: handled together, with one answer for all that are alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from config.texts import Text
from handlers.core.answer import Answer, Button
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


class Addressed(NamedTuple):
    """A chat that gets a circular, whose turn it is, the text for it, and what OWN is there."""

    turn: Turn
    chat_id: int
    text: Text
    own: str


@dataclass(frozen=True, slots=True)
class Circular:
    """An answer to many chats; OWN stands for something in its card, and in the `start` of its buttons.

    *ctx* has a chat and a community that are like theirs in whatever matters. The card is new in each chat.
    Who gets the same text gets the same object, so that it is rendered once.
    """

    ctx: Context
    buttons: Sequence[Sequence[Button]]
    card: str
    addressed: Sequence[Addressed]

    def card_of(self, to: Addressed) -> str:
        """The name of its card in that chat."""
        return self.card.replace(OWN, to.own)

    def own(self, to: Addressed) -> Answer:
        """What it says to one of them."""
        buttons = [
            [replace(one, start=one.start and one.start.replace(OWN, to.own)) for one in row]
            for row in self.buttons
        ]
        return Answer(to.text, buttons, card=self.card_of(to), chat=to.chat_id)


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
