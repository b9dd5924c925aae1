"""One question, one answer: the pending phrase is completed, and bells are learnt."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from config.calendars import SchoolCalendar
from handlers.core.when import Reading, complete, read
from tests.handlers.test_when_corpus import MORNING, SHANGHAI, TERM

SCHOOL = SchoolCalendar(SHANGHAI, TERM, "CN", arrangements=lambda year: {} if year < 2027 else None)


def talk(*words: str) -> Reading:
    """A phrase and the answers given one after the other."""
    reading = read(words[0], MORNING, SCHOOL)
    for answer in words[1:]:
        reading = complete(reading.text, answer, MORNING, SCHOOL)
    return reading


ASKED = [
    ("周五下午 四年级磨课", "vague", "hour"),
    ("周五 评课", "no_time", "clock"),
    ("周五3点 评课", "vague", "half"),
    ("周五 16:00", "no_title", "title"),
    ("两周后 15:00 评课", "vague", "weekday"),
    ("第15周周三下午第三节 集体备课", "vague", "bell"),
    ("12月3日周五 15:00 评课", "unread", "contradiction"),
    ("下周一到周三 9:00 培训", "vague", "several_days"),
    ("12/3 15:00 Workshop", "vague", "date_order"),
    ("16:00 评课", "vague", "day"),
    ("评课", "no_time", "when"),
    ("昨天 15:00 补会", "past", "past"),
    ("周五左右16:00 评课", "unread", "unread"),
]


@pytest.mark.parametrize(("text", "error", "asks"), ASKED)
def test_what_is_asked(text: str, error: str, asks: str) -> None:
    reading = talk(text)
    assert (reading.error, reading.asks) == (error, asks)


ANSWERED = [
    (("周五下午 四年级磨课", "3点"), "2026-11-27T15:00", "四年级磨课"),
    (("周五下午 四年级磨课", "3点半吧"), "2026-11-27T15:30", "四年级磨课"),
    (("周五 16:00", "分数教学研讨"), "2026-11-27T16:00", "分数教学研讨"),
    (("周五 16:00", "第三单元 周四作业讨论"), "2026-11-27T16:00", "第三单元 周四作业讨论"),
    (("周五下午", "3点", "评课"), "2026-11-27T15:00", "评课"),
    (("周五评课", "下午", "3点"), "2026-11-27T15:00", "评课"),
    (("周五3点 评课", "下午"), "2026-11-27T15:00", "评课"),
    (("周五3点 评课", "15:00"), "2026-11-27T15:00", "评课"),
    (("Friday at 3 Workshop", "pm"), "2026-11-27T15:00", "Workshop"),
    (("12月3日周五 15:00 评课", "12月4日"), "2026-12-04T15:00", "评课"),
    (("12月3日周五 15:00 评课", "周四"), "2026-12-03T15:00", "评课"),
    (("周五或周六 16:00 评课", "周六"), "2026-11-28T16:00", "评课"),
    (("昨天 15:00 补会", "明天"), "2026-11-24T15:00", "补会"),
    (("周五 25:00 评课", "15:00"), "2026-11-27T15:00", "评课"),
    (("周五16:00左右 评课", "就16:00"), "2026-11-27T16:00", "评课"),
    (("两周后 15:00 评课", "周四"), "2026-12-10T15:00", "评课"),
    (("第15周 15:00 例会", "周三"), "2026-12-09T15:00", "例会"),
    (("下周一到周三 9:00 培训", "周二"), "2026-12-01T09:00", "培训"),
    (("16:00 评课", "周五"), "2026-11-27T16:00", "评课"),
    (("评课", "周五", "16:00"), "2026-11-27T16:00", "评课"),
    (("元旦后第一个工作日 9:00 例会", "1月4日"), "2027-01-04T09:00", "例会"),
    (("每周三 例会", "15:30"), "2026-11-25T15:30", "例会"),
    (("周五 评课", "15:00，在201会议室"), "2026-11-27T15:00", "评课 在201会议室"),
]


@pytest.mark.parametrize(("words", "start", "title"), ANSWERED)
def test_an_answer_completes_the_phrase(words: tuple[str, ...], start: str, title: str) -> None:
    reading = talk(*words)
    assert (reading.error, f"{reading.start:%Y-%m-%dT%H:%M}", reading.title) == (None, start, title)


def test_an_end_given_as_an_answer() -> None:
    reading = talk("每周三15:30 例会 直到学期末", "到12月31日")
    assert reading.rule is not None
    assert reading.rule.rrule == "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231T235959"


def test_an_answer_that_is_not_a_time_is_asked_about_again() -> None:
    reading = talk("周五下午 评课", "随便")
    assert (reading.error, reading.unread, reading.title) == ("vague", ("随便",), "评课")
    assert talk("周五下午 评课", "随便", "3点").start == datetime(2026, 11, 27, 15, tzinfo=SHANGHAI)


def test_the_time_of_a_period_is_learnt() -> None:
    reading = talk("第15周周三下午第三节 集体备课", "15:10")
    assert (reading.start, reading.bell) == (
        datetime(2026, 12, 9, 15, 10, tzinfo=SHANGHAI),
        (103, time(15, 10)),
    )
    bells = dict([reading.bell]) if reading.bell else {}
    learnt = SchoolCalendar(SHANGHAI, TERM, "CN", bells=bells)
    again = read("第16周周四下午第三节 集体备课", MORNING, learnt)
    assert again.start == datetime(2026, 12, 17, 15, 10, tzinfo=SHANGHAI)
    assert read("第16周周四第三节 集体备课", MORNING, learnt).asks == "bell"


def test_a_learnt_bell_survives_later_answers() -> None:
    reading = talk("第15周周三第三节", "10:00", "备课")
    assert (reading.error, reading.bell, reading.title) == (None, (3, time(10)), "备课")
