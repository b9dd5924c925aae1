"""Fold a teacher's line for reading, keeping the way back to the characters as typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TRADITIONAL = dict(
    zip(
        "週禮點後個間鐘號雙單節學開兩時從這總幾舊國慶勞動節約課內試過還體學啟聖誕畢業會當來儘閒從與擇隨連續種結",
        "周礼点后个间钟号双单节学开两时从这总几旧国庆劳动节约课内试过还体学启圣诞毕业会当来尽闲从与择随连续种结",
        strict=True,
    )
)
DASHES = dict.fromkeys("‐‑‒–—―−﹣", "-") | dict.fromkeys("〜∼", "~")
LOOKALIKES = {"∶": ":", "︰": ":", "ː": ":", "’": "'", "‘": "'", "`": "'"}
SAME_MEANING = str.maketrans(TRADITIONAL | DASHES | LOOKALIKES)
TORN = re.compile(
    r"(?<=[周期拜]) (?=[一二三四五六日天](?:$|[\s\d上下早晚中]))|(?<=[上下中]) (?=午)|(?<=晚) (?=上)"
    r"|(?<=[明今后昨]) (?=天)|(?<=礼) (?=拜)|(?<=星) (?=期)|(?<=下) (?=周)"
)
CJK = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True)
class Folded:
    """`text` is what the rules read; `places[i]` is where its character *i* stands in `original`."""

    original: str
    text: str
    places: tuple[int, ...]

    def words(self, start: int, end: int) -> str:
        """The original characters behind `text[start:end]`, trimmed."""
        if start >= end:
            return ""
        return self.original[self.places[start] : self.places[end - 1] + 1].strip()


def fold(original: str) -> Folded:
    """Narrow full-width forms, simplify traditional characters, drop invisible ones, join runs of spaces."""
    plain = original.translate(SAME_MEANING)
    text: list[str] = []
    places: list[int] = []
    for place, char in enumerate(plain):
        folded = char if char.isascii() else _narrow(char)
        if folded.isspace():
            folded = "" if text and text[-1] == " " else " "
        if folded:
            text.append(folded)
            places.append(place)
    torn = {found.start() for found in TORN.finditer("".join(text))}
    whole = [
        (char, place) for at, (char, place) in enumerate(zip(text, places, strict=True)) if at not in torn
    ]
    return Folded(original, "".join(_lower(char) for char, _ in whole), tuple(place for _, place in whole))


def _lower(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


def _narrow(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    if category == "No":  # ① and ² are decoration, not digits
        return char
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 else char
