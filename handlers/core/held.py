"""Meetings whose day has turned out to be something else: the leader is asked about each once."""

from collections.abc import Iterator
from datetime import timedelta

from config.calendars import Day, DayKind, SchoolCalendar
from config.texts import Text, lines, say
from handlers.core.answer import Answer, Audience, Button
from handlers.core.calendar import calendar_of
from handlers.core.context import Context, key
from handlers.core.dates import holiday
from handlers.core.meetings import next_school_day
from storage.models.community import Role
from storage.models.discussion import Meeting
from storage.queries import discussion as queries
from storage.queries.community import leaders, private_chat

STATES = ("on", "held", "off")
ASKED_TOGETHER = 6
NEAR = timedelta(days=8)


def to_ask(ctx: Context) -> list[tuple[queries.Held, str]]:
    """Meetings ahead to be asked about, with what has become known of their day; each is returned once."""
    calendar = calendar_of(ctx.session, ctx.here)
    ahead = queries.between(ctx.session, ctx.community_id, ctx.now, states=STATES)
    asked = [(held, news) for held in ahead if (news := _news(ctx, held[0], calendar))]
    for (meeting, _), news in asked[:ASKED_TOGETHER]:
        meeting.known = "asked" if news == "near" else calendar.day(meeting.day).kind.value
    return asked[:ASKED_TOGETHER]


def _news(ctx: Context, meeting: Meeting, calendar: SchoolCalendar) -> str:
    day = calendar.day(meeting.day)
    if meeting.status == "held":
        return _held(ctx, meeting, day, calendar)
    if meeting.status == "on" and day.kind is DayKind.OFF and meeting.known != DayKind.OFF:
        return "off"
    if meeting.status == "off" and meeting.known == DayKind.OFF and day.kind is not DayKind.OFF:
        return "school" if day.is_school_day else ""
    return ""


def _held(ctx: Context, meeting: Meeting, day: Day, calendar: SchoolCalendar) -> str:
    if meeting.known == "next" and next_school_day(meeting.starts_at, calendar):
        return "next"
    if meeting.known == DayKind.UNPUBLISHED and day.kind is not DayKind.UNPUBLISHED:
        return "off" if day.kind is DayKind.OFF else "school"
    near = meeting.starts_at < ctx.now + NEAR and meeting.known in (DayKind.UNPUBLISHED, "next")
    return "near" if near else ""


def questions(ctx: Context) -> Answer | None:
    """One message about all of them with buttons for each; None when there is nothing to ask."""
    asked = to_ask(ctx)
    if not asked:
        return None
    calendar = calendar_of(ctx.session, ctx.here)
    told = [_line(ctx, held, news, calendar) for held, news in asked]
    rows = [row for held, news in asked for row in _buttons(held, news)]
    return Answer(lines(say("held-head"), *told), rows)


def to_leaders(ctx: Context) -> Iterator[Answer]:
    """The questions, to a leader who can be written to, else to the group."""
    asked = questions(ctx)
    if asked is None:
        return
    people = [
        person for member, person in leaders(ctx.session, ctx.community_id) if member.role is Role.LEADER
    ]
    reachable = [key(person.id) for person in people if private_chat(ctx.session, key(person.id))]
    if reachable:
        yield Answer(asked.text, asked.buttons, person=reachable[0])
    else:
        yield Answer(asked.text, asked.buttons, to=Audience.COMMUNITY)


def _line(ctx: Context, held: queries.Held, news: str, calendar: SchoolCalendar) -> Text:
    meeting, about = held
    name = holiday(calendar.day(meeting.day).name)
    moved = next_school_day(meeting.starts_at, calendar) if news == "next" else None
    values = {"to": moved} if moved else {}
    return say(f"held-{news}", title=about.title, when=meeting.starts_at, name=name, **values)


def _buttons(held: queries.Held, news: str) -> Iterator[list[Button]]:
    meeting, about = held
    ref = str(meeting.id)
    on = Button(say("held-button-on", title=about.title, day=meeting.day), "held.on", ref)
    if news == "next":
        on = Button(say("held-button-next", title=about.title, day=meeting.day), "held.next", ref)
    yield [on, Button(say("held-button-off"), "held.off", ref)]
