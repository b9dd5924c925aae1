"""Read a teacher's words for a moment; complete them with an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from config.calendars import SchoolCalendar
from handlers.core.when.answers import joined
from handlers.core.when.judge import judge
from handlers.core.when.phrase import Phrase, parse
from handlers.core.when.reading import Reading

LONGEST = 1000
THEN = "␞"  # stands between a phrase and the answers that completed it


def read(text: str, now: datetime, calendar: SchoolCalendar) -> Reading:
    """What *text* means at *now* (naive moments are local). Never raises on any text."""
    if len(text) > LONGEST:
        return Reading(text, error="unread", asks="too_long", unread=(text[:20],))
    local = now.replace(tzinfo=calendar.zone) if now.tzinfo is None else now.astimezone(calendar.zone)
    first, *answers = text.split(THEN)
    phrase = parse(first)
    reading = judge(text, phrase, local, calendar)
    for answer in answers:
        phrase, reading = _answered(reading, phrase, answer, local, calendar)
    return reading


def _answered(
    asked: Reading, phrase: Phrase, answer: str, now: datetime, calendar: SchoolCalendar
) -> tuple[Phrase, Reading]:
    phrase = joined(asked, phrase, parse(answer, "every" in phrase.main), answer)
    reading = judge(asked.text, phrase, now, calendar)
    learnt = reading.start is not None and asked.asks == "bell" and asked.period is not None
    if learnt and reading.start is not None and asked.period is not None:
        reading = replace(reading, period=asked.period, bell=(asked.period, reading.start.time()))
    elif asked.bell:
        reading = replace(reading, period=asked.period, bell=asked.bell)
    return phrase, reading


def complete(pending: str, answer: str, now: datetime, calendar: SchoolCalendar) -> Reading:
    """The pending phrase and the answer to its question, together; `pending` is the text of a Reading."""
    return read(f"{pending}{THEN}{answer}", now, calendar)
