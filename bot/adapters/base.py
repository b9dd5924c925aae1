"""What every platform's adapter offers, and the ways sending can end."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol

from aiohttp.web import Application

from bot.split import units
from handlers.core.message import Message

MINUTE = timedelta(minutes=1)


class Edits(StrEnum):
    """Which posts of ours can still be changed."""

    ANY = "any"
    PRESSED = "pressed"  # the card somebody has just pressed a button of
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Window:
    """At most *count* messages to one chat within *span*."""

    span: timedelta
    count: int
    groups_only: bool = False


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do; a feature that needs more gives its text form instead.

    *can_push*: it can speak without having been spoken to; *push_window*: only so long after that.
    *hears*: people can answer there.  *mention_required*: in groups it hears only what names it.
    *buttons*: posts carry them, else they become numbers to reply with.  *notices*: who pressed can be told
    something alone.  *max_units*: the longest message, as *measure* counts it.
    """

    can_push: bool = True
    push_window: timedelta | None = None
    hears: bool = True
    mention_required: bool = False
    buttons: bool = True
    notices: bool = True
    files: bool = True
    menus: bool = False
    edits: Edits = Edits.ANY
    max_units: int = 4096
    measure: Callable[[str], int] = units
    per_second: float = 25
    per_chat_second: float = 1
    windows: tuple[Window, ...] = (Window(MINUTE, 18, groups_only=True),)

    @property
    def waits_for_words(self) -> bool:
        """Whether what could not be said is kept until somebody speaks there again."""
        return not self.can_push or self.push_window is not None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A raw update as it came: *key* is unique for ever on that account of the platform."""

    platform: str
    account: str
    key: str
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One outbox row on its way: *address* is the chat's, *payload* as bot.post made it."""

    id: int
    chat_id: int
    platform: str
    address: str
    private: bool
    method: str
    payload: dict[str, Any] = field(default_factory=dict)
    card: str | None = None
    attempts: int = 0
    policy: str = "at_least_once"


class Unwelcome(Exception):
    """The platform does not know the secret we have; the message names the setting."""


class Undelivered(Exception):
    """A parcel was not delivered."""


class Paused(Undelivered):
    """The platform asks to wait *seconds*, for this chat or (*everywhere*) for the account."""

    def __init__(self, seconds: float, everywhere: bool = False) -> None:
        super().__init__(f"wait {seconds:g} s")
        self.seconds, self.everywhere = seconds, everywhere


class Gone(Undelivered):
    """The chat cannot be written to any more: removed, blocked, deleted."""


class Closed(Undelivered):
    """The platform lets us speak there again only after somebody has spoken to us."""


class Moved(Undelivered):
    """The chat has a new address."""

    def __init__(self, address: str) -> None:
        super().__init__("the chat moved")
        self.address = address


class Refused(Undelivered):
    """The platform will never take this parcel; the message says why."""


class Unreachable(Undelivered):
    """The platform could not be reached; nothing was posted."""


class Unknown(Undelivered):
    """The connection broke after the parcel was handed over: it may or may not have been posted."""


# Returns once they are committed, with whether anything is said in answer to each.
Receive = Callable[[Sequence[Arrival]], Awaitable[Sequence[bool]]]


class Adapter(Protocol):
    """One platform: reads what it sends, carries what we say."""

    platform: str
    can: Capabilities

    @property
    def account(self) -> str:
        """The platform's name for the bot itself, known once connected."""

    @property
    def link(self) -> str | None:
        """The address that opens the private chat, with {word} in it; None: there is none."""

    @property
    def ready(self) -> bool:
        """Whether messages can be received now."""

    @property
    def way(self) -> str:
        """How messages come: polling, webhook, connection or none."""

    async def connect(self) -> None:
        """Learn what has to be known before anything is received; raises Unwelcome for a wrong secret."""

    def read(self, raw: dict[str, Any]) -> Message | None:
        """The neutral message in a raw update, None when it does not concern us; ValueError if unreadable."""

    def mount(self, web: Application, receive: Receive) -> bool:
        """Add the addresses the platform calls; whether there are any."""

    async def start(self, receive: Receive) -> None:
        """Begin to hand over arrivals; *receive* returns when they are committed and raises otherwise."""

    async def stop(self) -> None:
        """Stop receiving; sending is still possible."""

    async def deaf(self) -> BaseException | None:
        """Return only if receiving has ended by itself, with what ended it."""

    async def close(self) -> None:
        """Release connections."""

    async def deliver(self, parcel: Parcel) -> str | None:
        """Send one parcel; the platform's id of the new message, if it made one. Raises Undelivered."""

    async def work(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """Network work of *kind* only this platform can do; raises Undelivered, KeyError if unknown."""
