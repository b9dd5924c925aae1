"""Numbers as teachers write them: 3, 三, 十五, 廿八, 二〇二六, two."""

from __future__ import annotations

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
ENGLISH = {
    word: value
    for value, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "ninety": 90}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}

NUM = r"(?:\d{1,3}|[零〇一二两三四五六七八九十廿卅]{1,4})"
EN_NUM = rf"(?:(?<![a-z0-9.-])(?:\d{{1,3}}|{'|'.join(sorted(ENGLISH, key=len, reverse=True))}))"
EN_NUM_GROUP = EN_NUM.replace("(?:", "(", 1)


def number(words: str) -> int | None:
    """The value of a numeral, None when it is not one (三四 is "three or four", not a number)."""
    if words.isascii() and words.isdigit():
        return int(words)
    if words in ENGLISH:
        return ENGLISH[words]
    tens_ready = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, units = tens_ready.rpartition("十")
    if ten:
        return _tens(tens, units)
    return DIGITS.get(tens_ready.lstrip("零〇") or "零")


def _tens(tens: str, units: str) -> int | None:
    if (tens and tens not in DIGITS) or (units and units not in DIGITS):
        return None
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[units] if units else 0)


def year_number(words: str) -> int | None:
    """2026, 26 or 二〇二六 as a year of this century."""
    digits = [DIGITS.get(char, char if char.isascii() else "?") for char in words]
    text = "".join(map(str, digits))
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)
