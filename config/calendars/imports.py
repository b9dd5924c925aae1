"""Calendar corrections brought in from a file: .ics (RFC 5545) or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from config.calendars.days import DayKind

MAKE_UP_WORDS = ("补班", "上班", "上课", "补课", "make-up", "workday")
OFF_WORDS = ("不上班", "不上课", "停课", "no school")
LONGEST_EVENT = 200


class CalendarError(ValueError):
    """A calendar file that cannot be used. `key` is one of not_ics, not_json, bad_entry, empty."""

    def __init__(self, key: str, detail: str = "") -> None:
        super().__init__(f"{key}: {detail}")
        self.key = key
        self.detail = detail


@dataclass(frozen=True)
class Corrections:
    """Days that override the calendar, and the names they were given. Pass both to `SchoolCalendar`."""

    days: dict[date, DayKind] = field(default_factory=dict)
    names: dict[date, str] = field(default_factory=dict)


def load_json(text: str) -> Corrections:
    """Read `{"2027-01-04": "school", "2027-04-20": {"kind": "off", "name": "运动会"}}`.

    Kinds are school, weekend, off, make_up. Raises CalendarError.
    """
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CalendarError("not_json", type(error).__name__) from error
    if not isinstance(entries, dict):
        raise CalendarError("not_json", "an object of dates is expected")
    return _corrections(_json_entry(day, entry) for day, entry in entries.items())


def _json_entry(day: str, entry: object) -> tuple[date, DayKind, str]:
    kind, name = (entry.get("kind"), entry.get("name", "")) if isinstance(entry, dict) else (entry, "")
    try:
        return date.fromisoformat(day), DayKind(str(kind)), str(name)
    except ValueError as error:
        raise CalendarError("bad_entry", day) from error


def load_ics(text: str) -> Corrections:
    """Read whole-day events: a summary such as 补班 or 上课 makes a make-up day, anything else a day off.

    Raises CalendarError.
    """
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(text)
        events = [entry for event in calendar.walk("VEVENT") for entry in _event_days(event)]
    except CalendarError:
        raise
    except Exception as error:  # icalendar raises ValueError, KeyError, IndexError and more on hostile files
        raise CalendarError("not_ics", type(error).__name__) from error
    return _corrections(iter(events))


def _event_days(event: Any) -> Iterator[tuple[date, DayKind, str]]:
    summary = str(event.get("SUMMARY", ""))
    first = _day(event.decoded("DTSTART"))
    last = _day(event.decoded("DTEND")) if "DTEND" in event else first + timedelta(days=1)
    length = max((last - first).days, 1)
    if length > LONGEST_EVENT:
        raise CalendarError("bad_entry", summary)
    kind = _kind(summary.lower())
    for step in range(length):
        yield first + timedelta(days=step), kind, summary


def _kind(summary: str) -> DayKind:
    made_up = any(word in summary for word in MAKE_UP_WORDS) and not any(
        word in summary for word in OFF_WORDS
    )
    return DayKind.MAKE_UP if made_up else DayKind.OFF


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise CalendarError("bad_entry", str(value))


def _corrections(entries: Iterator[tuple[date, DayKind, str]]) -> Corrections:
    found = list(entries)
    if not found:
        raise CalendarError("empty")
    return Corrections({day: kind for day, kind, _ in found}, {day: name for day, _, name in found if name})
