"""/mute: my own quiet time, without a reason and without anybody being told."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

from config.calendars import SchoolCalendar
from config.texts import Text, say
from handlers.core.answer import Answer, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.plain_days import read_date, spoken_date
from handlers.core.router import Router
from storage.models.community import Role
from storage.queries.quiet import exam_weeks

OFF = {"off", "取消", "取消静音", "恢复", "关", "关闭", "结束", "stop", "end", "unmute"}
NUMBERS = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "十": 10,
    "半": 0.5,
    "a": 1,
    "one": 1,
}
UNITS = {
    "小时": timedelta(hours=1),
    "hour": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "day": timedelta(days=1),
    "周": timedelta(weeks=1),
    "星期": timedelta(weeks=1),
    "week": timedelta(weeks=1),
    "月": timedelta(days=30),
    "month": timedelta(days=30),
}
SPAN = re.compile(
    rf"(?:静音|for )?\s*(\d{{1,3}}|{'|'.join(NUMBERS)})\s*(?:个)?({'|'.join(UNITS)})s?(?:时间)?",
    re.IGNORECASE,
)
AROUND = re.compile(r"^(?:静音)?(?:一?直)?(?:到|至|until|till|to)\s*|\s*(?:为止|吧)$", re.IGNORECASE)
AFTER_EXAMS = re.compile(
    r"(?:期末|考试?).*(?:后|结束|完)|after .*(?:exam|final)|(?:exam|final)s?.* over", re.IGNORECASE
)
LONGEST = timedelta(days=400)
SOON = (1, 3, 7)
router = Router()


@router.command("mute", "静音", "取消静音", "unmute", situation="mine")
def mute(ctx: Context, words: Rest) -> Said:
    """Show my quiet time, begin it, or end it."""
    if ctx.person is None:
        raise UserError(say("core-anonymous"))
    if ctx.message.text.lstrip("/／ ").startswith(("取消静音", "unmute")) or words.strip().casefold() in OFF:
        return _end(ctx)
    if not words:
        return _shown(ctx)
    return _begin(ctx, words) or _ask(ctx, words)


@router.button("mute", role=Role.ANYONE)
def pressed(ctx: Context, arg: str) -> Said:
    """off, ask, or a number of days."""
    if arg == "off":
        return _end(ctx)
    if arg == "ask":
        ctx.ask("mute")
        return Answer(say("mute-until-when"), ask=True)
    if not arg.isdecimal() or int(arg) not in SOON:
        raise UserError(say("core-button-old"))
    return _until(ctx, ctx.now + timedelta(days=int(arg)))


@router.answer("mute")
def told(ctx: Context, _content: dict[str, Any]) -> Said:
    """The date, in the person's own words."""
    words = ctx.message.text.strip()
    if words.casefold() in OFF:
        return _end(ctx)
    said = _begin(ctx, words)
    if said is None:
        raise UserError(Answer(say("mute-unknown", words=words[:40]), ask=True))
    return said


def _shown(ctx: Context) -> Answer:
    muted = _muted(ctx)
    text = say("mute-now", until=muted) if muted else say("mute-not")
    spans = [Button(say("mute-days", days=days), "mute", str(days), ctx.person_id) for days in SOON]
    other = Button(say("mute-other"), "mute", "ask", ctx.person_id)
    off = [Button(say("mute-stop"), "mute", "off", ctx.person_id)] if muted else []
    return Answer(text, [spans, [other, *off]])


def _muted(ctx: Context) -> datetime | None:
    until = ctx.me.muted_until
    return until if until is not None and until > ctx.now else None


def _begin(ctx: Context, words: str) -> Text | None:
    """Be quiet as long as *words* say; None when they are not understood. Raises UserError for the past."""
    wanted = unicodedata.normalize("NFKC", words).strip()
    if span := SPAN.fullmatch(wanted):
        number = NUMBERS.get(span[1].casefold()) or int(span[1])
        return _until(ctx, ctx.now + number * UNITS[span[2].casefold()])
    return _to_day(ctx, AROUND.sub("", wanted).strip())


def _to_day(ctx: Context, words: str) -> Text | None:
    community = ctx.community
    calendar = SchoolCalendar(
        ctx.zone, community.term_start if community else None, community.country if community else "CN"
    )
    day = (
        spoken_date(words, ctx.now, calendar)
        or read_date(words, ctx.today)
        or _after_exams(ctx, words, calendar)
    )
    if day is None:
        return None
    if day <= ctx.today:
        raise UserError(Answer(say("mute-past", day=day), ask=True))
    # Until a day means that day too: reminders come again the morning after.
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), ctx.zone)
    _keep(ctx, midnight.astimezone(UTC))
    return say("mute-through", day=day)


def _after_exams(ctx: Context, words: str, calendar: SchoolCalendar) -> date | None:
    """The Sunday of the last exam week, where the leader has said which weeks those are."""
    if not AFTER_EXAMS.search(words) or ctx.community is None or calendar.term_start is None:
        return None
    weeks = exam_weeks(ctx.session, ctx.community_id)
    last = calendar.monday(max(weeks)) + timedelta(days=6) if weeks else None
    return last if last and last > ctx.today else None


def _until(ctx: Context, until: datetime) -> Text:
    _keep(ctx, until)
    return say("mute-until", until=until)


def _keep(ctx: Context, until: datetime) -> None:
    if until <= ctx.now:
        raise UserError(Answer(say("mute-until-when"), ask=True))
    if until > ctx.now + LONGEST:
        raise UserError(Answer(say("mute-too-long"), ask=True))
    ctx.me.muted_until = until


def _end(ctx: Context) -> Text:
    muted = _muted(ctx)
    ctx.me.muted_until = None
    return say("mute-ended") if muted else say("mute-was-not")


def _ask(ctx: Context, words: str) -> Answer:
    ctx.ask("mute")
    return Answer(say("mute-unknown", words=words[:40]), ask=True)
