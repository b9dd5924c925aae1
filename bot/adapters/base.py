"""What every platform's adapter offers, and the ways sending can end."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol

from aiohttp.web import Application

from bot.split import split, units, visible
from handlers.core.message import Message
from handlers.core.reach import Reach
from storage.models.delivery import SCHEDULED

MINUTE = timedelta(minutes=1)
AROUND = 400  # for what comes before and after a message that had to wait, and for its choices


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
class Pace:
    """One for each *every*, of which *burst* may come at once."""

    every: timedelta
    burst: int


@dataclass(frozen=True, slots=True)
class Cards:
    """Posts with buttons are cards of plain words; longer or linked words go before them as a post.

    *units*: the longest words on a card, as the platform measures; *buttons*: the most on it.  More, up to
    *choices*, become a list to choose from, with at most *list_units*; nothing is changed into a list.
    """

    units: int = 600
    buttons: int = 6
    choices: int = 20
    list_units: int = 240


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do; a feature that needs more gives its text form instead.

    *can_push*: it can speak without having been spoken to; *push_window*: only so long after that;
    *reminds*: what is due gets through later too, if only in short.
    *hears*: people can answer there.  *mention_required*: in groups it hears only what names it.
    *codes*: it draws pictures that lead to us when scanned.
    *buttons*: posts carry them, else they become numbers to reply with.  *notices*: who pressed can be told
    something alone.  *mentions*: the platform whose accounts a post can call ("@") by name.
    *captions*: a file carries words and buttons.  *keeps_files*: what was sent once can be sent again.
    *quotes_words*: replies show the words they reply to, not which post it was.
    *max_units*: the longest message, as *measure* counts what is *shown* of our markup.
    *uploads*: how often the account may send files, all its chats together.
    """

    can_push: bool = True
    push_window: timedelta | None = None
    reminds: bool = False
    hears: bool = True
    mention_required: bool = False
    buttons: bool = True
    notices: bool = True
    mentions: str = ""
    files: bool = True
    captions: bool = True
    keeps_files: bool = True
    quotes_words: bool = False
    cards: Cards | None = None
    menus: bool = False
    codes: bool = False
    edits: Edits = Edits.ANY
    max_units: int = 4096
    measure: Callable[[str], int] = units
    shown: Callable[[str], str] = visible
    per_second: float = 25
    per_chat_second: float = 1
    windows: tuple[Window, ...] = (Window(MINUTE, 18, groups_only=True),)
    uploads: Pace | None = None

    def sends(self, known: bool) -> bool:
        """Whether a file can be sent that we made, or (*known*) one that was sent there before."""
        return self.files and (self.keeps_files or not known)

    @property
    def reach(self) -> Reach:
        """When what is promised for later gets to a chat."""
        if not self.can_push:
            return Reach.NEVER
        return Reach.LATELY if self.push_window is not None and not self.reminds else Reach.ALWAYS

    def size(self, markup: str) -> int:
        """How much of a message *markup* takes."""
        return self.measure(self.shown(markup))

    def parts(self, markup: str) -> list[str]:
        """*markup* in messages the platform takes; one that may have to wait has room for words around it."""
        most = self.max_units - (AROUND if self.waits_for_words else 0)
        return split(markup, most, self.measure, self.shown)

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
    """One outbox row on its way: *address* is the chat's, *payload* as bot.post made it.

    *priority*: 0 for answers, see bot.quiet for the others.
    """

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
    priority: int = 0

    @property
    def scheduled(self) -> bool:
        """Whether its moment had come, rather than somebody having done something."""
        return self.priority >= SCHEDULED


class Unwelcome(Exception):
    """Nothing can begin, as with a secret the platform does not know; the message names the setting."""


class Ended(Exception):
    """Nothing will be received any more; the message is one line for who runs the bot."""


class Replaced(Ended):
    """Another process has taken over: to start again would take it back, and so on without end."""


class Undelivered(Exception):
    """A parcel was not delivered."""


class Paused(Undelivered):
    """The platform asks to wait *seconds*, for this chat or (*everywhere*) for the account.

    *counts*: it was a try, so that the next wait may be a longer one.
    """

    def __init__(self, seconds: float, everywhere: bool = False, counts: bool = False) -> None:
        super().__init__(f"wait {seconds:g} s")
        self.seconds, self.everywhere, self.counts = seconds, everywhere, counts


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
