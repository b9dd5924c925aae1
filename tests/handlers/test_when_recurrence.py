"""Repetition by the school's calendar: teaching weeks, holidays, years not published, clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendars import DayKind, SchoolCalendar
from config.calendars.china import arrangement
from handlers.core.when import Occurrence, Recurrence, instant, occurrences, read
from tests.handlers.test_when_corpus import EVENING, MORNING, SHANGHAI, TERM

SCHOOL = SchoolCalendar(
    SHANGHAI, TERM, "CN", arrangements=lambda year: arrangement(year) if year <= 2026 else None
)


def slots(text: str, limit: int = 50, now: datetime = MORNING) -> list[Occurrence]:
    """The slots a phrase gives."""
    reading = read(text, now, SCHOOL)
    assert reading.rule is not None
    assert reading.start is not None
    return occurrences(reading.rule, reading.start, SCHOOL, limit)


def test_even_weeks_until_week_20() -> None:
    found = slots("每双周周五16:00 读书会 直到第20周", now=EVENING)
    assert [(slot.week, slot.at.date().isoformat()) for slot in found] == [
        (14, "2026-12-04"),
        (16, "2026-12-18"),
        (18, "2027-01-01"),
        (20, "2027-01-15"),
    ]
    assert [(slot.is_off, slot.is_held, slot.day.name) for slot in found] == [
        (False, False, ""),
        (False, False, ""),
        (True, False, "元旦"),
        (False, True, ""),
    ]


def test_parity_follows_the_teaching_weeks_even_from_an_odd_start() -> None:
    rule = Recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", parity=0)
    found = occurrences(rule, datetime(2026, 11, 26, 15, tzinfo=SHANGHAI), SCHOOL, 3)
    assert [slot.week for slot in found] == [14, 16, 18]


def test_every_two_weeks_counts_from_the_start() -> None:
    assert [slot.week for slot in slots("每两周周四15:00 师徒结对", 3)] == [13, 15, 17]


def test_a_make_up_saturday_is_a_school_day() -> None:
    now = datetime(2026, 10, 5, 9, tzinfo=SHANGHAI)
    found = slots("每周六 9:00 教研", 2, now)
    assert [(slot.at.date(), slot.day.kind) for slot in found] == [
        (date(2026, 10, 10), DayKind.MAKE_UP),
        (date(2026, 10, 17), DayKind.WEEKEND),
    ]


LIMITS = [
    ("每周三15:30 例会 共8次", 8, "2027-01-13"),
    ("every Wednesday 15:30 Team meeting 8 times", 8, "2027-01-13"),
    ("每周三15:30 例会 直到第18周", 6, "2026-12-30"),
    ("每周三15:30 例会 到12月31日", 6, "2026-12-30"),
    ("every Wednesday 15:30 Team meeting until Dec 18", 4, "2026-12-16"),
    ("every Wednesday 15:30 Team meeting for 6 weeks", 6, "2026-12-30"),
    ("第14-16周 每周三15:30 例会", 3, "2026-12-16"),
    ("每月31号 15:30 例会 共3次", 3, "2027-03-31"),
    ("单周周四 15:00 阅读 共3次", 3, "2026-12-24"),
]


@pytest.mark.parametrize(("text", "count", "last"), LIMITS)
def test_where_a_repetition_ends(text: str, count: int, last: str) -> None:
    found = slots(text)
    assert (len(found), found[-1].at.date().isoformat()) == (count, last)


def test_only_slots_after_a_moment() -> None:
    reading = read("每天 8:00 早读巡视", MORNING, SCHOOL)
    assert reading.rule is not None
    assert reading.start is not None
    after = datetime(2026, 12, 1, 8, tzinfo=SHANGHAI)
    assert occurrences(reading.rule, reading.start, SCHOOL, 1, after)[0].at == after + timedelta(days=1)


CHANGES = [
    ("Europe/London", time(1, 30), date(2027, 3, 28), time(2, 30)),
    ("Europe/London", time(1, 30), date(2027, 10, 31), time(1, 30)),
    ("America/New_York", time(2, 30), date(2027, 3, 14), time(3, 30)),
]


@pytest.mark.parametrize(("zone", "clock", "day", "shown"), CHANGES)
def test_a_weekly_slot_comes_once_on_the_day_of_a_clock_change(
    zone: str, clock: time, day: date, shown: time
) -> None:
    calendar = SchoolCalendar(ZoneInfo(zone))
    start = datetime.combine(day - timedelta(weeks=1), clock, calendar.zone)
    rule = Recurrence("FREQ=WEEKLY;BYDAY=SU", at=clock)
    found = occurrences(rule, start, calendar, 3)
    assert [slot.at.date() for slot in found] == [day + timedelta(weeks=n) for n in (-1, 0, 1)]
    assert [slot.at.time() for slot in found] == [clock, shown, clock]
    moved = occurrences(rule, found[1].at, calendar, 2)
    assert [slot.at for slot in moved] == [slot.at for slot in found[1:]]


@given(
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"]),
    st.datetimes(datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2030-12-31")),
)
def test_any_wall_time_is_one_instant_no_earlier_than_said(zone: str, wall: datetime) -> None:
    at = instant(wall, ZoneInfo(zone))
    shift = at.replace(tzinfo=None) - wall
    assert timedelta(0) <= shift <= timedelta(hours=1)
    assert at.fold == 0
    if zone == "Asia/Shanghai":
        assert at.astimezone(UTC).replace(tzinfo=None) == wall - timedelta(hours=8)
