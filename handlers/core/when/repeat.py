"""From the words of a repetition to its rule and first moment."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time

from config.calendars.school import monday_of
from handlers.core.when.days import Today, in_school_year, later, monday_of_teaching_week, resolve_day
from handlers.core.when.phrase import Phrase
from handlers.core.when.problems import Unclear
from handlers.core.when.recurrence import Recurrence, first_after, floating_end, weeks_from
from handlers.core.when.slots import DAY_KEYS, Slots

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNDERSTOOD = {
    "day": frozenset[str](),
    "week": frozenset({"weekdays", "weeks"}),
    "month": frozenset({"weekdays", "nth", "day"}),
}


def repeats(phrase: Phrase) -> bool:
    """True when the phrase is about a repetition."""
    return "every" in phrase.main


def rule_of(main: Slots) -> Recurrence:
    """The bare rule, without its end. Raises Unclear."""
    every = main["every"]
    said = {key for key in DAY_KEYS if key in main}
    if said - UNDERSTOOD[every]:
        raise Unclear("unread", "contradiction")
    parts = {"day": _daily, "week": _weekly, "month": _monthly}[every](main)
    interval = 2 if "parity" in main else main.get("interval", 1)
    if "parity" in main and main.get("interval", 1) > 1:
        raise Unclear("unread", "contradiction")
    step = [f"INTERVAL={interval}"] if interval > 1 else []
    return Recurrence(";".join([parts[0], *step, *parts[1:]]), parity=main.get("parity"))


def _daily(main: Slots) -> list[str]:
    return ["FREQ=DAILY"]


def _weekly(main: Slots) -> list[str]:
    if "weekdays" not in main:
        raise Unclear("vague", "weekday")
    return ["FREQ=WEEKLY", "BYDAY=" + ",".join(BYDAY[day] for day in main["weekdays"])]


def _monthly(main: Slots) -> list[str]:
    if "nth" in main and "weekdays" in main:
        return ["FREQ=MONTHLY", "BYDAY=" + ",".join(f"{main['nth']}{BYDAY[day]}" for day in main["weekdays"])]
    days = main.get("monthdays") or ((main["day"],) if "day" in main else ())
    if not days or "weekdays" in main:
        raise Unclear("vague", "day")
    if any(day == 0 or day > 31 for day in days):
        raise Unclear("bad_time", "bad_time")
    return ["FREQ=MONTHLY", "BYMONTHDAY=" + ",".join(map(str, days))]


def bound(slots: Slots, now: Today, last: bool) -> date:
    """The first or the last day that 第20周, 下周, 12月 or a date mean. Raises Unclear."""
    said = {key for key in DAY_KEYS if key in slots}
    if said == {"week"}:
        return later(monday_of_teaching_week(slots["week"], now.calendar), 6 if last else 0)
    if said == {"week_shift"}:
        return later(monday_of(now.day), 7 * slots["week_shift"] + (6 if last else 0))
    if said in ({"month"}, {"month_shift"}):
        return _edge_of_month(
            slots.get("month", (now.day.month + slots.get("month_shift", 0) - 1) % 12 + 1), now, last
        )
    if said in ({"month", "year"}, {"month", "year_shift"}):
        return _edge_of_month(
            slots["month"], now, last, slots.get("year", now.day.year + slots.get("year_shift", 0))
        )
    return resolve_day(slots, now)


def _edge_of_month(month: int, now: Today, last: bool, said_year: int | None = None) -> date:
    if not 1 <= month <= 12:
        raise Unclear("bad_time", "bad_time")
    year = said_year or in_school_year(month, 28, now.day).year
    return date(year, month, monthrange(year, month)[1] if last else 1)


def _bounds(phrase: Phrase, now: Today) -> tuple[date, date | None]:
    main, since, until = phrase.main, now.day, None
    if "weeks" in main:
        since = monday_of_teaching_week(main["weeks"][0], now.calendar)
        until = later(monday_of_teaching_week(main["weeks"][1], now.calendar), 6)
    if phrase.since:
        since = bound(phrase.since, now, last=False)
    if phrase.until:
        until = bound(phrase.until, now, last=True)
    return max(since, now.day), until


def resolve_rule(phrase: Phrase, clock: time, now: datetime, today: Today) -> tuple[datetime, Recurrence]:
    """The first moment and the whole rule. Raises Unclear."""
    rule = replace(rule_of(phrase.main), at=clock)
    if rule.parity is not None and today.calendar.term_start is None:
        raise Unclear("vague", "term")
    since, until = _bounds(phrase, today)
    start = first_after(rule, since, clock, now, today.calendar)
    if start is None:
        raise Unclear("bad_time", "bad_time")
    if "span_weeks" in phrase.main:
        until = weeks_from(start.date(), phrase.main["span_weeks"])
    if until is not None and start.date() > until:
        raise Unclear(
            "past" if until < now.date() else "bad_time", "past" if until < now.date() else "bad_time"
        )
    return start, _ended(rule, phrase, until)


def _ended(rule: Recurrence, phrase: Phrase, until: date | None) -> Recurrence:
    count = phrase.main.get("count")
    limits = [f"COUNT={count}"] if count else []
    if until is not None and not count:
        limits.append(f"UNTIL={floating_end(until)}")
    elif until is not None:
        raise Unclear("unread", "contradiction")
    text = ";".join([rule.rrule, *limits])
    return replace(rule, rrule=text, until=until, count=count, until_week=phrase.until.get("week"))
