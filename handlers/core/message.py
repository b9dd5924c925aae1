"""What happened in a chat, in the same words for every platform."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of thing happened."""

    TEXT = "text"  # somebody wrote, or sent a file
    EDITED = "edited"  # somebody changed what they had written
    BUTTON = "button"  # somebody pressed a button of ours
    QUERY = "query"  # somebody types "@bot words" in any chat
    ADDED = "added"  # the bot came into a chat, or came back
    REMOVED = "removed"  # the bot was removed or blocked
    JOINED = "joined"  # persons came into the chat
    LEFT = "left"  # a person left the chat
    MIGRATED = "migrated"  # the chat has a new address
    ALLOWED = "allowed"  # somebody allowed us to tell them something later
    RESULT = "result"  # network work a handler asked for is done
    DUE = "due"  # a moment of our own has come


@dataclass(frozen=True, slots=True)
class Place:
    """The chat it happened in, by the platform's own id."""

    address: str
    private: bool = False
    title: str = ""
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did it; *anonymous* is an administrator or channel writing without a name of their own."""

    address: str
    name: str
    username: str | None = None
    language: str | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on the platform, not downloaded: *file* fetches it, *fingerprint* is equal for equal files."""

    kind: str
    file: str
    fingerprint: str
    name: str = ""
    mime: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message somebody replied to, as far as the platform shows it."""

    message_id: str
    text: str = ""
    links: tuple[str, ...] = ()
    attachment: Attachment | None = None
    sender: Sender | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that happened; *key* tells it apart for ever on its platform.

    *payload* holds what belongs to the kind: the data of a button, the result of a job, the new address.
    *addressed* says the words were meant for the bot: private chat, a reply to it, or its name in them.
    """

    platform: str
    key: str
    kind: Kind
    place: Place
    sent_at: datetime
    sender: Sender | None = None
    text: str = ""
    message_id: str | None = None
    addressed: bool = False
    reply_to: Quoted | None = None
    attachment: Attachment | None = None
    links: tuple[str, ...] = ()
    people: tuple[Sender, ...] = ()
    payload: dict[str, Any] = field(default_factory=dict)


def freeze(message: Message) -> dict[str, Any]:
    """*message* as JSON, to be gone on with after a question."""
    return asdict(message) | {"sent_at": message.sent_at.isoformat()}


def thaw(frozen: dict[str, Any]) -> Message:
    """The message that `freeze` made *frozen* of."""
    quoted, attachment = frozen["reply_to"], frozen["attachment"]
    return Message(
        **frozen
        | {
            "kind": Kind(frozen["kind"]),
            "sent_at": datetime.fromisoformat(frozen["sent_at"]),
            "place": Place(**frozen["place"]),
            "sender": _sender(frozen["sender"]),
            "reply_to": _quoted(quoted) if quoted else None,
            "attachment": Attachment(**attachment) if attachment else None,
            "links": tuple(frozen["links"]),
            "people": tuple(Sender(**one) for one in frozen["people"]),
        }
    )


def _sender(frozen: dict[str, Any] | None) -> Sender | None:
    return Sender(**frozen) if frozen else None


def _quoted(frozen: dict[str, Any]) -> Quoted:
    attachment = frozen["attachment"]
    return Quoted(
        **frozen
        | {
            "links": tuple(frozen["links"]),
            "sender": _sender(frozen["sender"]),
            "attachment": Attachment(**attachment) if attachment else None,
        }
    )
