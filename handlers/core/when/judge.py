"""From what a phrase says to a reading: an instant, or the one question that is missing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from config.calendars import SchoolCalendar
from handlers.core.when.clock import end_clock, fits, period_number, wall_clock
from handlers.core.when.days import Today, resolve_day
from handlers.core.when.phrase import Phrase
from handlers.core.when.problems import Unclear
from handlers.core.when.reading import Reading
from handlers.core.when.recurrence import Recurrence
from handlers.core.when.repeat import repeats, resolve_rule
from handlers.core.when.slots import DAY_KEYS, EVERY_KEYS
from handlers.core.when.walltime import exists, instant

LONGEST_OFFSET = 60 * 24 * 30


def judge(text: str, phrase: Phrase, now: datetime, calendar: SchoolCalendar) -> Reading:
    """The reading of *phrase* at the aware local moment *now*."""
    known = _known(text, phrase, now, calendar)
    if phrase.unread:
        return replace(known, error="unread", asks="unread", unread=tuple(phrase.unread))
    try:
        start, end, rule = _moment(phrase, now, calendar)
    except Unclear as problem:
        return _asked(known, phrase, problem)
    reading = replace(known, start=start, end=end, rule=rule)
    return reading if phrase.title else replace(reading, error="no_title", asks="title")


def _asked(known: Reading, phrase: Phrase, problem: Unclear) -> Reading:
    if problem.asks == "contradiction":
        return replace(known, error="unread", asks="contradiction", unread=(" ".join(phrase.day_words),))
    if phrase.hints and problem.error in ("vague", "no_time"):
        return replace(known, error="vague", asks=problem.asks, unread=tuple(phrase.hints))
    return replace(known, error=problem.error, asks=problem.asks)


def _known(text: str, phrase: Phrase, now: datetime, calendar: SchoolCalendar) -> Reading:
    day = None
    with suppress(Unclear):
        day = resolve_day(phrase.main, Today(now.date(), calendar)) if phrase.has(DAY_KEYS) else None
    period = period_number(phrase.main) if "period" in phrase.main else None
    return Reading(text, title=phrase.title, day=day, part=phrase.main.get("part", ""), period=period)


Moment = tuple[datetime, datetime | None, Recurrence | None]


def _moment(phrase: Phrase, now: datetime, calendar: SchoolCalendar) -> Moment:
    if phrase.bad:
        raise Unclear("bad_time", "bad_time")
    if phrase.unclear:
        raise Unclear("vague", phrase.unclear[0])
    if not phrase.says_time:
        raise Unclear("no_time", "when")
    if phrase.main.get("zone", calendar.zone.key) != calendar.zone.key:
        raise Unclear("unread", "zone")
    if "offset" in phrase.main:
        return _after_a_while(phrase, now)
    return _at_a_clock(phrase, now, calendar)


def _after_a_while(phrase: Phrase, now: datetime) -> Moment:
    if phrase.has((*DAY_KEYS, *EVERY_KEYS, "clock", "part", "period")):
        raise Unclear("vague", "clock")
    if phrase.main["offset"] > LONGEST_OFFSET:
        raise Unclear("bad_time", "bad_time")
    elapsed = now.astimezone(UTC) + timedelta(minutes=phrase.main["offset"])
    start = elapsed.astimezone(now.tzinfo).replace(second=0, microsecond=0)
    return start, _end_of(start, None, phrase), None


def _at_a_clock(phrase: Phrase, now: datetime, calendar: SchoolCalendar) -> Moment:
    clock, problem = _clock(phrase, calendar)
    today = Today(now.date(), calendar, clock is not None and clock <= now.time())
    if repeats(phrase):
        return _repeated(phrase, _needed(clock, problem), now, today)
    if phrase.since or phrase.until:
        raise Unclear("vague", "several_days")
    day = _day(phrase, today, problem)
    clock = _needed(clock, problem)
    start = _one_off(day, clock, now, calendar)
    ends = end_clock(clock, phrase.main, phrase.ending)
    return start, _end_of(start, ends, phrase), None


def _clock(phrase: Phrase, calendar: SchoolCalendar) -> tuple[time | None, Unclear | None]:
    try:
        clock = wall_clock(phrase.main, calendar)
    except Unclear as problem:
        return None, problem
    if clock is not None and not all(fits(clock.hour, part) for part, _ in phrase.aside_parts):
        return None, Unclear("vague", "half")
    return clock, None


def _day(phrase: Phrase, today: Today, problem: Unclear | None) -> date:
    if not phrase.has(DAY_KEYS):
        raise problem if problem and problem.error == "bad_time" else Unclear("vague", "day")
    day = resolve_day(phrase.main, today)
    if day < today.day:
        raise Unclear("past", "past")
    return day


def _needed(clock: time | None, problem: Unclear | None) -> time:
    if problem is not None:
        raise problem
    if clock is None:
        raise Unclear("no_time", "clock")
    return clock


def _one_off(day: date, clock: time, now: datetime, calendar: SchoolCalendar) -> datetime:
    wall = datetime.combine(day, clock)
    if not exists(wall, calendar.zone):
        raise Unclear("bad_time", "bad_time")
    start = instant(wall, calendar.zone)
    if start <= now:
        raise Unclear("past", "past")
    return start


def _repeated(phrase: Phrase, clock: time, now: datetime, today: Today) -> Moment:
    start, rule = resolve_rule(phrase, clock, now, today)
    return start, _end_of(start, end_clock(clock, phrase.main, phrase.ending), phrase), rule


def _end_of(start: datetime, ends: time | None, phrase: Phrase) -> datetime | None:
    minutes = phrase.main.get("minutes")
    lasted = start + timedelta(minutes=minutes) if minutes else None
    if ends is None:
        return lasted
    ended = start.replace(hour=ends.hour, minute=ends.minute)
    if lasted not in (None, ended):
        raise Unclear("unread", "contradiction")
    return ended
