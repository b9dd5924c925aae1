"""Words, files and quotes inside a WeCom message, and what an event is about."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.core.message import Attachment, Quoted
from storage.links import find_links

Raw = Mapping[str, Any]
MEDIA = {"image": "photo", "file": "document", "video": "video"}
SIGN = re.compile(r"\\?#(R\d+)\s*$")
GROUP = "group"
# People put a comma or a colon after a name, with or without the space WeCom sets there.
NAME_FIRST = re.compile(r"^\s*@[^\s，。、：；！？,:;!?]+[\s，。、：,:]*")
NAME_LAST, NAME = re.compile(r"\s@\S+\s*$"), re.compile(r"\s@\S+(?=\s)")
WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF03, 0xFF0F)} | {0x3000: 0x20}


def words_of(content: Raw) -> str:
    """What was written or spoken, line by line."""
    return "\n".join(filter(None, (_words(kind, part) for kind, part in _parts(content)))).strip()


def attachment_of(content: Raw) -> Attachment | None:
    """The first file or picture."""
    found = (_attachment(kind, part) for kind, part in _parts(content) if kind in MEDIA)
    return next((one for one in found if one is not None), None)


def quoted_in(content: Raw) -> Quoted | None:
    """What the writer quoted; our own posts are known by the sign they end with."""
    quote = content.get("quote")
    if not isinstance(quote, Mapping):
        return None
    words, attachment = words_of(quote), attachment_of(quote)
    sign = SIGN.search(words)
    shown = words[: sign.start()].rstrip() if sign else words
    number = sign[1] if sign else ""
    return Quoted(number, shown, tuple(find_links(shown)), attachment, ours=sign is not None)


def without_name(words: str) -> str:
    """*words* without the @name they were addressed by: the first word, else the last, else the only one."""
    for place in (NAME_FIRST, NAME_LAST):
        bare, found = place.subn("", words, count=1)
        if found:
            return bare
    return NAME.sub("", words) if len(NAME.findall(words)) == 1 else words


def plainly(words: str) -> str:
    """*words* with the wide signs of a command as the narrow ones; a teacher's prose stays as it is."""
    head, line_end, rest = words.partition("\n")
    if head.startswith(("/", "／", "#", "＃")):
        return f"{head.translate(WIDE)}{line_end}{rest}"
    return f"{head.replace('　', ' ')}{line_end}{rest}"


def is_group(body: Raw) -> bool:
    """Whether it happened in a group; what happened in private may name a chat too."""
    return body.get("chattype") == GROUP or (bool(body.get("chatid")) and "chattype" not in body)


def event_of(body: Raw) -> tuple[str, Raw]:
    """The kind of an event and its details, which are either under its own name or beside it."""
    event = body.get("event")
    if not isinstance(event, Mapping):
        return "", {}
    kind = str(event.get("eventtype", ""))
    nested = event.get(kind)
    return kind, nested if isinstance(nested, Mapping) and nested else event


def pressed(details: Raw) -> tuple[str, str]:
    """What was pressed or chosen on a card, and the card's task_id."""
    return _chosen(details) or str(details.get("event_key", "")), str(details.get("task_id", ""))


def _chosen(details: Raw) -> str:
    found: Any = details
    for name in ("selected_items", "selected_item", 0, "option_ids", "option_id", 0):
        if isinstance(name, int):
            found = found[name] if isinstance(found, list) and len(found) > name else None
        else:
            found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


def _parts(content: Raw) -> Iterator[tuple[str, Raw]]:
    """(kind, details) of the message, or of each part of a mixed one."""
    kind = str(content.get("msgtype", ""))
    details = content.get(kind)
    if not isinstance(details, Mapping):
        return
    if kind != "mixed":
        yield kind, details
        return
    items = details.get("msg_item")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping) and item.get("msgtype") != "mixed":
            yield from _parts(item)


def _words(kind: str, details: Raw) -> str:
    words = details.get("content") if kind in ("text", "voice") else None
    return words if isinstance(words, str) else ""


def _attachment(kind: str, details: Raw) -> Attachment | None:
    address, key = details.get("url"), details.get("aeskey")
    if not isinstance(address, str) or not isinstance(key, str):
        return None
    name = details.get("filename") or details.get("name") or ""
    # Every sending of a file has an address of its own, so equal files cannot be known by it.
    return Attachment(
        MEDIA[kind], f"{key} {address}", hashlib.sha256(address.encode()).hexdigest()[:32], str(name)
    )
