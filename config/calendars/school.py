"""One community's calendar: its zone, its term, its bells, its days off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from config.calendars import china
from config.calendars.days import Day, DayKind

Arrangement = Callable[[int], Mapping[date, Day] | None]
AFTERNOON, EVENING = 100, 200  # bell numbers of 下午第n节 and 晚上第n节, which start counting again
LONGEST_WAIT = 60


@dataclass(frozen=True)
class SchoolCalendar:
    """What a school knows about its days.

    `bells` maps a period to the wall time it starts: 1, 2, 3 … count through the day; `AFTERNOON + n` and
    `EVENING + n` hold 下午第n节 and 晚上第n节 where a school counts those from one again.
    `corrections` override everything else. `arrangements` gives the published days of a year, None if
    unpublished.
    """

    zone: ZoneInfo
    term_start: date | None = None
    country: str = ""
    bells: Mapping[int, time] = field(default_factory=lambda: MappingProxyType({}))
    corrections: Mapping[date, DayKind] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))
    arrangements: Arrangement = china.arrangement

    def week(self, day: date) -> int | None:
        """The teaching week of *day*: the Monday of the week holding the first day of term starts week 1.

        None before that Monday and when the term's start is not known.
        """
        if self.term_start is None:
            return None
        number = (day - monday_of(self.term_start)).days // 7 + 1
        return number if number >= 1 else None

    def monday(self, week: int) -> date:
        """The Monday of teaching week *week*. Raises ValueError when the term's start is not known."""
        if self.term_start is None:
            raise ValueError("the first day of term is not set")
        return monday_of(self.term_start) + timedelta(weeks=week - 1)

    def day(self, day: date) -> Day:
        """What *day* is. Unpublished years still know the days the law fixes."""
        if day in self.corrections:
            return Day(self.corrections[day], self.names.get(day, ""))
        if self.country == "CN":
            return self._in_china(day)
        return ordinary(day)

    def _in_china(self, day: date) -> Day:
        published = self.arrangements(day.year)
        if published is not None:
            return published.get(day) or ordinary(day)
        name = china.statutory(day.year).get(day)
        return Day(DayKind.OFF, name) if name else Day(DayKind.UNPUBLISHED)

    def next_school_day(self, after: date) -> date | None:
        """The first school day after *after*; None when an unpublished day comes first (nobody can know)."""
        for step in range(1, LONGEST_WAIT):
            day = after + timedelta(days=step)
            found = self.day(day)
            if found.kind is DayKind.UNPUBLISHED:
                return None
            if found.is_school_day:
                return day
        return None


def monday_of(day: date) -> date:
    """The Monday of the week of *day*."""
    return day - timedelta(days=day.weekday())


def ordinary(day: date) -> Day:
    """A day nobody has said anything about: Monday to Friday are school days."""
    return Day(DayKind.SCHOOL if day.weekday() < 5 else DayKind.WEEKEND)
