"""/calendar: what is known of the school's days; import a file, correct one day or one bell."""

import base64
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from config.calendars import CalendarError, Corrections, DayKind, SchoolCalendar, load_ics, load_json
from config.texts import Text, lines, plain, say
from handlers.core.answer import Answer, Button, Said
from handlers.core.arguments import Rest
from handlers.core.calendar import calendar_of, is_published
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.hearing import half_and_number, period_name
from handlers.core.held import questions
from handlers.core.message import Attachment
from handlers.core.router import Router
from handlers.core.typed_calendar import bell_in, days_in
from storage.models.community import Role
from storage.queries.calendar import days_of, put_days

router = Router()
KINDS = {
    DayKind.MAKE_UP: ("补课", "补班", "调休", "make-up", "make up"),
    DayKind.OFF: ("放假", "不上课", "停课", "休息", "day off", "no school", "holiday", "off"),
    DayKind.SCHOOL: ("上课", "上学", "上班", "school", "workday", "open"),
}
READERS: dict[str, Callable[[str], Corrections]] = {".ics": load_ics, ".json": load_json}
SHOWN = 12
LONGEST_WORDS = 40


@router.command("calendar", "校历", role=Role.LEADER, situation="lead")
def calendar(ctx: Context, words: Rest) -> Said:
    """Show it; take a file sent along or replied to; 12月31日 放假; 第3节 15:10."""
    replied = ctx.message.reply_to.attachment if ctx.message.reply_to else None
    if file := ctx.message.attachment or replied:
        return _fetch(ctx, file)
    if not words:
        return _overview(ctx)
    return _bell(ctx, words) or _day(ctx, words)


def _overview(ctx: Context) -> Answer:
    known, today = calendar_of(ctx.session, ctx.here), ctx.today
    years = [say(_year_key(known, year), year=str(year)) for year in (today.year, today.year + 1)]
    button = Button(say("calendar-button-import"), "calendar.import", only=ctx.person_id)
    return Answer(lines(_term(ctx), *years, *_own(ctx), _bells(ctx), say("calendar-how")), [[button]])


def _year_key(known: SchoolCalendar, year: int) -> str:
    if known.country != "CN":
        return "calendar-year-plain"
    return "calendar-year-known" if is_published(known, year) else "calendar-year-unknown"


def _term(ctx: Context) -> Text:
    if ctx.here.term_start is None:
        return say("calendar-no-term")
    return say("calendar-term", start=ctx.here.term_start, weeks=str(ctx.here.term_weeks))


def _own(ctx: Context) -> Iterator[Text]:
    coming = [row for row in days_of(ctx.session, ctx.community_id) if row.day >= ctx.today]
    for row in coming[:SHOWN]:
        name = say("calendar-own-name", name=row.name) if row.name else plain("")
        yield say("calendar-own", day=row.day, kind=_kind(row.kind), name=name)
    if len(coming) > SHOWN:
        yield say("calendar-own-more", count=str(len(coming) - SHOWN))


def _kind(kind: str) -> Text:
    return say(f"calendar-kind-{kind.replace('_', '-')}")


def _bells(ctx: Context) -> Text | None:
    known = sorted(ctx.here.bells.items(), key=lambda item: int(item[0]))
    shown = [say("calendar-bell", period=period_name(int(period)), time=at) for period, at in known]
    return say("calendar-bells", bells=shown) if shown else None


def _bell(ctx: Context, words: str) -> Answer | None:
    found = bell_in(ctx, words)
    if found is None:
        return None
    period, at = found
    if at is None:
        raise UserError(say("calendar-no-such-time"))
    ctx.here.bells = {**ctx.here.bells, str(period): f"{at:%H:%M}"}
    ctx.log("schedule-log-bell", **half_and_number(period), time=f"{at:%H:%M}")
    return Answer(say("calendar-bell-kept", period=period_name(period), time=f"{at:%H:%M}"))


def _day(ctx: Context, words: str) -> Said:
    named = next(
        ((kind, one) for kind, said in KINDS.items() for one in said if one in words.casefold()), None
    )
    kind, word = named or (None, "")
    days = days_in(ctx, re.sub(re.escape(word), " ", words, flags=re.I).strip()) if word else []
    if kind is None or not days or (len(days) > 1 and kind is not DayKind.OFF):
        raise UserError(say("calendar-how-day"))
    if kind is DayKind.SCHOOL and days[0].weekday() >= 5:
        kind = DayKind.MAKE_UP
    put_days(ctx.session, ctx.community_id, dict.fromkeys(days, kind.value), {})
    if len(days) > 1:
        ctx.log("calendar-log-days", first=days[0].isoformat(), last=days[-1].isoformat())
        return _with_questions(ctx, say("calendar-days-kept", first=days[0], last=days[-1]))
    ctx.log("calendar-log-day", day=days[0].isoformat(), kind=kind.value)
    return _with_questions(ctx, say("calendar-day-kept", day=days[0], kind=_kind(kind.value)))


def _with_questions(ctx: Context, told: Text) -> list[Answer]:
    asked = questions(ctx)
    return [Answer(told), *([asked] if asked else [])]


@router.button("calendar.import", role=Role.LEADER)
def import_(ctx: Context, _: str) -> Said:
    """导入文件."""
    ctx.ask("calendar")
    return Answer(say("calendar-send"), ask=True)


@router.answer("calendar", role=Role.LEADER)
def sent(ctx: Context, _: dict[str, Any]) -> Said:
    """The file, or never mind."""
    if ctx.message.attachment is None:
        raise UserError(say("calendar-send"))
    return _fetch(ctx, ctx.message.attachment)


def _fetch(ctx: Context, file: Attachment) -> Said:
    ending = next((one for one in READERS if file.name.casefold().endswith(one)), None)
    if ending is None:
        raise UserError(say("calendar-wrong-file"))
    ctx.later("download", "calendar", file=file.file, ending=ending)
    return None


@router.result("calendar")
def fetched(ctx: Context, result: dict[str, Any]) -> Said:
    """The file is here: keep its days, then ask about the meetings they touch."""
    if "content" not in result:
        return Answer(say("calendar-large" if result.get("large") else "calendar-gone"))
    try:
        words = base64.b64decode(result["content"]).decode("utf-8-sig")
        found = READERS[result["ending"]](words)
    except (UnicodeDecodeError, CalendarError) as error:
        words = error.detail if isinstance(error, CalendarError) else ""
        return Answer(say(f"calendar-error-{_reason(error)}", words=words[:LONGEST_WORDS]))
    kinds = {day: kind.value for day, kind in found.days.items()}
    put_days(ctx.session, ctx.community_id, kinds, found.names)
    ctx.log("calendar-log-import", days=len(kinds))
    return _with_questions(ctx, lines(_imported(found), *_now_known(ctx, found)))


def _reason(error: Exception) -> str:
    return error.key.replace("_", "-") if isinstance(error, CalendarError) else "not-text"


def _imported(found: Corrections) -> Text:
    off = sum(kind is DayKind.OFF for kind in found.days.values())
    span: tuple[date, date] = (min(found.days), max(found.days))
    worked = str(len(found.days) - off)
    return say("calendar-imported", off=str(off), worked=worked, first=span[0], last=span[1])


def _now_known(ctx: Context, found: Corrections) -> Iterator[Text]:
    known = calendar_of(ctx.session, ctx.here)
    for year in sorted({day.year for day in found.days}):
        if known.country == "CN" and not is_published(known, year):
            yield say("calendar-year-partly", year=str(year))
