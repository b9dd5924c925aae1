"""What reading a phrase gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from handlers.core.when.recurrence import Recurrence


@dataclass(frozen=True)
class Reading:
    """A phrase as it was understood.

    `error` is None (then `start` is an aware local datetime later than now) or one of past, no_time,
    bad_time, no_title, vague, unread. With no_title everything but the title is given; with any other
    error no instant is. `asks` names the one question that helps (see `Unclear`, plus unread, title,
    too_long), empty without an error. `unread` are words that look like time and were not understood, as
    typed. `day`, `part` and `period` are what is known of an incomplete phrase, to word the question.
    `bell` is a period and the wall time an answer gave for it, for the bell table to learn; see
    `SchoolCalendar.bells`. `text` is the phrase as given; after `complete` it holds phrase and answers,
    and can be read or completed again.
    """

    text: str
    start: datetime | None = None
    end: datetime | None = None
    rule: Recurrence | None = None
    title: str = ""
    error: str | None = None
    asks: str = ""
    unread: tuple[str, ...] = ()
    day: date | None = None
    part: str = ""
    period: int | None = None
    bell: tuple[int, time] | None = None
