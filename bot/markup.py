"""Our own small markup, which is HTML, for platforms that take other words."""

import html
import re

from bot.split import visible

BOLD = re.compile(r"</?b>")
LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
# What markdown would take for its own signs; a teacher's words must look as they were typed.
SIGNS = re.compile(r"([\\`*_\[\]<>#~|])")


def to_markdown(markup: str) -> str:
    """*markup* as the markdown of WeCom: bold, links, and every other sign as it was typed."""
    said, at = [], 0
    for found in LINK.finditer(markup):
        said += [_bold(markup[at : found.start()]), _link(found[1], found[2])]
        at = found.end()
    return "".join([*said, _bold(markup[at:])])


def to_plain(markup: str) -> str:
    """*markup* as plain words, each address behind the words that led to it."""
    return visible(LINK.sub(lambda found: _beside(found[1], found[2]), markup))


def _bold(markup: str) -> str:
    pieces = BOLD.split(markup)
    marked = [_signs(html.unescape(piece)) for piece in pieces]
    return "**".join(marked)


def _signs(words: str) -> str:
    return SIGNS.sub(r"\\\1", words)


def _link(address: str, words: str) -> str:
    return f"[{_signs(html.unescape(words))}]({html.unescape(address)})"


def _beside(address: str, words: str) -> str:
    return words if html.unescape(address) == html.unescape(words) else f"{words} {address}"
