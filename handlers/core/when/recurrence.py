"""Repetition: what the rule is, and the moments it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from config.calendars import Day, DayKind, SchoolCalendar
from handlers.core.when.walltime import instant

FURTHEST = 1500


@dataclass(frozen=True)
class Recurrence:
    """A repetition in local wall time.

    `rrule` is an RFC 5545 rule with a floating UNTIL. `parity` is 1 for odd and 0 for even teaching
    weeks: then the school's weeks decide and INTERVAL=2 is only how other calendars see it. `count`
    counts every slot of the rule, also those that fall on a day off. `until` is the last day, inclusive;
    `until_week` the teaching week it came from. `at` is the wall time kept, whatever a clock change did
    to the first slot.
    """

    rrule: str
    parity: int | None = None
    until: date | None = None
    count: int | None = None
    until_week: int | None = None
    at: time | None = None


@dataclass(frozen=True)
class Occurrence:
    """One slot: its instant, what the day is, its teaching week."""

    at: datetime
    day: Day
    week: int | None

    @property
    def is_off(self) -> bool:
        """On a holiday: skipped unless the community decides otherwise."""
        return self.day.kind is DayKind.OFF

    @property
    def is_held(self) -> bool:
        """In a year whose arrangement is not published: neither promised nor dropped."""
        return self.day.kind is DayKind.UNPUBLISHED


def wall_times(rule: Recurrence, first: datetime, calendar: SchoolCalendar) -> Iterator[datetime]:
    """Naive wall times of the rule from the naive *first* on, itself included when it fits."""
    weekly = rule.parity is not None and calendar.term_start is not None
    parts = [part for part in rule.rrule.split(";") if not part.startswith("COUNT=")]
    parts = [part for part in parts if not (weekly and part.startswith("INTERVAL="))]
    slots = iter(rrulestr(";".join(parts), dtstart=first, cache=False))
    fitting = (wall for wall in islice(slots, FURTHEST) if not weekly or in_week(wall.date(), rule, calendar))
    return islice(fitting, rule.count) if rule.count else fitting


def in_week(day: date, rule: Recurrence, calendar: SchoolCalendar) -> bool:
    """Does the teaching week of *day* suit the rule's parity."""
    week = calendar.week(day)
    return week is not None and week % 2 == rule.parity


def occurrences(
    rule: Recurrence, start: datetime, calendar: SchoolCalendar, limit: int, after: datetime | None = None
) -> list[Occurrence]:
    """At most *limit* slots from *start* (aware) on, only those later than *after* when it is given."""
    local = start.astimezone(calendar.zone)
    first = datetime.combine(local.date(), rule.at or local.time().replace(tzinfo=None))
    found = (_occurrence(wall, calendar) for wall in wall_times(rule, first, calendar))
    return list(islice((item for item in found if after is None or item.at > after), limit))


def _occurrence(wall: datetime, calendar: SchoolCalendar) -> Occurrence:
    return Occurrence(instant(wall, calendar.zone), calendar.day(wall.date()), calendar.week(wall.date()))


def first_after(
    rule: Recurrence, since: date, clock: time, now: datetime, calendar: SchoolCalendar
) -> datetime | None:
    """The rule's first instant on or after *since* that is later than *now*; None when there is none."""
    walls = wall_times(rule, datetime.combine(since, clock), calendar)
    return next((at for at in (instant(wall, calendar.zone) for wall in walls) if at > now), None)


def floating_end(day: date) -> str:
    """The end of *day* as RRULE writes it."""
    return f"{day:%Y%m%d}T235959"


def weeks_from(day: date, weeks: int) -> date:
    """The last day of a span of *weeks* that begins on *day*."""
    return day + timedelta(weeks=weeks) - timedelta(days=1)
