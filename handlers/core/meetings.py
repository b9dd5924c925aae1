"""A discussion's meetings: which there are, what becomes of holidays, when people are reminded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.calendars import Day, DayKind, SchoolCalendar
from handlers.core.calendar import calendar_of
from handlers.core.context import Context, key
from handlers.core.quiet import is_quiet
from handlers.core.when import Occurrence, Recurrence, instant, occurrences
from storage.models.community import Community
from storage.models.discussion import Discussion, Meeting
from storage.models.due import Schedule
from storage.queries import discussion as queries

MOST = 60
WITHOUT_TERM = timedelta(weeks=8)
AFTERNOON_BEFORE = time(17, 0)
HALF_AN_HOUR = timedelta(minutes=30)
WEEKLY = time(7, 40)


@dataclass(frozen=True)
class Slot:
    """One date of a discussion before it is a meeting: *moved* is the school day it goes to instead."""

    at: datetime
    day: Day
    week: int | None
    state: str
    moved: datetime | None = None

    @property
    def happens_at(self) -> datetime:
        return self.moved or self.at


def rule_of(discussion: Discussion) -> Recurrence | None:
    """The repetition, None for a single discussion."""
    if not discussion.rrule:
        return None
    return Recurrence(
        discussion.rrule,
        discussion.parity,
        discussion.until,
        discussion.count,
        discussion.until_week,
        discussion.clock,
    )


def first_instant(discussion: Discussion, calendar: SchoolCalendar) -> datetime:
    """When it is held for the first time."""
    return instant(datetime.combine(discussion.starts_on, discussion.clock), calendar.zone)


def horizon(community: Community, discussion: Discussion, today: date) -> date:
    """The last day meetings are made for: its own end, the end of the term, or some weeks ahead."""
    if discussion.until is not None:
        return discussion.until
    if community.term_start is None:
        return max(today, discussion.starts_on) + WITHOUT_TERM
    monday = community.term_start - timedelta(days=community.term_start.weekday())
    end = monday + timedelta(weeks=community.term_weeks) - timedelta(days=1)
    # What begins after the term was meant so; a few weeks of it are shown.
    return end if discussion.starts_on <= end else discussion.starts_on + WITHOUT_TERM


def calendar_for(ctx: Context, discussion: Discussion) -> SchoolCalendar:
    """The community's calendar, in the zone the discussion was agreed in."""
    return replace(calendar_of(ctx.session, ctx.here), zone=ZoneInfo(discussion.zone))


def slots(ctx: Context, discussion: Discussion) -> list[Slot]:
    """The dates of *discussion* from now up to its horizon, in order; at most MOST."""
    calendar = calendar_for(ctx, discussion)
    start, rule = first_instant(discussion, calendar), rule_of(discussion)
    if rule is None:
        day = discussion.starts_on
        return [_single(Occurrence(start, calendar.day(day), calendar.week(day)))]
    last = horizon(ctx.here, discussion, ctx.now.astimezone(calendar.zone).date())
    found = occurrences(rule, start, calendar, MOST, after=ctx.now)
    return [_slot(one, discussion, calendar) for one in found if one.at.date() <= last]


def _single(one: Occurrence) -> Slot:
    # Whoever names one date means that date, holiday or not; only an unknown year is held.
    return Slot(one.at, one.day, one.week, "held" if one.is_held else "on")


def _slot(one: Occurrence, discussion: Discussion, calendar: SchoolCalendar) -> Slot:
    if not one.is_off:
        return Slot(one.at, one.day, one.week, "held" if one.is_held else "on")
    wish = discussion.exceptions.get(one.at.date().isoformat())
    if wish == "on":
        return Slot(one.at, one.day, one.week, "on")
    if wish != "next":
        return Slot(one.at, one.day, one.week, "off")
    moved = next_school_day(one.at, calendar)
    return Slot(one.at, one.day, one.week, "on" if moved else "held", moved)


def next_school_day(at: datetime, calendar: SchoolCalendar) -> datetime | None:
    """The same wall time on the next school day; None while nobody can know which that is."""
    local = at.astimezone(calendar.zone)
    day = calendar.next_school_day(local.date())
    return instant(datetime.combine(day, local.time()), calendar.zone) if day else None


def hold_meetings(ctx: Context, discussion: Discussion) -> list[Meeting]:
    """Make the meetings of *discussion* that do not exist yet and lie ahead; all of those ahead."""
    have = {one.slot for one in queries.meetings_of(ctx.session, key(discussion.id))}
    ahead = [slot for slot in slots(ctx, discussion) if slot.happens_at > ctx.now]
    fresh = [make(discussion, slot) for slot in ahead if slot.at not in have]
    ctx.session.add_all(fresh)
    ctx.session.flush()
    for one in fresh:
        plan_reminders(ctx, one)
    plan_weekly(ctx)
    return queries.meetings_of(ctx.session, key(discussion.id), ctx.now)


def make(discussion: Discussion, slot: Slot) -> Meeting:
    """The meeting of *slot*, not yet added."""
    meeting = Meeting(
        discussion_id=key(discussion.id),
        community_id=discussion.community_id,
        slot=slot.at.astimezone(UTC),
        day=slot.at.date(),
        starts_at=slot.at.astimezone(UTC),
        ends_at=slot.at.astimezone(UTC),
    )
    settle(meeting, discussion, slot)
    return meeting


def settle(meeting: Meeting, discussion: Discussion, slot: Slot) -> None:
    """Put *meeting* where *slot* says."""
    meeting.slot = slot.at.astimezone(UTC)
    put_at(meeting, slot.happens_at, discussion.length)
    meeting.status, meeting.holiday = slot.state, slot.day.name if slot.day.kind is DayKind.OFF else ""
    meeting.known = "next" if slot.day.kind is DayKind.OFF and slot.state == "held" else slot.day.kind.value


def put_at(meeting: Meeting, at: datetime, minutes: int) -> None:
    """Have *meeting* begin at the aware local moment *at* and take *minutes*."""
    meeting.day = at.date()
    meeting.starts_at = at.astimezone(UTC)
    meeting.ends_at = meeting.starts_at + timedelta(minutes=minutes)


def clashes(ctx: Context, discussion: Discussion, found: Iterable[Slot]) -> list[queries.Held]:
    """Meetings of other discussions that overlap, each once."""
    length = timedelta(minutes=discussion.length)
    mine = {discussion.id, discussion.moves_series}
    spans = [(one.happens_at, one.happens_at + length) for one in found if one.state != "off"]
    if not spans:
        return []
    others = queries.between(ctx.session, discussion.community_id, spans[0][0], max(end for _, end in spans))
    return [
        (meeting, about)
        for meeting, about in others
        if about.id not in mine
        and meeting.id != discussion.moves_meeting
        and any(meeting.starts_at < end and meeting.ends_at > start for start, end in spans)
    ]


def plan_reminders(ctx: Context, meeting: Meeting) -> None:
    """Set the due moments of *meeting*; those that have passed, and those of no meeting, never come."""
    moments = {
        "meeting.dayBefore": day_before(meeting, ctx.here),
        "meeting.soon": meeting.starts_at - HALF_AN_HOUR,
        "meeting.outcome": meeting.ends_at + HALF_AN_HOUR,
    }
    for kind, at in moments.items():
        row = queries.schedule(ctx.session, kind, key(meeting.id)) or Schedule(
            kind=kind, ref_id=key(meeting.id), community_id=meeting.community_id
        )
        row.next_at = at if meeting.status == "on" and at is not None and at > ctx.now else None
        if row.id is not None or row.next_at is not None:
            ctx.session.add(row)


def day_before(meeting: Meeting, community: Community) -> datetime | None:
    """17:00 of the day before, or half an hour before quiet hours begin when those have come by then."""
    zone = ZoneInfo(community.zone)
    local = meeting.starts_at.astimezone(zone).date() - timedelta(days=1)
    at = datetime.combine(local, AFTERNOON_BEFORE, zone)
    if is_quiet(at.time(), community.quiet_from, community.quiet_to):
        at = datetime.combine(local, community.quiet_from, zone) - HALF_AN_HOUR
    return at.astimezone(UTC)


def plan_weekly(ctx: Context) -> None:
    """Have the community's meetings looked after once a week."""
    if queries.schedule(ctx.session, "meeting.week", ctx.community_id) is None:
        ctx.session.add(
            Schedule(
                kind="meeting.week",
                ref_id=ctx.community_id,
                community_id=ctx.community_id,
                next_at=next_monday(ctx),
            )
        )


def next_monday(ctx: Context) -> datetime:
    """The next Monday morning, after the quiet hours most schools keep."""
    zone = ZoneInfo(ctx.here.zone)
    today = ctx.now.astimezone(zone).date()
    monday = today + timedelta(days=7 - today.weekday())
    return datetime.combine(monday, WEEKLY, zone).astimezone(UTC)
