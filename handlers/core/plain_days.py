"""Readers for what a settings question asks: one date, or a span of hours. None: not understood."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from config.calendars import SchoolCalendar
from handlers.core.when import read

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "|".join(f"{name}[a-z]*" for name in MONTHS)
_DATES = (
    r"(?:(?P<year>\d{4})[年/.-])(?P<month>\d{1,2})[月/.-](?P<day>\d{1,2})[日号]?",
    r"(?P<month>\d{1,2})[月/.-](?P<day>\d{1,2})[日号]?",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_MONTH})\.?,?(?:\s+(?P<year>\d{{4}}))?",
    rf"(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?",
)
_CLOCK = r"(\d{1,2})(?:(?:[:点時时])(\d{1,2}|半)?分?)?"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:-|–|—|~|到|至|to|until)\s*{_CLOCK}")
_BETWEEN = re.compile(r"\s*(?:-|–|—|~|到|至|\bto\b|\buntil\b)\s*", re.IGNORECASE)
ANCHORS = ((9, 1), (2, 23))  # about when terms begin
AHEAD = timedelta(days=60)
WEEK = timedelta(weeks=1)


def read_date(words: str, today: date) -> date | None:
    """8月31日, 2026-08-31, 31 Aug: without a year the one nearest to *today*."""
    wanted = unicodedata.normalize("NFKC", words).strip().casefold()
    for pattern in _DATES:
        if found := re.fullmatch(pattern, wanted):
            return _date(found.groupdict(), today)
    return None


def read_span(words: str) -> tuple[time, time] | None:
    """21:00-7:00, 21点到7点半: from, to."""
    found = _SPAN.fullmatch(unicodedata.normalize("NFKC", words).strip().casefold())
    if found is None:
        return None
    begin, end = _time(found[1], found[2]), _time(found[3], found[4])
    return (begin, end) if begin is not None and end is not None else None


def spoken_date(words: str, now: datetime, calendar: SchoolCalendar) -> date | None:
    """八月三十一号, 下周五, next Friday: the one day these words name, and nothing else."""
    reading = read(words, now, calendar)
    understood = not reading.unread and not reading.title and reading.error in ("no_time", "past")
    return reading.day if understood else None


def spoken_span(words: str, now: datetime, calendar: SchoolCalendar) -> tuple[time, time] | None:
    """晚上九点到早上七点半."""
    sides = _BETWEEN.split(unicodedata.normalize("NFKC", words).strip(), maxsplit=1)
    readings = [read(f"明天 {side} …", now, calendar) for side in sides]
    times = [reading.start.time() for reading in readings if reading.start and not reading.end]
    return (times[0], times[1]) if len(times) == 2 else None


def likely_starts(today: date) -> list[date]:
    """Three Mondays on which the current or coming term may have begun, the likeliest first."""
    years = (today.year - 1, today.year, today.year + 1)
    anchors = [date(year, *anchor) for year in years for anchor in ANCHORS]
    latest = max(one for one in anchors if one <= today + AHEAD)
    monday = latest - timedelta(days=latest.weekday())
    return [monday, monday - WEEK, monday + WEEK]


def _date(parts: dict[str, str | None], today: date) -> date | None:
    name, day = parts.get("name"), int(parts["day"] or 0)
    month = MONTHS.index(name[:3]) + 1 if name else int(parts["month"] or 0)
    if year := parts.get("year"):
        return _made(int(year), month, day)
    made = [_made(year, month, day) for year in (today.year - 1, today.year, today.year + 1)]
    return min((one for one in made if one), key=lambda one: abs(one - today), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(hour: str, minute: str | None) -> time | None:
    minutes = 30 if minute == "半" else int(minute or 0)
    return time(int(hour) % 24, minutes) if int(hour) <= 24 and minutes < 60 else None
