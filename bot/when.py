"""The reading of phrases as plain JSON, for the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.calendars import SchoolCalendar
from handlers.core.when import read


def zone_named(name: str) -> ZoneInfo:
    """An IANA zone. Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone: {name!r}, expected a name such as Asia/Shanghai") from error


def moment(text: str, zone: ZoneInfo) -> datetime:
    """An ISO 8601 moment; without an offset it is local to *zone*. Raises ValueError."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(
            f"not a moment: {text!r}, expected 2026-11-23T10:00 or 2026-11-23T10:00+08:00"
        ) from error
    return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)


def day(text: str) -> date:
    """An ISO 8601 date. Raises ValueError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"not a date: {text!r}, expected 2026-08-31") from error


def describe(text: str, now: datetime, zone: ZoneInfo, term_start: date | None) -> dict[str, str | None]:
    """text, start, end, rrule, title, error; wall times of *zone* to the minute, null where absent."""
    country = "CN" if zone.key in ("Asia/Shanghai", "Asia/Chongqing", "Asia/Urumqi", "PRC") else ""
    reading = read(text, now, SchoolCalendar(zone, term_start, country))
    if reading.error is not None:
        return {
            "text": text,
            "start": None,
            "end": None,
            "rrule": None,
            "title": None,
            "error": reading.error,
        }
    return {
        "text": text,
        "start": _minute(reading.start),
        "end": _minute(reading.end),
        "rrule": reading.rule.rrule if reading.rule else None,
        "title": reading.title,
        "error": None,
    }


def _minute(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M}"


def lines(texts: Iterable[str], now: datetime, zone: ZoneInfo, term_start: date | None) -> Iterator[str]:
    """One JSON object a line, in the order given; lone surrogates are escaped."""
    for text in texts:
        line = json.dumps(describe(text, now, zone, term_start), ensure_ascii=False)
        yield line.encode("utf-8", "backslashreplace").decode("utf-8")
