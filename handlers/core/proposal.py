"""What was read, shown before it counts: a proposed discussion with its dates, holidays and clashes."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from config.calendars import DayKind
from config.texts import Text, lines, say
from handlers.core.answer import Answer, Audience, Button
from handlers.core.context import Context, key
from handlers.core.dates import holiday, in_week, short_day, weekday
from handlers.core.errors import UserError
from handlers.core.hearing import Heard, place_in, zone_name
from handlers.core.meetings import Slot, clashes, slots
from handlers.core.rewording import Rewording
from storage.models.community import Role
from storage.models.discussion import Discussion
from storage.queries import discussion as queries

SHOWN = 8
HOLIDAYS_SHOWN = 4


def draft(ctx: Context, heard: Heard) -> Discussion:
    """A proposed discussion of what was heard; only for a reading that gives a moment."""
    discussion = Discussion(
        community_id=ctx.community_id,
        title="",
        zone=ctx.here.zone,
        starts_on=ctx.today,
        clock=ctx.now.time(),
        created_by=ctx.person_id,
        created_at=ctx.now,
    )
    discussion.title, place = place_in(heard.reading.title)
    discussion.place = place or heard.place
    put_when(ctx, discussion, heard)
    ctx.session.add(discussion)
    ctx.session.flush()
    return discussion


def put_when(ctx: Context, discussion: Discussion, heard: Heard) -> None:
    """Set when *discussion* is held to what was heard."""
    reading, rule = heard.reading, heard.reading.rule
    if reading.start is None:
        raise LookupError("the words gave no moment")
    start = reading.start.astimezone(ZoneInfo(ctx.here.zone))
    discussion.zone = ctx.here.zone
    discussion.starts_on, discussion.clock = start.date(), (rule and rule.at) or start.time()
    if reading.end is not None:
        discussion.minutes = int((reading.end - reading.start).total_seconds() // 60)
    discussion.rrule, discussion.parity = (rule.rrule, rule.parity) if rule else ("", None)
    discussion.until, discussion.count = (rule.until, rule.count) if rule else (None, None)
    discussion.until_week = rule.until_week if rule else None
    discussion.seats = heard.seats or discussion.seats
    discussion.exceptions = {}
    if reading.bell:
        period, at = reading.bell
        discussion.bells = {**discussion.bells, str(period): f"{at:%H:%M}"}


def redraft(ctx: Context, old: Discussion, heard: Heard | None, new: Rewording) -> Discussion:
    """The same proposal, changed, as a new row: the buttons of the old one must not confirm it.

    *heard* is its new time; None: the time stays.
    """
    discussion = Discussion(**old.model_dump(exclude={"id", "minutes", "exceptions"} if heard else {"id"}))
    discussion.title, discussion.place = new.name or old.title, new.place or old.place
    discussion.seats = new.seats or old.seats
    if heard:
        put_when(ctx, discussion, heard)
    ctx.session.delete(old)
    ctx.session.add(discussion)
    ctx.session.flush()
    return discussion


def proposed(ctx: Context, ref: str) -> Discussion:
    """The proposal of this community a button names; raises UserError when there is none any more."""
    found = queries.discussion(ctx.session, ctx.community_id, int(ref)) if ref.isdigit() else None
    if found is None:
        raise UserError(say("core-button-old"))
    if found.status == "fixed":
        raise UserError(Answer(say("meeting-fixed-already"), to=Audience.NOTICE))
    return found


def may_change(ctx: Context, discussion: Discussion) -> None:
    """Raise UserError unless it is a leader or who proposed it."""
    if ctx.role.rank < Role.DEPUTY.rank and discussion.created_by != ctx.person_id:
        raise UserError(Answer(say("core-button-other"), to=Audience.NOTICE))


def read_back(ctx: Context, discussion: Discussion, to: Audience = Audience.HERE) -> Answer:
    """The proposal in words, with what can be done about it."""
    found = slots(ctx, discussion)
    if not found:
        raise UserError(say("meeting-too-late"))
    told = lines(_instead_of(ctx, discussion), _what(ctx, discussion, found), *_notes(ctx, discussion, found))
    alone = ctx.chat.private and ctx.role.rank < Role.DEPUTY.rank and to is not Audience.COMMUNITY
    # It has a name, so that a reply to it is known to be about it.
    card = None if to is Audience.PRESSED else card_name(discussion)
    return Answer(told, _buttons(discussion, found, alone), to=to, card=card, afresh=True)


def card_name(discussion: Discussion) -> str:
    """The name of the post that reads *discussion* back."""
    return f"{_kind(discussion)}:{discussion.id}"


def _kind(discussion: Discussion) -> str:
    return "move" if discussion.moves_meeting else "schedule"


def says_new_time(heard: Heard) -> bool:
    """Whether words that may be talk were a time that can be proposed."""
    return heard.reading.error in (None, "no_title")


def _instead_of(ctx: Context, discussion: Discussion) -> Text | None:
    if discussion.moves_meeting is None:
        return None
    old = queries.meeting(ctx.session, ctx.community_id, discussion.moves_meeting)
    if old is None:
        return None
    scope = "series" if discussion.moves_series else "one"
    return say(f"meeting-moves-{scope}", title=discussion.title, old=old[0].starts_at)


def _what(ctx: Context, discussion: Discussion, found: list[Slot]) -> Text:
    if not discussion.rrule:
        return lines(
            say("meeting-read", title=discussion.title),
            say("meeting-read-when", when=_span(discussion, found[0])),
        )
    return say("meeting-read-series", title=discussion.title, dates=_dates(ctx, discussion, found))


def _span(discussion: Discussion, slot: Slot) -> Text:
    return span(slot.happens_at, discussion.minutes)


def span(start: object, minutes: int | None) -> Text:
    """A moment, with its length when somebody said it."""
    if minutes is None:
        return say("meeting-when", start=start)
    return say("meeting-when-long", start=start, minutes=str(minutes))


def _dates(ctx: Context, discussion: Discussion, found: list[Slot]) -> Text:
    zone = zone_name(discussion.zone)
    shown = found if len(found) <= SHOWN else found[: SHOWN - 2]
    at = f"{discussion.clock:%H:%M}"
    if len({one.at.weekday() for one in found}) == 1:
        days = [in_week(one.at.date(), one.week) for one in shown]
        same = weekday(found[0].at.date())
        dates = say("meeting-same-weekday", days=days, weekday=same, time=at, zone=zone)
    else:
        dates = say("meeting-weekdays", days=[one.at.date() for one in shown], time=at, zone=zone)
    if len(shown) == len(found):
        return dates
    last = in_week(found[-1].at.date(), found[-1].week)
    return say("meeting-and-more", dates=dates, count=str(len(found)), last=last)


def _notes(ctx: Context, discussion: Discussion, found: list[Slot]) -> Iterator[Text | None]:
    if discussion.place:
        yield say("meeting-place", place=discussion.place)
    if discussion.seats:
        yield say("meeting-seats", seats=str(discussion.seats))
    yield from _days_off(discussion, found)
    yield _unpublished(found)
    yield _clash(ctx, discussion, found)
    if ctx.role.rank < Role.DEPUTY.rank:
        yield say("meeting-leader-confirms")


def _days_off(discussion: Discussion, found: list[Slot]) -> Iterator[Text]:
    for one in found:
        if one.day.kind is DayKind.OFF:
            day, name = short_day(one.at.date()), holiday(one.day.name)
            yield say(f"meeting-off-{_fate(discussion, one)}", day=day, name=name, **_to(one))
        elif one.day.kind is DayKind.MAKE_UP:
            yield say("meeting-make-up", day=short_day(one.at.date()), weekday=weekday(one.at.date()))


def _fate(discussion: Discussion, one: Slot) -> str:
    if not discussion.rrule:
        return "single"
    if one.moved is not None:
        return "moved"
    return {"off": "skipped", "held": "waiting", "on": "kept"}[one.state]


def _to(one: Slot) -> dict[str, object]:
    return {"to": one.moved} if one.moved is not None else {}


def _unpublished(found: list[Slot]) -> Text | None:
    held = [one for one in found if one.day.kind is DayKind.UNPUBLISHED]
    if not held:
        return None
    years = sorted({str(one.at.year) for one in held})
    days = [short_day(one.at.date()) for one in held[:SHOWN]]
    key_ = "meeting-unpublished" if len(held) <= SHOWN else "meeting-unpublished-many"
    return say(key_, years=years, days=days)


def _clash(ctx: Context, discussion: Discussion, found: list[Slot]) -> Text | None:
    others = clashes(ctx, discussion, found)
    if not others:
        return None
    meeting, about = others[0]
    more = {"more": str(len(others) - 1)} if len(others) > 1 else {}
    return say(
        "meeting-clash-more" if more else "meeting-clash", title=about.title, when=meeting.starts_at, **more
    )


def _buttons(discussion: Discussion, found: list[Slot], alone: bool) -> list[list[Button]]:
    ref = str(key(discussion.id))
    about = _kind(discussion)
    first = [
        Button(say("meeting-button-fix"), f"{about}.fix", ref),
        Button(say("meeting-button-redo"), f"{about}.redo", ref),
        Button(say(f"meeting-button-drop-{about}"), f"{about}.drop", ref),
    ]
    if alone:
        first[0] = Button(say("meeting-button-send"), "schedule.send", ref)
    return [first, *_holiday_buttons(discussion, found, ref)]


def _holiday_buttons(discussion: Discussion, found: list[Slot], ref: str) -> Iterator[list[Button]]:
    off = [one for one in found if discussion.rrule and one.day.kind is DayKind.OFF]
    for one in off[:HOLIDAYS_SHOWN]:
        name, arg = holiday(one.day.name), f"{ref}.{one.at.date():%y%m%d}"
        yield [
            Button(say("meeting-button-next", name=name, day=short_day(one.at.date())), "schedule.next", arg),
            Button(say("meeting-button-on"), "schedule.on", arg),
        ]
