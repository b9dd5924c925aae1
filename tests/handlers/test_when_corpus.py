"""The frozen tables: every row gives exactly this instant, or exactly this question."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.when import describe
from config.calendars import SchoolCalendar
from handlers.core.when import read

TABLES = Path(__file__).parents[1] / "data"
SHANGHAI = ZoneInfo("Asia/Shanghai")
TERM = date(2026, 8, 31)
MORNING = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
EVENING = datetime(2026, 11, 23, 20, tzinfo=SHANGHAI)
SCHOOL = SchoolCalendar(SHANGHAI, TERM, "CN")


def rows(name: str) -> list[str]:
    """The lines of a table without its comments."""
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("row", rows("schedule.tsv"))
def test_each_row_of_the_schedule_table(row: str) -> None:
    text, start, end, rrule, title = [*row.split("\t"), *[""] * 5][:5]
    error = start.removeprefix("ERROR:") if start.startswith("ERROR:") else None
    times: dict[str, str | None] = dict.fromkeys(("start", "end", "rrule", "title"))
    if error is None:
        times = {"start": start, "end": end or None, "rrule": rrule or None, "title": title or None}
    assert describe(text, MORNING, SHANGHAI, TERM) == {"text": text, **times, "error": error}


# phrase: error, the start read (also known when only the title is missing), why
PHRASES = {
    "明天下午4点": ("no_title", "2026-11-24T16:00", "complete but for what it is about"),
    "下周三下午四点": ("no_title", "2026-12-02T16:00", "weeks start on Monday"),
    "下周三16:00": ("no_title", "2026-12-02T16:00", "the same, written together"),
    "周五晚8点": ("no_title", "2026-11-27T20:00", "the coming Friday"),
    "后天上午十点半": ("no_title", "2026-11-25T10:30", "two days on"),
    "12月3日下午3点": ("no_title", "2026-12-03T15:00", "this year, still ahead"),
    "两周后": ("vague", None, "which day of that week"),
    "本周五": ("no_time", None, "a day without a clock"),
    "下个月第一个周三": ("no_time", None, "a day without a clock"),
    "第13周周三下午": ("vague", None, "afternoon, but which hour"),
    "每周三下午四点": ("no_title", "2026-11-25T16:00", "the first Wednesday ahead"),
    "每双周周五20:00": ("no_title", "2026-12-04T20:00", "even teaching weeks: this is week 13"),
    "今晚8点": ("past", None, "20:00 is now, not ahead"),
    "三天后上午9点": ("no_title", "2026-11-26T09:00", "three days on"),
    "元旦后第一个工作日": ("vague", None, "2027 may be unpublished, and there is no clock"),
    "大后天早上7点半": ("no_title", "2026-11-26T07:30", "three days on"),
    "第15周周三下午4点": ("no_title", "2026-12-09T16:00", "week 1 starts on 2026-08-31"),
    "开学第二周周一": ("past", None, "2026-09-07"),
    "单周周三下午第3节": ("vague", None, "no bell table"),
    "每双周周五16:00 读书会 直到第20周": (None, "2026-12-04T16:00", "weeks 14, 16, 18, 20"),
    "第15周周三下午第三节 集体备课": ("vague", None, "no bell table"),
    "2026年12月3日 15:00": ("no_title", "2026-12-03T15:00", "nothing but the time"),
}


def test_the_list_of_phrases_is_covered() -> None:
    assert set(rows("phrases_more.txt")) == set(PHRASES)


@pytest.mark.parametrize(("text", "expected"), PHRASES.items())
def test_each_further_phrase(text: str, expected: tuple[str | None, str | None, str]) -> None:
    error, start, reason = expected
    unpublished = SchoolCalendar(SHANGHAI, TERM, "CN", arrangements=lambda year: {} if year < 2027 else None)
    reading = read(text, EVENING, unpublished)
    found = reading.start and f"{reading.start:%Y-%m-%dT%H:%M}"
    assert (reading.error, found) == (error, start), reason
