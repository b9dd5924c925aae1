"""The links and files somebody wants to share: in their message, else in the one they reply to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from config.texts import clean
from handlers.core.message import Attachment, Message, Sender
from handlers.core.resources.labels import LONGEST_TITLE, Labels, read_labels, without_links
from storage.links import find_links, normalise

MOST_AT_ONCE = 20
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_COPY = re.compile(r"\s*(?:[(（]\d{1,2}[)）]|[-—]\s*副本|[-—] ?copy)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thing:
    """One link or file; *name* is what it is called until somebody gives a title."""

    kind: str
    key: str
    name: str
    address: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Find:
    """A thing and what was said about it; *poster* wrote the message that was replied to."""

    thing: Thing
    labels: Labels
    poster: Sender | None = None


def gather(message: Message, words: str) -> list[Find]:
    """What *message* shares, *words* being said about it; nothing when there is no link and no file."""
    if own := _things(message.text, message.links, message.attachment):
        return _labelled(own, words)
    quoted = message.reply_to
    if quoted is None or quoted.ours:
        return []
    # Words of one's own count; what was written beside the thing only fills in for them.
    said = words if words.strip() else quoted.text
    found = _labelled(_things(quoted.text, quoted.links, quoted.attachment), said)
    return [replace(one, poster=quoted.sender) for one in found]


def _things(text: str, hidden: Iterable[str], attachment: Attachment | None) -> list[Thing]:
    written = [*find_links(text), *(link for link in hidden if link not in text)]
    links = {thing.key: thing for thing in map(_link, written) if thing.address}
    files = [_file(attachment)] if attachment else []
    return [*files, *list(links.values())[:MOST_AT_ONCE]]


def _link(written: str) -> Thing:
    same = normalise(written)
    web = same.startswith(("http://", "https://"))
    address = written if written.startswith(("http://", "https://")) else same
    return Thing("link", same, _shown(same), address if web else "")


def _shown(address: str) -> str:
    """The address as it is read aloud: without scheme, escapes and parameters."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address[:LONGEST_TITLE]
    plain = unquote(f"{parts.netloc}{parts.path}", errors="replace").rstrip("/")
    return clean(" ".join(plain.removeprefix("www.").split()))[:LONGEST_TITLE] or address[:LONGEST_TITLE]


def _file(attachment: Attachment) -> Thing:
    bare = _COPY.sub("", _ENDING.sub("", clean(attachment.name)))
    name = " ".join(bare.replace("_", " ").replace("+", " ").split())
    return Thing(attachment.kind, attachment.fingerprint, name[:LONGEST_TITLE], file=attachment.file)


def _labelled(things: list[Thing], words: str) -> list[Find]:
    if len(things) < 2:
        return [Find(thing, read_labels(without_links(words))) for thing in things]
    return _each_its_line(things, words)


def _each_its_line(things: list[Thing], words: str) -> list[Find]:
    """Several things: a title stands on the line of its link, tags and the rest are meant for all."""
    for_all: list[str] = []
    own: dict[str, str] = {}
    for line in words.split("\n"):
        links = [normalise(link) for link in find_links(line)]
        if len(links) == 1:
            own[links[0]] = without_links(line)
        else:
            for_all.append(without_links(line))
    shared = read_labels("\n".join(for_all))
    return [Find(thing, _merged(read_labels(own.get(thing.key, "")), shared, words)) for thing in things]


def _merged(own: Labels, shared: Labels, words: str) -> Labels:
    everywhere = read_labels(" ".join(without_links(words).split()))
    return Labels(
        own.title,
        "\n".join(line for line in (shared.title, shared.note) if line),
        tuple(dict.fromkeys((*own.tags, *shared.tags, *everywhere.tags))),
        subject=own.subject or everywhere.subject,
        grade=own.grade or everywhere.grade,
        unit=own.unit or everywhere.unit,
        unsure=everywhere.unsure,
    )
