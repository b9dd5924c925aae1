"""Cutting a long text into messages a platform takes."""

import html
import re

TAG = re.compile(r"<[^>]*>")


def units(words: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def visible(markup: str) -> str:
    """The words of *markup* as a reader sees them."""
    return html.unescape(TAG.sub("", markup))


def split(markup: str, limit: int) -> list[str]:
    """*markup* in parts of at most *limit* units, cut between lines; our markup never spans lines.

    A single line that is too long is cut as plain words.
    """
    if units(markup) <= limit:
        return [markup]
    parts, part = [], ""
    for line in _short_lines(markup, limit):
        joined = f"{part}\n{line}" if part else line
        if units(visible(joined)) > limit:
            parts.append(part)
            joined = line
        part = joined
    return [*parts, part]


def _short_lines(markup: str, limit: int) -> list[str]:
    lines = []
    for line in markup.split("\n"):
        if units(visible(line)) <= limit:
            lines.append(line)
        else:
            lines += [html.escape(piece, quote=False) for piece in _pieces(visible(line), limit)]
    return lines


def _pieces(words: str, limit: int) -> list[str]:
    pieces: list[str] = []
    piece: list[str] = []
    size = 0
    for character in words:
        wide = units(character)
        if size + wide > limit:
            pieces.append("".join(piece))
            piece, size = [], 0
        piece.append(character)
        size += wide
    return [*pieces, "".join(piece)]
