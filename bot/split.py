"""Cutting a long text into messages a platform takes."""

import html
import re
from collections.abc import Callable

TAG = re.compile(r"<[^>]*>")
Measure = Callable[[str], int]
Shown = Callable[[str], str]


def units(words: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def visible(markup: str) -> str:
    """The words of *markup* as a reader sees them."""
    return html.unescape(TAG.sub("", markup))


def octets(words: str) -> int:
    """Length in bytes of UTF-8, as WeChat and WeCom count."""
    return len(words.encode(errors="replace"))


def split(markup: str, limit: int, measure: Measure = units, shown: Shown = visible) -> list[str]:
    """*markup* in parts of at most *limit* as *measure* counts what is *shown* of them, cut between lines.

    Our markup never spans lines; a single line that is too long is cut as plain words.
    """
    if measure(markup) <= limit and measure(shown(markup)) <= limit:
        return [markup]
    parts, part = [], ""
    for line in _short_lines(markup, limit, measure, shown):
        joined = f"{part}\n{line}" if part else line
        if measure(shown(joined)) > limit:
            parts.append(part)
            joined = line
        part = joined
    return [*parts, part]


def _short_lines(markup: str, limit: int, measure: Measure, shown: Shown) -> list[str]:
    lines = []
    for line in markup.split("\n"):
        if measure(shown(line)) <= limit:
            lines.append(line)
        else:
            lines += [html.escape(piece, quote=False) for piece in _pieces(visible(line), limit, measure)]
    return lines


def _pieces(words: str, limit: int, measure: Measure) -> list[str]:
    pieces: list[str] = []
    piece: list[str] = []
    size = 0
    for character in words:
        wide = measure(character)
        if size + wide > limit:
            pieces.append("".join(piece))
            piece, size = [], 0
        piece.append(character)
        size += wide
    return [*pieces, "".join(piece)]
