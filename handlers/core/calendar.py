"""The calendar of a community: what is published, corrected by what the community knows itself."""

from collections.abc import Mapping
from datetime import date, time
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session

from config.calendars import Day, DayKind, SchoolCalendar, china
from storage.models.calendar import CalendarDay
from storage.models.community import Community
from storage.queries.calendar import days_of


def calendar_of(session: Session, community: Community) -> SchoolCalendar:
    """The calendar by which every date of *community* is read."""
    rows = days_of(session, community.id or 0)
    kinds = {row.day: DayKind(row.kind) for row in rows}
    return SchoolCalendar(
        zone=ZoneInfo(community.zone),
        term_start=community.term_start,
        country=community.country,
        bells=bells_of(community),
        corrections=kinds,
        names={row.day: row.name for row in rows if row.name},
        arrangements=partial(_arrangement, imported_years(rows)),
    )


def bells_of(community: Community) -> dict[int, time]:
    """The bell table: period to the local time it begins, see `SchoolCalendar.bells`."""
    return {int(period): time.fromisoformat(at) for period, at in community.bells.items()}


def imported_years(rows: list[CalendarDay]) -> frozenset[int]:
    """The years whose arrangement the community brought in itself.

    One sports day does not make a year known; all the days the law makes a holiday do.
    """
    off = {row.day for row in rows if row.kind == DayKind.OFF}
    return frozenset(year for year in {day.year for day in off} if china.statutory(year).keys() <= off)


def is_published(calendar: SchoolCalendar, year: int) -> bool:
    """Whether the days off and make-up days of *year* are known."""
    return calendar.country != "CN" or calendar.arrangements(year) is not None


def _arrangement(imported: frozenset[int], year: int) -> Mapping[date, Day] | None:
    published = china.arrangement(year)
    return {} if published is None and year in imported else published
