"""Telegram's HTML: text and entities out of markup, and markup out of them again."""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

from bot.sandbox.units import cut, length

Json = dict[str, Any]

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "tg-spoiler": "spoiler", "span": "spoiler", "blockquote": "blockquote", "a": "text_link",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "spoiler": "tg-spoiler", "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip
TOKEN = re.compile(r"<[^>]*>?|&[a-zA-Z]+;|&#x?[0-9a-fA-F]+;|[^<&]+|&")
TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*)\s*>"
)
ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
NAMED = {"&lt;", "&gt;", "&amp;", "&quot;"}


class BadHtml(ValueError):
    """Markup Telegram would refuse; the message is the one it gives."""


class _Reader:
    """One pass over the markup, with the tags still open."""

    def __init__(self) -> None:
        self.text = ""
        self.at = 0
        self.open: list[tuple[str, int, Json]] = []
        self.entities: list[Json] = []

    def add(self, piece: str) -> None:
        self.text += piece
        self.at += length(piece)

    def tag(self, token: str, byte: int) -> None:
        match = TAG.fullmatch(token)
        if not match or match[2].lower() not in KINDS:
            name = match[2] if match else token.strip("</>").split(" ")[0]
            raise BadHtml(f'Unsupported start tag "{name}" at byte offset {byte}')
        (self._close if match[1] else self._start)(match[2].lower(), match[3], byte)

    def _start(self, name: str, rest: str, byte: int) -> None:
        values = {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(rest)}
        if name == "span" and values.get("class") != "tg-spoiler":
            raise BadHtml(f'Tag "span" must have class "tg-spoiler" at byte offset {byte}')
        self.open.append((name, self.at, _extra(name, values)))

    def _close(self, name: str, _rest: str, byte: int) -> None:
        if not self.open:
            raise BadHtml(f"Unexpected end tag at byte offset {byte}")
        opened, start, extra = self.open.pop()
        if opened != name:
            raise BadHtml(
                f'Unmatched end tag at byte offset {byte}, expected "</{opened}>", found "</{name}>"'
            )
        self._keep(opened, start, extra)

    def _keep(self, name: str, start: int, extra: Json) -> None:
        kind = extra.pop("kind", KINDS[name])
        if self.at == start or (kind == "text_link" and not extra.get("url")):
            return
        if name == "code" and self.open and self.open[-1][0] == "pre" and "language" in extra:
            self.open[-1][2]["language"] = extra["language"]
            return
        extra.pop("language", None) if name == "code" else None
        self.entities.append({"type": kind, "offset": start, "length": self.at - start, **extra})


def _extra(name: str, values: dict[str, str]) -> Json:
    if name == "a":
        return _link(values.get("href", ""))
    if name == "blockquote" and "expandable" in values:
        return {"kind": "expandable_blockquote"}
    if name == "code" and values.get("class", "").startswith("language-"):
        return {"language": values["class"].removeprefix("language-")}
    return {"custom_emoji_id": values.get("emoji-id", "")} if name == "tg-emoji" else {}


def _link(href: str) -> Json:
    if person := re.fullmatch(r"tg://user\?id=(\d+)", href):
        return {"kind": "text_mention", "user_id": int(person[1])}
    return {"url": href}


def parse(markup: str) -> tuple[str, list[Json]]:
    """Text and entities; a text_mention carries `user_id` for the world to turn into a user.

    Raises BadHtml with Telegram's words. Leading and trailing white space is cut as Telegram does.
    """
    reader, byte = _Reader(), 0
    for token in TOKEN.findall(markup):
        if token.startswith("<"):
            reader.tag(token, byte)
        else:
            reader.add(_characters(token))
        byte += len(token.encode())
    if reader.open:
        raise BadHtml(f'Can\'t find end tag corresponding to start tag "{reader.open[-1][0]}"')
    return trimmed(reader.text, reader.entities)


def _characters(token: str) -> str:
    if token.startswith("&") and not token.startswith("&#") and token not in NAMED:
        return token
    return unescape(token) if token.startswith("&") else token


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Text without white space around it, entities moved and cut to fit."""
    lead, kept = length(text) - length(text.lstrip()), text.strip()
    size = length(kept)
    fitted = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] - lead + entity["length"], size)
        if end > start:
            fitted.append(entity | {"offset": start, "length": end - start})
    return kept, sorted(fitted, key=lambda entity: (entity["offset"], -entity["length"]))


def to_html(text: str, entities: list[Json]) -> str:
    """The markup that says the same: for tests and for looking at."""
    return "".join(_render(text, 0, length(text), sorted(entities, key=_order)))


def _order(entity: Json) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def _render(text: str, start: int, end: int, entities: list[Json]) -> Iterator[str]:
    while entities:
        first = entities[0]
        stop = first["offset"] + first["length"]
        inner = [entity for entity in entities[1:] if entity["offset"] < stop]
        entities = [entity for entity in entities[1:] if entity["offset"] >= stop]
        yield escape(cut(text, start, first["offset"] - start), quote=False)
        opening, closing = _wrap(first)
        yield opening
        yield from _render(text, first["offset"], stop, inner)
        yield closing
        start = stop
    yield escape(cut(text, start, end - start), quote=False)


def _wrap(entity: Json) -> tuple[str, str]:
    if entity["type"] == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if tag := TAGS.get(entity["type"]):
        return f"<{tag}>", f"</{tag}>"
    return "", ""
