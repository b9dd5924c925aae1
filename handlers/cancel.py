"""/cancel: one meeting or the series; everybody who answered is told once."""

from typing import Any

from config.texts import say
from handlers.core import change
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.card import found
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.hearing import hear
from handlers.core.meetings import plan_reminders
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.discussion import Meeting
from storage.queries import discussion as queries

router = Router()


@router.command("cancel", "取消", role=Role.LEADER, situation="lead")
def cancel(ctx: Context, words: Rest) -> Said:
    """Find the meeting, then ask to be sure."""
    held, rest = change.target(ctx, words)
    if held is not None:
        return _sure(_on_day(ctx, held, rest))
    offered = change.firsts(change.coming(ctx))
    if not offered:
        raise UserError(say("cancel-nothing"))
    ctx.ask("cancel")
    return Answer(say("cancel-which"), change.choices(offered, "cancel.pick"))


@router.answer("cancel", role=Role.LEADER)
def named(ctx: Context, asked: dict[str, Any]) -> Said:
    """The name of what is to be cancelled."""
    return cancel(ctx, ctx.message.text)


@router.button("cancel.pick", role=Role.LEADER)
def pick(ctx: Context, ref: str) -> Said:
    """The meeting was chosen by button."""
    ctx.forget_question()
    return _sure(_alive(ctx, ref))


def _on_day(ctx: Context, held: queries.Held, words: str) -> queries.Held:
    """The meeting of the same discussion on the day the words name, if they name one."""
    day = hear(ctx, words).reading.day if words else None
    same = [one for one in change.coming(ctx) if one[1].id == held[1].id and one[0].day == day]
    return same[0] if same else held


def _sure(held: queries.Held) -> Answer:
    meeting, about = held
    ref = str(meeting.id)
    rows = [[Button(say("cancel-one", day=meeting.day), "cancel.one", ref)]]
    if about.rrule:
        rows.append([Button(say("cancel-series"), "cancel.series", ref)])
    rows.append([Button(say("cancel-keep"), "cancel.keep", ref)])
    return Answer(say("cancel-sure", title=about.title, when=meeting.starts_at), rows)


def _alive(ctx: Context, ref: str) -> queries.Held:
    meeting, about = found(ctx, ref)
    if meeting.status not in queries.ALIVE or meeting.starts_at <= ctx.now:
        raise UserError(say("core-button-old"))
    return meeting, about


@router.button("cancel.keep", role=Role.LEADER)
def keep(ctx: Context, ref: str) -> Said:
    """不取消."""
    _, about = found(ctx, ref)
    return Answer(say("cancel-kept", title=about.title), to=Audience.PRESSED)


@router.button("cancel.one", role=Role.LEADER)
def one(ctx: Context, ref: str) -> Said:
    """This meeting only."""
    meeting, about = _alive(ctx, ref)
    _call_off(ctx, meeting)
    ctx.log("cancel-log-one", title=about.title, day=meeting.day.isoformat())
    line = say("meeting-cancelled-one", title=about.title, old=meeting.starts_at)
    return [
        Answer(line, to=Audience.PRESSED),
        *change.told(ctx, [meeting], about, line, None),
    ]


@router.button("cancel.series", role=Role.LEADER)
def series(ctx: Context, ref: str) -> Said:
    """All that is ahead."""
    meeting, about = _alive(ctx, ref)
    about.status = "cancelled"
    ahead = queries.meetings_of(ctx.session, key(about.id), ctx.now)
    off = [each for each in ahead if each.status != "cancelled"]
    for each in off:
        _call_off(ctx, each)
    ctx.log("cancel-log-series", title=about.title)
    line = say("meeting-cancelled-series", title=about.title, old=meeting.starts_at)
    return [
        Answer(line, to=Audience.PRESSED),
        *change.told(ctx, off, about, line, None),
    ]


def _call_off(ctx: Context, meeting: Meeting) -> None:
    meeting.status = "cancelled"
    meeting.sequence += 1
    plan_reminders(ctx, meeting)
