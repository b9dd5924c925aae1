"""The parts a phrase can be made of, and the rules that find them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypedDict


class Slots(TypedDict, total=False):
    """What words can fix. Days are counted Monday = 0; durations and offsets are minutes."""

    year: int
    year_shift: int
    month: int
    month_shift: int
    day: int
    days_ahead: int
    weekdays: tuple[int, ...]
    plus_weeks: int
    week_shift: int
    week: int
    weeks: tuple[int, int]
    nth: int
    anchor: str
    anchor_day: str
    clock: tuple[int, int]
    end_clock: tuple[int, int]
    loose: bool
    part: str
    period: int
    minutes: int
    offset: int
    every: str
    interval: int
    parity: int
    monthdays: tuple[int, ...]
    count: int
    span_weeks: int
    zone: str
    unclear: str
    bad: str


DAY_KEYS = (
    *("year", "year_shift", "month", "month_shift", "day", "days_ahead", "weekdays", "plus_weeks"),
    *("week_shift", "week", "weeks", "nth", "anchor", "anchor_day"),
)
CLOCK_KEYS = ("clock", "end_clock", "loose", "part", "period", "minutes", "offset")
EVERY_KEYS = ("every", "interval", "parity", "monthdays", "count", "span_weeks")

Reader = Callable[[re.Match[str]], Slots | None]


@dataclass(frozen=True)
class Rule:
    """One small pattern. `read` returns None for words that look like time but cannot be understood."""

    kind: str
    source: str
    read: Reader

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when first needed: all of them together would take a quarter of a second of every start."""
        return re.compile(self.source)


@dataclass(frozen=True)
class Token:
    """A stretch of the folded text and what it says."""

    kind: str
    start: int
    end: int
    slots: Slots


def rule(kind: str, pattern: str, read: Reader | None = None) -> Rule:
    """A rule; without *read* the words only have their kind."""
    return Rule(kind, pattern, read or (lambda match: {}))
