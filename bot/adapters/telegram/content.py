"""Words, links and files inside a Telegram message."""

from collections.abc import Iterator, Mapping
from typing import Any

from handlers.core.message import Attachment

Raw = Mapping[str, Any]
FILES = ("document", "video", "audio", "voice", "animation", "video_note")


def words_of(content: Raw) -> str:
    """The text or the caption."""
    words = content.get("text", content.get("caption", ""))
    return words if isinstance(words, str) else ""


def links_in(content: Raw) -> tuple[str, ...]:
    """Addresses in the words and behind them, in order, each once."""
    words = words_of(content)
    found: dict[str, None] = {}
    for entity in _entities(content):
        if entity.get("type") == "text_link":
            found[str(entity.get("url", ""))] = None
        elif entity.get("type") == "url":
            found[_cut(words, entity)] = None
    return tuple(link for link in found if link)


def attachment_of(content: Raw) -> Attachment | None:
    """The file or the largest size of the photo."""
    photos = content.get("photo")
    if isinstance(photos, list) and photos:
        largest = max(photos, key=lambda size: size.get("width", 0))
        return _attachment("photo", largest)
    for kind in FILES:
        if isinstance(found := content.get(kind), Mapping) and "file_id" in found:
            return _attachment(kind, found)
    return None


def addressing(content: Raw, words: str, username: str) -> tuple[bool, str]:
    """Whether the words name the bot, and the words without that name where it only addresses."""
    name = f"@{username}".casefold()
    for entity in _entities(content):
        said = _cut(words, entity)
        if entity.get("type") == "bot_command" and said.casefold().endswith(name):
            return True, words.replace(said, said[: -len(name)], 1)
        if entity.get("type") == "mention" and said.casefold() == name:
            return True, _without(words, said)
    return False, words


def _without(words: str, name: str) -> str:
    before, _, after = words.partition(name)
    return f"{before.rstrip()} {after.lstrip()}".strip()


def _entities(content: Raw) -> Iterator[Raw]:
    for entity in content.get("entities") or content.get("caption_entities") or ():
        if isinstance(entity, Mapping):
            yield entity


def _cut(words: str, entity: Raw) -> str:
    """The words an entity covers; Telegram counts in UTF-16 units."""
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        return ""
    units = words.encode("utf-16-le", "surrogatepass")
    return units[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def _attachment(kind: str, found: Raw) -> Attachment:
    size = found.get("file_size")
    return Attachment(
        kind,
        str(found["file_id"]),
        str(found.get("file_unique_id", found["file_id"])),
        str(found.get("file_name", "")),
        str(found.get("mime_type", "")),
        size if isinstance(size, int) else 0,
    )
