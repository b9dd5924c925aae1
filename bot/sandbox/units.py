"""Text measured as Telegram measures it: in UTF-16 code units."""

import re
from typing import Any

Json = dict[str, Any]

PATTERNS = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])", re.ASCII)),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b", re.ASCII)),
    (
        "url",
        re.compile(
            r"https?://[^\s<>\"，。；、！？（）《》」』】]+[^\s<>\"，。；、！？（）《》」』】.,;:!?)]"
        ),
    ),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+\.[\w.]*\w", re.ASCII)),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w+")),
)


def length(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, size: int) -> str:
    """The *size* units after *offset*, both in UTF-16 code units."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + size)].decode("utf-16-le", "replace")


def found_entities(text: str) -> list[Json]:
    """The entities a Telegram client would mark by itself: commands, mentions, links, mail, hashtags."""
    spans: list[tuple[int, int, str]] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in spans):
                spans.append((match.start(), match.end(), kind))
    return [
        {"type": kind, "offset": length(text[:start]), "length": length(text[start:end])}
        for start, end, kind in sorted(spans)
    ]
