"""What every platform's adapter offers, and the ways sending can end."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from handlers.core.message import Message


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do; a feature that needs more gives its text form instead."""

    can_push: bool = True
    push_window: timedelta | None = None
    mention_required: bool = False
    buttons: bool = True
    edits: bool = True
    max_units: int = 4096
    per_second: float = 25
    per_chat_second: float = 1
    per_group_minute: float = 18


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


class Undelivered(Exception):
    """A parcel was not delivered."""


class Paused(Undelivered):
    """The platform asks to wait *seconds*, for this chat or (*everywhere*) for the account."""

    def __init__(self, seconds: float, everywhere: bool = False) -> None:
        super().__init__(f"wait {seconds:g} s")
        self.seconds, self.everywhere = seconds, everywhere


class Gone(Undelivered):
    """The chat cannot be written to any more: removed, blocked, deleted."""


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


Receive = Callable[[Sequence[Arrival]], Awaitable[None]]


class Adapter(Protocol):
    """One platform: reads what it sends, carries what we say."""

    platform: str
    can: Capabilities

    def read(self, raw: dict[str, Any]) -> Message | None:
        """The neutral message in a raw update, None when it does not concern us; ValueError if unreadable."""

    async def start(self, receive: Receive) -> None:
        """Begin to hand over arrivals; *receive* returns when they are committed and raises otherwise."""

    async def stop(self) -> None:
        """Stop receiving; sending is still possible."""

    async def close(self) -> None:
        """Release connections."""

    async def deliver(self, parcel: Parcel) -> str | None:
        """Send one parcel; the platform's id of the new message, if it made one. Raises Undelivered."""

    async def work(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """Network work of *kind* only this platform can do; raises Undelivered, KeyError if unknown."""
