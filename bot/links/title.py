"""Reading the title out of the beginning of a page, whatever it is written in."""

import codecs
import html
import re
import unicodedata
from itertools import islice

LONGEST = 200
"""Characters of a title that are kept."""

_GUESSES = ("utf-8", "gb18030")
# What pages call an encoding, and the superset that reads it; other names are not trusted.
_ENCODINGS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis"), "cp932"),
    **{name: name for name in ("euc-jp", "euc-kr", "windows-1251", "utf-16le", "utf-16be")},
    "utf-16": "utf-16le",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,30})", re.IGNORECASE)

_TITLE = re.compile(r"<title(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_TITLE_END = re.compile("</title", re.IGNORECASE)
_HEAD_END = re.compile("</head|<body", re.IGNORECASE)
_META = re.compile(r"<meta\s((?:\"[^\"]{0,500}\"|'[^']{0,500}'|[^<>\"'])*+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b([\w:]{1,20})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
# Marks that turn the direction of a line, and marks without width.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def read_title(page: bytes, charset: str | None = None) -> str:
    """The page's title, else its og:title, else "": one line of at most 200 characters without entities.

    *charset* is what the HTTP header says, if it says anything.
    """
    text = decode(page, charset)
    return tidy(_title(text)) or tidy(_shared_title(text))


def decode(page: bytes, charset: str | None) -> str:
    """Text by byte order mark, header or meta, else by trying; what cannot be read becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if page.startswith(mark):
            return page[len(mark) :].decode(encoding, errors="replace")
    declared = _DECLARED.search(page, 0, 4096)
    for name in (charset, declared and declared.group(1).decode("ascii", errors="replace")):
        if name and (known := _ENCODINGS.get(name.strip("\"' ").lower())):
            return page.decode(known, errors="replace")
    return _guessed(page)


def tidy(raw: str) -> str:
    """*raw* as one plain line."""
    plain = _UNSEEN.sub("", html.unescape(raw[: LONGEST * 20]))
    seen = "".join(" " if unicodedata.category(mark) in {"Cc", "Cs"} else mark for mark in plain)
    return " ".join(seen.split())[:LONGEST].rstrip()


def _guessed(page: bytes) -> str:
    for encoding in _GUESSES:
        # The page may have been cut in the middle of a character.
        text = page.decode(encoding, errors="ignore")
        if len(text.encode(encoding)) > len(page) - 4:
            return text
    return page.decode("utf-8", errors="replace")


def _title(text: str) -> str:
    start = _TITLE.search(text)
    if start is None:
        return ""
    end = _TITLE_END.search(text, start.end())
    return text[start.end() : end.start() if end else start.end() + LONGEST]


def _shared_title(text: str) -> str:
    end = _HEAD_END.search(text)
    head = text[: end.start() if end else len(text)]
    for match in islice(_META.finditer(head), 100):
        found = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(match.group(1))}
        if "og:title" in {found.get("property"), found.get("name")}:
            return str(found.get("content", ""))
    return ""
