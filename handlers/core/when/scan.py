"""Find every token of a folded line in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

from handlers.core.when import (
    chinese_clock,
    chinese_days,
    chinese_every,
    english_clock,
    english_days,
    english_every,
    keep,
    lengths,
    neutral,
)
from handlers.core.when.slots import Rule, Token

LETTERS = frozenset(ascii_lowercase)
# The first rule that matches at a place wins, so the more particular families stand first.
RULES = (
    *keep.KEEP,
    *english_every.DOUBTS,
    *chinese_every.DOUBTS,
    *chinese_every.EVERY,
    *english_every.EVERY,
    *neutral.DATES,
    *lengths.LENGTHS,
    *english_clock.CLOCKS,
    *english_days.DAYS,
    *chinese_days.DAYS,
    *chinese_clock.CLOCKS,
    *neutral.CLOCKS,
    *lengths.LOST,
)


@lru_cache(maxsize=4096)
def starting_with(char: str) -> tuple[Rule, ...]:
    """The rules that can match at *char*: those that name it, or for digits and spaces its class.

    A superset is enough, and no rule may start with a negated class or a dot.
    """
    marks = (char, r"\d", "[0", "[1") if char.isdigit() else (char, r"\s") if char == " " else (char,)
    return tuple(item for item in RULES if any(mark in item.source for mark in marks))


def scan(text: str) -> Iterator[Token]:
    """Tokens from left to right; what no rule knows is left for the title."""
    place = 0
    while place < len(text):
        token = _token_at(text, place)
        if token is not None:
            yield token
        place = place + 1 if token is None else token.end


def _token_at(text: str, place: int) -> Token | None:
    char = text[place]
    if place and char in LETTERS and text[place - 1] in LETTERS:
        return None  # every English rule starts at the start of a word
    for item in starting_with(char):
        if (match := item.pattern.match(text, place)) and match[0]:
            slots = item.read(match)
            return Token("doubt" if slots is None else item.kind, place, match.end(), slots or {})
    return None
