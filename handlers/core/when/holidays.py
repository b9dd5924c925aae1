"""Days named by a holiday: 元旦当天, 国庆节后第一个周一, 元旦后第一个工作日."""

from __future__ import annotations

from datetime import date, timedelta

from config.calendars import Day, DayKind, SchoolCalendar
from config.calendars.china import DRAGON_BOAT, MID_AUTUMN, SPRING, tomb_sweeping
from handlers.core.when.problems import Unclear

FIXED = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1), "十一": (10, 1)}
FIXED |= {"六一": (6, 1), "儿童节": (6, 1), "教师节": (9, 10)}
LUNAR = {"春节": SPRING, "端午": DRAGON_BOAT, "中秋": MID_AUTUMN}
LONGEST_HOLIDAY = 20


def holiday(name: str, year: int) -> date:
    """The holiday's own day. Raises Unclear for a lunar year outside the table."""
    if name in FIXED:
        return date(year, *FIXED[name])
    if name == "清明":
        return tomb_sweeping(year)
    if year not in LUNAR[name]:
        raise Unclear("vague", "arrangement")
    return date(year, *LUNAR[name][year])


def after_holiday(name: str, wanted: str | None, today: date, calendar: SchoolCalendar) -> date:
    """The holiday itself, or the first school day or weekday once its days off are over.

    Raises Unclear when the arrangement that decides is not published.
    """
    for year in (today.year, today.year + 1):
        first = holiday(name, year)
        found = first if wanted is None else _first_after(first, wanted, calendar)
        if found >= today:
            return found
    raise Unclear("past", "past")


def _first_after(first: date, wanted: str, calendar: SchoolCalendar) -> date:
    days = [first + timedelta(days=step) for step in range(1, LONGEST_HOLIDAY)]
    over = False
    for day in days:
        known = _known(day, calendar)
        over = over or known.kind is not DayKind.OFF
        if over and (known.is_school_day if wanted == "school" else day.weekday() == int(wanted)):
            return day
    raise Unclear("vague", "arrangement")


def _known(day: date, calendar: SchoolCalendar) -> Day:
    found = calendar.day(day)
    if found.kind is DayKind.UNPUBLISHED:
        raise Unclear("vague", "arrangement")
    return found
