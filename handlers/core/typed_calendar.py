"""What a leader types about the school's days: 12月30日到1月2日, 第19-20周, 下午第三节 15:10."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from handlers.core.calendar import calendar_of
from handlers.core.context import Context
from handlers.core.hearing import BELLS_OF_A_DAY, hear
from handlers.core.planning import read_weeks
from handlers.core.when import read
from handlers.core.when.numerals import NUM, number

BELL = re.compile(
    rf"(?P<half>上午|下午|晚上)?第?\s?(?P<han>{NUM})\s?节课?|period\s(?P<latin>\d{{1,2}})(?:\sat)?", re.I
)
HALVES = {"下午": BELLS_OF_A_DAY, "晚上": 2 * BELLS_OF_A_DAY}
MOST_BELLS = 20
RANGE = re.compile(r"^(.+?)\s*(?:到|至|–|—|-|~|\sto\s|\suntil\s)\s*(.+)$", re.I)
WEEKS = re.compile(rf"第\s?{NUM}.*周(?![一二三四五六日天])|weeks?\s\d", re.I)
DAY_ONLY = re.compile(r"(\d{1,2})[日号]?(?:st|nd|rd|th)?")
LONGEST = timedelta(days=70)


def bell_in(ctx: Context, words: str) -> tuple[int, time | None] | None:
    """The period and when it begins (None: no such time); None when *words* are not about a period."""
    found = BELL.match(words.strip())
    if found is None:
        return None
    rest = words.strip()[found.end() :].strip(" :：是从在")
    if not rest:
        return None
    count = number(found["han"] or found["latin"]) or 0
    at = clock_in(ctx, f"{found['half'] or ''}{rest}") or clock_in(ctx, rest)
    if not 0 < count <= MOST_BELLS:
        at = None
    return HALVES.get(found["half"] or "", 0) + count, at


def clock_in(ctx: Context, words: str) -> time | None:
    """15:10, 下午三点十分."""
    zone = calendar_of(ctx.session, ctx.here).zone
    reading = read(
        f"明天 {words} …", datetime.combine(ctx.today, time(0), zone), calendar_of(ctx.session, ctx.here)
    )
    return reading.start.time() if reading.start and not reading.rule else None


def days_in(ctx: Context, words: str) -> list[date]:
    """The day named, every day of a range, or of teaching weeks; empty when none was understood."""
    if day := hear(ctx, words).reading.day:
        return [day]
    if WEEKS.search(words):
        return list(_of_weeks(ctx, read_weeks(words)))
    return _range(ctx, words)


def _of_weeks(ctx: Context, weeks: list[int]) -> Iterator[date]:
    """Every day of weeks that follow one another."""
    if ctx.here.term_start is None or not weeks or weeks[-1] - weeks[0] >= len(weeks):
        return
    monday = calendar_of(ctx.session, ctx.here).monday(weeks[0])
    yield from (monday + timedelta(days=day) for day in range(7 * len(weeks)))


def _range(ctx: Context, words: str) -> list[date]:
    found = RANGE.match(words)
    if found is None:
        return []
    first = _day(ctx, found[1])
    alone = DAY_ONLY.fullmatch(found[2].strip())
    last = _in_month(first, int(alone[1])) if first and alone else _day(ctx, found[2])
    if first is None or last is None or not first <= last <= first + LONGEST:
        return []
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _day(ctx: Context, words: str) -> date | None:
    words = f"{words}日" if re.search(r"月\s?\d{1,2}$", words) else words
    return hear(ctx, words).reading.day


def _in_month(first: date, day: int) -> date | None:
    try:
        return first.replace(day=day)
    except ValueError:
        return None
