"""What a handler returns: what to say, to whom, with which buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from config.texts import Text


class Audience(StrEnum):
    """Who sees an answer."""

    HERE = "here"  # the chat it was asked in
    PRIVATELY = "privately"  # the person, in their private chat with the bot
    NOTICE = "notice"  # only who pressed the button, as a short notice
    PRESSED = "pressed"  # the card that was pressed changes its text and buttons
    COMMUNITY = "community"  # every chat of the community


@dataclass(frozen=True, slots=True)
class Button:
    """A button: *action* names its handler, *arg* is what it concerns (about 30 bytes of ASCII).

    *only* is the person who may press it (None: whoever the handler admits); *url* makes it a link
    instead; *start* makes it a link into the private chat with the bot, with that deep-link word.
    """

    text: Text
    action: str = ""
    arg: str = ""
    only: int | None = None
    url: str | None = None
    start: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file to send: made by us (*content*) or known to the platform (*file*, with its *kind* there)."""

    name: str
    content: bytes = b""
    file: str | None = None
    mime: str = "application/octet-stream"
    kind: str = "document"


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of an inline search."""

    key: str
    title: Text
    body: Text
    description: Text | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing to say.

    *card*: a name; the post of that name in the chat is edited, or made if there is none (*afresh*: anew).
    *ask*: an answer by reply is expected (the handler also sets a Pending).
    *ready_buttons*: buttons that were signed for this chat before.
    *person*, *chat*: rows it goes to instead of the person and chat at hand.
    *urgent*: a direct answer; else it waits out quiet hours and holidays. What is said at a due moment, or
    to another chat than the one at hand, is never direct; *chosen*: its reader chose this very moment.
    *instead*: what who acted is told when the post of that card can no longer be changed.
    *newest*: what the card says changes; where its post stays as it is, it says as of when, and this button
    shows what holds now.  *anew*: where the post cannot be changed, it is posted anew.
    *covered*: the name of a card that says it too where it is posted anew.
    *evident*: who pressed sees it on the card that changes, so it need not be said where all would hear it.
    *digest*: gathers what exceeded the budget, so it is not held itself.
    *mention*: the persons it is for, called by name where the platform can.
    """

    text: Text
    buttons: Sequence[Sequence[Button]] = ()
    to: Audience = Audience.HERE
    card: str | None = None
    afresh: bool = False
    ask: bool = False
    file: File | None = None
    hits: Sequence[Hit] | None = None
    person: int | None = None
    chat: int | None = None
    urgent: bool = True
    chosen: bool = False
    digest: bool = False
    silent: bool = False
    not_before: datetime | None = None
    expires_at: datetime | None = None
    once: bool = False
    evident: bool = False
    instead: Text | None = None
    newest: Button | None = None
    anew: bool = False
    covered: str | None = None
    mention: tuple[int, ...] = ()
    ready_buttons: Sequence[Sequence[Mapping[str, str]]] = ()


Said = Text | Answer | Sequence[Answer | Text] | None


def answers(said: Said) -> list[Answer]:
    """What a handler returned, as a list of answers."""
    match said:
        case None:
            return []
        case Answer():
            return [said]
        case Text():
            return [Answer(said)]
        case _:
            return [one if isinstance(one, Answer) else Answer(one) for one in said]
