"""Other platforms' chats on the same page, beside those of the pretend Telegram."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bot.sandbox.people import Person

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

Json = dict[str, Any]
HUES = 6


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody sends from the page."""

    name: str
    mime: str
    content: bytes
    caption: str = ""


class Guest(Protocol):
    """A platform the page shows; people are known by name, its chats by `platform:number`."""

    platform: str
    listeners: list[Callable[[], None]]

    def people(self) -> list[str]:
        """The names of everybody there."""

    def chats(self, name: str) -> list[Json]:
        """The chats *name* sees, each as `view.chat` shows one."""

    def say(self, name: str, chat: str, text: str, reply_to: str | None) -> None:
        """*name* writes; KeyError for a chat they are not in."""

    def press(self, name: str, chat: str, message: str, data: str) -> None:
        """*name* presses; KeyError when there is no such button any more."""

    def send(self, name: str, chat: str, upload: Upload) -> None:
        """*name* sends a file; KeyError where that is not possible."""

    def file(self, number: str) -> Upload | None:
        """A file that was sent there, by the id a message shows."""

    def dump(self) -> Json:
        """Everything, as JSON, to be kept."""

    def load(self, kept: Json) -> None:
        """What `dump` gave."""


@dataclass(frozen=True, slots=True)
class Human:
    """Who sits in front of the page: the same person on every platform they use."""

    name: str
    person: Person | None

    @property
    def id(self) -> int | str:
        return self.person.id if self.person else self.name


def humans(sandbox: "Sandbox") -> list[Human]:
    """Everybody, those of the pretend Telegram first."""
    known = [Human(one.name, one) for one in sandbox.world.people.values()]
    names = dict.fromkeys(name for guest in sandbox.guests for name in guest.people())
    return known + [Human(name, None) for name in names if name not in {one.name for one in known}]


def human(sandbox: "Sandbox", number: str) -> Human | None:
    """The one with that id, as the page says it."""
    return next((one for one in humans(sandbox) if str(one.id) == number), None)


def guest_of(sandbox: "Sandbox", chat: object) -> Guest | None:
    """The platform a chat's id belongs to; None for the pretend Telegram."""
    platform = str(chat).partition(":")[0]
    return next((guest for guest in sandbox.guests if guest.platform == platform), None)


def hue(who: int | str) -> int:
    """The colour somebody keeps on the page."""
    return abs(who) % HUES if isinstance(who, int) else sum(map(ord, who)) % HUES
