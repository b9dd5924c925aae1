"""Many ways of saying when, each with the reading that was looked at by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.when import day, describe, lines, moment, zone_named
from config.calendars import Day, SchoolCalendar
from config.calendars.china import arrangement
from handlers.core.when import read
from handlers.core.when.fold import fold
from handlers.core.when.scan import RULES, scan
from tests.handlers.test_when_corpus import MORNING, SHANGHAI, TERM, rows


@pytest.mark.parametrize("row", rows("when_phrases.tsv"))
def test_each_frozen_phrase(row: str) -> None:
    text, *expected = row.split("\t")
    keys = ("start", "end", "rrule", "title", "error")
    assert describe(text, MORNING, SHANGHAI, TERM) == {"text": text} | {
        key: value or None for key, value in zip(keys, expected, strict=True)
    }


def known(year: int) -> Mapping[date, Day] | None:
    return arrangement(year) if year <= 2026 else None


SCHOOL = SchoolCalendar(SHANGHAI, TERM, "CN", arrangements=known)
HOLIDAYS = [
    ("国庆节后第一个周一 9:00 例会", "2026-09-20T08:00", "2026-10-12T09:00"),
    ("国庆节后第一个工作日 9:00 例会", "2026-09-20T08:00", "2026-10-08T09:00"),
    ("十一后第一个周六 9:00 例会", "2026-09-20T08:00", "2026-10-10T09:00"),
    ("教师节当天 9:00 慰问", "2026-09-01T08:00", "2026-09-10T09:00"),
    ("元旦 15:00 联欢", "2026-11-23T08:00", "2027-01-01T15:00"),
    ("端午当天 9:00 龙舟", "2026-11-23T08:00", "2027-06-09T09:00"),
]


@pytest.mark.parametrize(("text", "now", "start"), HOLIDAYS)
def test_days_named_by_a_holiday(text: str, now: str, start: str) -> None:
    reading = read(text, datetime.fromisoformat(now), SCHOOL)
    assert (reading.error, f"{reading.start:%Y-%m-%dT%H:%M}") == (None, start)


@pytest.mark.parametrize("holiday", ["元旦", "春节", "五一", "国庆节", "清明"])
def test_the_first_school_day_after_an_unpublished_holiday_is_asked_about(holiday: str) -> None:
    reading = read(f"{holiday}后第一个工作日 9:00 例会", MORNING, SCHOOL)
    assert (reading.error, reading.asks) == ("vague", "arrangement")


def test_the_same_once_it_is_published() -> None:
    published = SchoolCalendar(SHANGHAI, TERM, "CN", arrangements=lambda year: known(year) or {})
    reading = read("元旦后第一个工作日 9:00 例会", MORNING, published)
    assert reading.start == datetime(2027, 1, 4, 9, tzinfo=SHANGHAI)


BELLS = {
    1: time(8),
    2: time(8, 50),
    3: time(10),
    4: time(10, 50),
    5: time(14),
    6: time(14, 50),
    7: time(15, 40),
}
PERIODS = [
    ("第15周周三第三节 备课", BELLS, time(10)),
    ("第15周周三上午第三节 备课", BELLS, time(10)),
    ("第15周周三下午第三节 备课", BELLS, time(15, 40)),
    ("第15周周三下午第5节 备课", BELLS, time(14)),
    ("第15周周三下午第三节 备课", {3: time(15, 10)}, time(15, 10)),
    ("第15周周三下午第三节 备课", {3: time(10), 103: time(15, 10)}, time(15, 10)),
    ("第15周周三第9节 备课", BELLS, None),
    ("第15周周三下午第三节 备课", {3: time(10)}, None),
]


@pytest.mark.parametrize(("text", "bells", "start"), PERIODS)
def test_periods_and_the_bell_table(text: str, bells: dict[int, time], start: time | None) -> None:
    reading = read(text, MORNING, SchoolCalendar(SHANGHAI, TERM, "CN", bells=bells))
    if start is None:
        assert (reading.error, reading.asks, reading.day) == ("vague", "bell", date(2026, 12, 9))
    else:
        assert reading.start == datetime.combine(date(2026, 12, 9), start, SHANGHAI)


YEARS = [
    ("9月3日 10:00 开学会", "2027-06-20T00:00", "2027-09-03"),
    ("3月5日 10:00 例会", "2027-06-20T00:00", "past"),
    ("6月10日 10:00 例会", "2026-11-23T00:00", "2027-06-10"),
    ("9月1日 10:00 例会", "2026-11-23T00:00", "past"),
    ("2月29日 10:00 例会", "2027-11-01T00:00", "2028-02-29"),
    ("31号 10:00 例会", "2026-11-23T00:00", "bad_time"),
    ("1号 10:00 例会", "2026-12-31T00:00", "2027-01-01"),
]


@pytest.mark.parametrize(("text", "now", "expected"), YEARS)
def test_dates_without_a_year(text: str, now: str, expected: str) -> None:
    reading = read(text, datetime.fromisoformat(now), SCHOOL)
    assert (reading.error or f"{reading.start:%Y-%m-%d}") == expected


def test_without_a_term_teaching_weeks_are_asked_about() -> None:
    for text in ("第15周周三 15:00 备课", "单周周三 15:00 备课"):
        assert read(text, MORNING, SchoolCalendar(SHANGHAI)).asks == "term"


def test_a_wall_time_skipped_by_a_clock_change_is_asked_about() -> None:
    london = SchoolCalendar(ZoneInfo("Europe/London"))
    now = datetime(2027, 3, 20, 9, tzinfo=london.zone)
    assert read("28 March 2027 01:30 Talk", now, london).error == "bad_time"
    assert read("28 March 2027 02:30 Talk", now, london).error is None


def test_an_offset_counts_real_time_across_a_clock_change() -> None:
    london = ZoneInfo("Europe/London")
    reading = read("in 2 hours Talk", datetime(2027, 3, 28, 0, 30, tzinfo=london), SchoolCalendar(london))
    assert reading.start == datetime(2027, 3, 28, 3, 30, tzinfo=london)


def test_beijing_time_is_only_understood_in_beijing() -> None:
    text = "周五16:00 北京时间 评课"
    assert read(text, MORNING, SCHOOL).error is None
    assert read(text, MORNING, SchoolCalendar(ZoneInfo("Europe/London"), TERM)).error == "unread"


def test_the_quick_choice_of_rules_misses_nothing() -> None:
    for row in rows("when_phrases.tsv"):
        text = fold(row.split("\t")[0]).text
        inside = {place for token in scan(text) for place in range(token.start, token.end)}
        for place in set(range(len(text))) - inside:
            matches = [
                item.pattern.pattern for item in RULES if (m := item.pattern.match(text, place)) and m[0]
            ]
            assert not matches, (text, place)


def test_lines_are_json_and_carry_any_text() -> None:
    first, second = lines(["周五 16:00 评课", "\ud800"], MORNING, SHANGHAI, TERM)
    assert first == (
        '{"text": "周五 16:00 评课", "start": "2026-11-27T16:00", "end": null, "rrule": null, '
        '"title": "评课", "error": null}'
    )
    assert second.startswith('{"text": "\\ud800"')


def test_options_of_the_command_line() -> None:
    zone = zone_named("Asia/Shanghai")
    assert moment("2026-11-23T10:00", zone) == moment("2026-11-23T02:00+00:00", zone) == MORNING
    assert day("2026-08-31") == TERM
    for call in (lambda: zone_named("Mars/Base"), lambda: moment("soon", zone), lambda: day("monday")):
        with pytest.raises(ValueError, match=r"unknown time zone|not a"):
            call()
