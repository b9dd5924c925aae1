"""Moving a whole series: the new rule, and its meetings put on the new dates in order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from config.calendars import SchoolCalendar
from handlers.core.context import Context, key
from handlers.core.hearing import Heard
from handlers.core.meetings import calendar_for, make, plan_reminders, settle, slots
from handlers.core.when import Recurrence
from handlers.core.when.recurrence import floating_end
from storage.models.discussion import Discussion, Meeting
from storage.queries import discussion as queries

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
BOUNDS = ("COUNT=", "UNTIL=")


def shifted(ctx: Context, heard: Heard, about: Discussion, meeting: Meeting) -> Heard | None:
    """*heard* with the rule the series then follows; None when the words do not settle it."""
    reading, calendar = heard.reading, calendar_for(ctx, about)
    rule, start = reading.rule, reading.start
    if start is None:
        return None
    if rule is None:
        start = _in_its_week(start, meeting)
        rule = _moved_rule(about, meeting, start, calendar)
    if rule is None:
        return None
    ended = rule if rule.until or rule.count else _ended(rule, _end(ctx, about))
    end = None if reading.end is None or reading.start is None else start + (reading.end - reading.start)
    return replace(heard, reading=replace(reading, start=start, end=end, rule=ended))


def _in_its_week(start: datetime, meeting: Meeting) -> datetime:
    # "Thursday 15:00" means the Thursdays of the series' own weeks, not the one just ahead.
    monday = meeting.day - timedelta(days=meeting.day.weekday())
    if start.date() >= monday:
        return start
    return datetime.combine(monday + timedelta(days=start.weekday()), start.timetz())


def _moved_rule(
    about: Discussion, meeting: Meeting, start: datetime, calendar: SchoolCalendar
) -> Recurrence | None:
    parts = [part for part in about.rrule.split(";") if not part.startswith(BOUNDS)]
    old = meeting.slot.astimezone(calendar.zone).date()
    if not _fits(parts, old, start.date()):
        return None
    moved = [_on_weekday(part, old, start) if part.startswith("BYDAY=") else part for part in parts]
    week = calendar.week(start.date())
    parity = about.parity if about.parity is None or week is None else week % 2
    return Recurrence(";".join(moved), parity, at=start.time())


def _on_weekday(part: str, old: date, new: date) -> str:
    return part.replace(DAYS[old.weekday()], DAYS[new.weekday()])


def _fits(parts: list[str], old: date, new: date) -> bool:
    """Whether the rule says only one weekday, or the new day is like the old one."""
    if old.weekday() == new.weekday() and not any(part.startswith("BYMONTHDAY=") for part in parts):
        return True
    if any(part.startswith("BYDAY=") and "," not in part for part in parts):
        return True
    return "FREQ=DAILY" in parts or old.day == new.day


def _ended(rule: Recurrence, until: date | None) -> Recurrence:
    if until is None:
        return rule
    return replace(rule, rrule=f"{rule.rrule};UNTIL={floating_end(until)}", until=until)


def _end(ctx: Context, about: Discussion) -> date | None:
    """The series' own last day; one that ends by count ends with the week of its last meeting."""
    if about.until is not None or about.count is None:
        return about.until
    last = queries.meetings_of(ctx.session, key(about.id))[-1].day
    return last + timedelta(days=6 - last.weekday())


def put_series(ctx: Context, about: Discussion, draft: Discussion) -> list[Meeting]:
    """Let *about* follow *draft* from now on; its meetings ahead, put on the new dates in order."""
    for name in ("zone", "starts_on", "clock", "minutes", "rrule", "parity", "until", "until_week", "count"):
        setattr(about, name, getattr(draft, name))
    about.exceptions = dict(draft.exceptions)
    ahead = queries.meetings_of(ctx.session, key(about.id), ctx.now)
    _clear_slots(ctx, ahead)
    fresh = [slot for slot in slots(ctx, about) if slot.happens_at > ctx.now]
    kept = [one for one in ahead if one.status != "cancelled"]
    for meeting, slot in zip(kept, fresh, strict=False):
        settle(meeting, about, slot)
        meeting.moved, meeting.sequence = True, meeting.sequence + 1
    for meeting in kept[len(fresh) :]:
        meeting.status, meeting.sequence = "cancelled", meeting.sequence + 1
    added = [make(about, slot) for slot in fresh[len(kept) :]]
    ctx.session.add_all(added)
    ctx.session.flush()
    for meeting in (*kept, *added):
        plan_reminders(ctx, meeting)
    return kept


def _clear_slots(ctx: Context, ahead: list[Meeting]) -> None:
    # No two meetings of a discussion share a slot, not even while they change places.
    for meeting in ahead:
        meeting.slot = LONG_AGO + timedelta(minutes=key(meeting.id))
    ctx.session.flush()
