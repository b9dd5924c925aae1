"""Teaching weeks, holidays, make-up days, years not published yet, and calendars brought in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendars import CalendarError, Corrections, Day, DayKind, SchoolCalendar, load_ics, load_json
from config.calendars.china import DRAGON_BOAT, MID_AUTUMN, SPRING, arrangement, tomb_sweeping

SHANGHAI = ZoneInfo("Asia/Shanghai")
TERM = date(2026, 8, 31)


def until_2026(year: int) -> Mapping[date, Day] | None:
    """What was known in November 2026: no arrangement of 2027."""
    return arrangement(year) if year <= 2026 else None


SCHOOL = SchoolCalendar(SHANGHAI, TERM, "CN", arrangements=until_2026)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 8, 30), None),
        (date(2026, 8, 31), 1),
        (date(2026, 9, 6), 1),
        (date(2026, 9, 20), 3),
        (date(2026, 10, 10), 6),
        (date(2026, 11, 23), 13),
    ],
)
def test_the_teaching_week(day: date, week: int | None) -> None:
    assert SCHOOL.week(day) == week


def test_a_term_that_starts_on_wednesday_begins_with_its_monday() -> None:
    calendar = SchoolCalendar(SHANGHAI, date(2026, 9, 2))
    assert (calendar.week(date(2026, 8, 31)), calendar.monday(1)) == (1, date(2026, 8, 31))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 30), st.integers(0, 6))
def test_week_and_monday_agree(start: date, week: int, day: int) -> None:
    calendar = SchoolCalendar(SHANGHAI, start)
    assert calendar.week(calendar.monday(week) + timedelta(days=day)) == week


def test_without_a_term_there_are_no_weeks() -> None:
    calendar = SchoolCalendar(SHANGHAI)
    assert calendar.week(TERM) is None
    with pytest.raises(ValueError, match="first day of term"):
        calendar.monday(1)


DAYS = [
    (date(2026, 9, 20), DayKind.MAKE_UP, "a Sunday made up for the National Day week"),
    (date(2026, 10, 10), DayKind.MAKE_UP, "a Saturday made up for the National Day week"),
    (date(2026, 9, 25), DayKind.OFF, "Mid-Autumn"),
    (date(2026, 10, 7), DayKind.OFF, "the end of the National Day week"),
    (date(2026, 11, 23), DayKind.SCHOOL, "a Monday"),
    (date(2026, 11, 28), DayKind.WEEKEND, "a Saturday"),
    (date(2027, 1, 1), DayKind.OFF, "fixed by law"),
    (date(2027, 1, 4), DayKind.UNPUBLISHED, "nobody knows yet"),
    (date(2027, 1, 15), DayKind.UNPUBLISHED, "nobody knows yet"),
    (date(2027, 2, 6), DayKind.OFF, "the first day of the lunar year"),
    (date(1990, 3, 1), DayKind.SCHOOL, "an arrangement may also be an empty one"),
]


@pytest.mark.parametrize(("day", "kind", "why"), DAYS)
def test_what_a_day_is(day: date, kind: DayKind, why: str) -> None:
    calendar = SchoolCalendar(
        SHANGHAI, TERM, "CN", arrangements=lambda year: {} if year == 1990 else until_2026(year)
    )
    assert calendar.day(day).kind is kind, why


def test_holidays_are_named_and_make_up_days_are_school_days() -> None:
    assert SCHOOL.day(date(2027, 1, 1)).name == "元旦"
    assert SCHOOL.day(date(2026, 10, 10)).is_school_day


def test_a_later_arrangement_takes_over() -> None:
    published = {date(2027, 1, 4): Day(DayKind.SCHOOL), date(2027, 1, 2): Day(DayKind.MAKE_UP, "元旦")}
    calendar = SchoolCalendar(SHANGHAI, TERM, "CN", arrangements=lambda year: published)
    assert calendar.day(date(2027, 1, 15)).kind is DayKind.SCHOOL
    assert calendar.next_school_day(date(2026, 12, 31)) == date(2027, 1, 1)


def test_other_countries_have_no_holidays() -> None:
    assert SchoolCalendar(ZoneInfo("Europe/London")).day(date(2027, 1, 1)).kind is DayKind.SCHOOL


@given(st.dates())
def test_no_day_of_any_year_crashes(day: date) -> None:
    assert SCHOOL.day(day).kind in DayKind


def test_the_next_school_day() -> None:
    assert SCHOOL.next_school_day(date(2026, 9, 30)) == date(2026, 10, 8)
    assert SCHOOL.next_school_day(date(2026, 10, 9)) == date(2026, 10, 10)
    assert SCHOOL.next_school_day(date(2027, 1, 1)) is None


@pytest.mark.parametrize("year", range(2010, 2027))
def test_lunar_and_solar_days_agree_with_the_arrangements_of_the_past(year: int) -> None:
    special = arrangement(year)
    assert special is not None
    expected = [(tomb_sweeping(year), "清明")]
    tables = ((SPRING, "春节"), (DRAGON_BOAT, "端午"), (MID_AUTUMN, "中秋"))
    expected += [(date(year, *table[year]), name) for table, name in tables if year in table]
    for day, name in expected:
        assert special[day].kind is DayKind.OFF, name


def test_corrections_override_everything() -> None:
    corrections = load_json(
        '{"2026-11-25": {"kind": "off", "name": "运动会"}, "2027-01-04": "school", "2026-11-28": "make_up"}'
    )
    calendar = SchoolCalendar(
        SHANGHAI, TERM, "CN", corrections=corrections.days, names=corrections.names, arrangements=until_2026
    )
    assert calendar.day(date(2026, 11, 25)) == Day(DayKind.OFF, "运动会")
    assert calendar.day(date(2027, 1, 4)).is_school_day
    assert calendar.day(date(2026, 11, 28)).is_school_day


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//school//calendar//CN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20270101
DTEND;VALUE=DATE:20270104
SUMMARY:元旦 休
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20270109
SUMMARY:元旦 补班
END:VEVENT
END:VCALENDAR
"""


def test_an_ics_file_gives_days_off_and_make_up_days() -> None:
    found = load_ics(ICS)
    assert found.days == {
        date(2027, 1, 1): DayKind.OFF,
        date(2027, 1, 2): DayKind.OFF,
        date(2027, 1, 3): DayKind.OFF,
        date(2027, 1, 9): DayKind.MAKE_UP,
    }
    assert found.names[date(2027, 1, 9)] == "元旦 补班"


BAD_JSON = [
    ("", "not_json"),
    ("[1]", "not_json"),
    ("[" * 100_000, "not_json"),
    ("{}", "empty"),
    ('{"2027-02-30": "off"}', "bad_entry"),
    ('{"2027-02-03": "holiday"}', "bad_entry"),
    ('{"2027-02-03": 7}', "bad_entry"),
]


@pytest.mark.parametrize(("text", "key"), BAD_JSON)
def test_bad_json_says_what_is_wrong(text: str, key: str) -> None:
    with pytest.raises(CalendarError) as caught:
        load_json(text)
    assert caught.value.key == key


BAD_ICS = [
    ("", "not_ics"),
    ("hello", "not_ics"),
    (ICS.replace("20270109", "yesterday"), "bad_entry"),
    (ICS.replace("20270104", "20290104"), "bad_entry"),
    ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR\n", "empty"),
]


@pytest.mark.parametrize(("text", "key"), BAD_ICS)
def test_a_bad_ics_file_says_what_is_wrong(text: str, key: str) -> None:
    with pytest.raises(CalendarError) as caught:
        load_ics(text)
    assert caught.value.key == key


@given(st.text(max_size=300))
def test_any_text_is_a_calendar_or_a_calendar_error(text: str) -> None:
    for load in (load_json, load_ics):
        assert _key(load, text) in ("", "not_ics", "not_json", "bad_entry", "empty")


def _key(load: Callable[[str], Corrections], text: str) -> str:
    try:
        return "" if load(text).days else "no days"
    except CalendarError as error:
        return error.key
