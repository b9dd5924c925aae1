"""/agenda: today, this week, the term, and all of it as a calendar file."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from config.calendars import SchoolCalendar
from config.texts import Text, lines, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.calendar import calendar_of
from handlers.core.calendar_file import calendar_file
from handlers.core.card import state
from handlers.core.context import Context
from handlers.core.dates import short_day, weekday
from handlers.core.digest import contribute
from handlers.core.errors import UserError
from handlers.core.router import Router
from storage.models.community import Role
from storage.queries import discussion as queries
from storage.queries.community import private_chat

router = Router()
SHOWN = ("on", "held", "off", "cancelled")
MOST = 60
LONGEST = timedelta(weeks=26)
IN_THE_DIGEST, OFFERED = 8, 3
VIEWS = ("today", "week", "term")
WORDS = {"今天": "today", "今日": "today", "学期": "term", "周": "week"}
# 下周, 第15周, next week: days that only the view of the term has.
LATER = re.compile(r"下|第|next")


@dataclass(frozen=True)
class Span:
    """The days a view shows: from the first to before the last."""

    first: date
    last: date


@router.command("agenda", "日程", "本周", "本学期", role=Role.ANYONE, situation="meet")
def agenda(ctx: Context, words: Rest) -> Said:
    """This week, unless today or the term is asked for."""
    _settled(ctx)
    said = ctx.message.text.casefold()
    named = [view for word, view in (*WORDS.items(), *((one, one) for one in VIEWS)) if word in said]
    if words and (not named or LATER.search(said)):
        named = ["term"]
    return show(ctx, named[0] if named else "week", Audience.HERE)


def _settled(ctx: Context) -> None:
    if ctx.community is None:
        raise UserError(say("core-no-community-private" if ctx.chat.private else "core-no-community"))


@router.button("agenda", role=Role.ANYONE)
def turn(ctx: Context, view: str) -> Said:
    """Another view on the same card."""
    _settled(ctx)
    if view not in VIEWS:
        raise UserError(say("core-button-old"))
    return show(ctx, view, Audience.PRESSED)


def show(ctx: Context, view: str, to: Audience) -> Answer:
    """The card with one view and the buttons to the others."""
    calendar = calendar_of(ctx.session, ctx.here)
    span = _SPANS[view](ctx, calendar)
    zone = ZoneInfo(ctx.here.zone)
    start, end = (datetime.combine(day, datetime.min.time(), zone) for day in (span.first, span.last))
    found = queries.between(ctx.session, ctx.community_id, start, end, SHOWN)
    shown = [held for held in found if held[0].status != "off" or held[0].holiday]
    body = _by_week(shown[:MOST], calendar, zone) if view == "term" else _plain(shown, zone)
    told = lines(_head(view, ctx, calendar), *(list(body) or [say(f"agenda-none-{view}")]))
    return Answer(told, [*_buttons(view), *_cards(ctx, shown)], to=to)


def _today(ctx: Context, calendar: SchoolCalendar) -> Span:
    today = ctx.now.astimezone(calendar.zone).date()
    return Span(today, today + timedelta(days=1))


def _week(ctx: Context, calendar: SchoolCalendar) -> Span:
    today = ctx.now.astimezone(calendar.zone).date()
    monday = today - timedelta(days=today.weekday())
    return Span(monday, monday + timedelta(days=7))


def _term(ctx: Context, calendar: SchoolCalendar) -> Span:
    today = ctx.now.astimezone(calendar.zone).date()
    if ctx.here.term_start is None:
        return Span(today, today + LONGEST)
    end = calendar.monday(1) + timedelta(weeks=ctx.here.term_weeks)
    return Span(today, end if today < end else today + LONGEST)


_SPANS: dict[str, Callable[[Context, SchoolCalendar], Span]] = {
    "today": _today,
    "week": _week,
    "term": _term,
}


def _head(view: str, ctx: Context, calendar: SchoolCalendar) -> Text:
    today = ctx.now.astimezone(calendar.zone).date()
    if view == "today":
        return say("agenda-today", day=today)
    week = calendar.week(today)
    return say(f"agenda-{view}") if week is None else say(f"agenda-{view}-number", week=str(week))


def _plain(found: list[queries.Held], zone: ZoneInfo) -> Iterator[Text]:
    return (_line(held, zone) for held in found)


def _by_week(found: list[queries.Held], calendar: SchoolCalendar, zone: ZoneInfo) -> Iterator[Text]:
    for week, meetings in groupby(found, key=lambda held: calendar.week(held[0].day)):
        if week is not None:
            yield say("agenda-week-of-term", week=str(week))
        yield from _plain(list(meetings), zone)


def _line(held: queries.Held, zone: ZoneInfo) -> Text:
    meeting, about = held
    local = meeting.starts_at.astimezone(zone)
    return say(
        f"agenda-line-{state(meeting)}",
        day=short_day(local.date()),
        weekday=weekday(local.date()),
        time=f"{local:%H:%M}",
        title=about.title,
    )


def _buttons(view: str) -> list[list[Button]]:
    others = [Button(say(f"agenda-button-{one}"), "agenda", one) for one in VIEWS if one != view]
    return [others, [Button(say("agenda-button-file"), "agenda.file")]]


def _cards(ctx: Context, shown: list[queries.Held]) -> Iterator[list[Button]]:
    """The cards of the next meetings, for who follows in private and may never have got them."""
    if ctx.member is None or not ctx.chat.private or ctx.member.chat_id != ctx.chat.id:
        return
    ahead = [held for held in shown if held[0].status in queries.ALIVE and held[0].ends_at > ctx.now]
    for meeting, about in ahead[:OFFERED]:
        text = say("agenda-button-card", day=short_day(meeting.day), title=about.title)
        yield [Button(text, "meeting.card", str(meeting.id))]


@router.button("agenda.file", role=Role.ANYONE)
def file(ctx: Context, _: str) -> Said:
    """All coming meetings in one file; what was cancelled says so."""
    _settled(ctx)
    found = queries.between(ctx.session, ctx.community_id, ctx.now, states=SHOWN)
    told = [held for held in found if held[0].status != "off" or held[0].sequence]
    if not told:
        raise UserError(Answer(say("agenda-none-term"), to=Audience.NOTICE))
    made = calendar_file(ctx.here, told, ctx.now)
    if ctx.chat.private or private_chat(ctx.session, ctx.person_id) is None:
        return Answer(say("agenda-file"), file=made)
    private = Answer(say("agenda-file"), file=made, to=Audience.PRIVATELY, chosen=True)
    return [Answer(say("agenda-file-sent"), to=Audience.NOTICE), private]


@contribute(order=60)
def week_ahead(ctx: Context, since: datetime, until: datetime) -> list[Text]:
    """What the week after *until* holds, for the weekly digest."""
    zone = ZoneInfo(ctx.here.zone)
    found = queries.between(ctx.session, ctx.community_id, until, until + timedelta(days=7))
    lines_ = [_line(held, zone) for held in found if held[0].starts_at >= until][:IN_THE_DIGEST]
    return [say("agenda-digest"), *lines_] if lines_ else []
