"""Which day the day words mean.

A month and day without a year is this calendar year's while still ahead; once gone by it is next year's
only if that still belongs to the same school year (August to July), otherwise it is past. A bare 28号 is
the next one, unless it went by within the last week (past). 下周五 and "next Friday" are the Friday of
next week, weeks starting on Monday. Two words that name different days are never reconciled: they are
asked about.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from config.calendars import SchoolCalendar
from config.calendars.school import monday_of
from handlers.core.when.holidays import after_holiday
from handlers.core.when.problems import Unclear
from handlers.core.when.slots import DAY_KEYS, Slots

LAST_WEEK_OF_TERM = 30
RECENT = 7


@dataclass(frozen=True)
class Today:
    """Where the reading stands; `clock_is_over` says that the clock said has gone by today."""

    day: date
    calendar: SchoolCalendar
    clock_is_over: bool = False


def real_date(year: int, month: int, day: int) -> date:
    """A date that exists. Raises Unclear."""
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear("bad_time", "bad_time") from None


def in_school_year(month: int, day: int, today: date) -> date:
    """The date a month and day without a year mean (see the module)."""
    this_year = real_date(today.year if (month, day) != (2, 29) else _leap_year(today), month, day)
    rolls = this_year < today and today.month >= 8 and month <= 7
    return real_date(today.year + 1, month, day) if rolls else this_year


def _leap_year(today: date) -> int:
    return today.year if monthrange(today.year, 2)[1] == 29 else today.year + 1


def _dated(slots: Slots, now: Today) -> date:
    if "year" in slots or "year_shift" in slots:
        year = slots.get("year", now.day.year + slots.get("year_shift", 0))
        return real_date(year, slots["month"], slots["day"])
    return in_school_year(slots["month"], slots["day"], now.day)


def _shifted_month(now: Today, shift: int) -> tuple[int, int]:
    months = now.day.year * 12 + now.day.month - 1 + shift
    return months // 12, months % 12 + 1


def _day_of_shifted_month(slots: Slots, now: Today) -> date:
    return real_date(*_shifted_month(now, slots["month_shift"]), slots["day"])


def _day_of_month(slots: Slots, now: Today) -> date:
    day = slots["day"]
    recent = now.day.day - RECENT <= day
    return real_date(*_shifted_month(now, 0 if recent else 1), day)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The first, second … or last (-1) such day of a month. Raises Unclear."""
    first, length = monthrange(year, real_date(year, month, 1).month)
    days = [day for day in range(1, length + 1) if (first + day - 1) % 7 == weekday]
    if nth > len(days):
        raise Unclear("bad_time", "bad_time")
    return date(year, month, days[nth if nth < 0 else nth - 1])


def _nth_of_month(slots: Slots, now: Today) -> date:
    month = slots["month"]
    year = slots.get("year", now.day.year + slots.get("year_shift", 0))
    found = nth_weekday(year, month, slots["nth"], single(slots))
    rolls = (
        "year" not in slots and "year_shift" not in slots and found < now.day and now.day.month >= 8 > month
    )
    return nth_weekday(year + 1, month, slots["nth"], single(slots)) if rolls else found


def _nth_of_shifted_month(slots: Slots, now: Today) -> date:
    return nth_weekday(*_shifted_month(now, slots["month_shift"]), slots["nth"], single(slots))


def _ahead(slots: Slots, now: Today) -> date:
    return later(now.day, slots["days_ahead"])


def later(day: date, days: int) -> date:
    """*day* moved. Raises Unclear beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise Unclear("bad_time", "bad_time") from None


def monday_of_teaching_week(week: int, calendar: SchoolCalendar) -> date:
    """Raises Unclear when the term's start is unknown or no term is that long."""
    if calendar.term_start is None:
        raise Unclear("vague", "term")
    if not 1 <= week <= LAST_WEEK_OF_TERM:
        raise Unclear("bad_time", "bad_time")
    return calendar.monday(week)


def _in_teaching_week(slots: Slots, now: Today) -> date:
    return later(monday_of_teaching_week(slots["week"], now.calendar), single(slots))


def _in_shifted_week(slots: Slots, now: Today) -> date:
    return later(monday_of(now.day), slots["week_shift"] * 7 + single(slots))


def single(slots: Slots) -> int:
    """The one weekday said. Raises Unclear when there are several."""
    if len(slots["weekdays"]) != 1:
        raise Unclear("vague", "several_days")
    return slots["weekdays"][0]


def _coming(slots: Slots, now: Today) -> date:
    first = now.day + timedelta(days=1) if now.clock_is_over and "plus_weeks" not in slots else now.day
    coming = first + timedelta(days=(single(slots) - first.weekday()) % 7)
    return later(coming, 7 * slots.get("plus_weeks", 0))


def _holiday(slots: Slots, now: Today) -> date:
    return after_holiday(slots["anchor"], slots.get("anchor_day"), now.day, now.calendar)


WAYS: tuple[tuple[frozenset[str], Callable[[Slots, Today], date]], ...] = (
    (frozenset({"anchor"}), _holiday),
    (frozenset({"days_ahead"}), _ahead),
    (frozenset({"month", "day"}), _dated),
    (frozenset({"month_shift", "day"}), _day_of_shifted_month),
    (frozenset({"month", "nth", "weekdays"}), _nth_of_month),
    (frozenset({"month_shift", "nth", "weekdays"}), _nth_of_shifted_month),
    (frozenset({"week", "weekdays"}), _in_teaching_week),
    (frozenset({"week_shift", "weekdays"}), _in_shifted_week),
    (frozenset({"day"}), _day_of_month),
)
CHECKS: Mapping[str, Callable[[date, Slots, Today], bool]] = {
    "weekdays": lambda day, slots, now: slots["weekdays"] == (day.weekday(),),
    "week": lambda day, slots, now: now.calendar.week(day) == slots["week"],
    "week_shift": lambda day, slots, now: (
        monday_of(day) == monday_of(now.day) + timedelta(weeks=slots["week_shift"])
    ),
    "days_ahead": lambda day, slots, now: day == later(now.day, slots["days_ahead"]),
    "month": lambda day, slots, now: day.month == slots["month"],
    "day": lambda day, slots, now: day.day == slots["day"],
    "year": lambda day, slots, now: day.year == slots["year"],
    "year_shift": lambda day, slots, now: day.year == now.day.year + slots["year_shift"],
    "month_shift": lambda day, slots, now: (day.year, day.month) == _shifted_month(now, slots["month_shift"]),
}
LACKS = (("nth", "month"), ("week", "weekday"), ("week_shift", "weekday"), ("weeks", "weekday"))


def resolve_day(slots: Slots, now: Today) -> date:
    """The one day the slots name. Raises Unclear."""
    said = {key for key in DAY_KEYS if key in slots}
    way = next((way for needs, way in WAYS if needs <= said), None)
    if way is None and said and said <= {"weekdays", "plus_weeks"}:
        return _coming(slots, now)
    if way is None:
        raise Unclear("vague", next((asks for key, asks in LACKS if key in said), "day"))
    day = way(slots, now)
    if not all(_agrees(key, day, slots, now) for key in said):
        raise Unclear("unread", "contradiction")
    return day


def _agrees(key: str, day: date, slots: Slots, now: Today) -> bool:
    if key in ("nth", "anchor", "anchor_day"):
        return True
    return key in CHECKS and CHECKS[key](day, slots, now)
