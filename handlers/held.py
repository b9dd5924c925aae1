"""Weekly care of meetings: repeated ones are made further ahead, held ones asked about again."""

from datetime import timedelta

from config.texts import say
from handlers.core.answer import Answer, Audience, Said
from handlers.core.calendar import calendar_of
from handlers.core.card import found
from handlers.core.change import refreshed
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.held import to_leaders
from handlers.core.meetings import hold_meetings, next_monday, next_school_day, plan_reminders, put_at
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.discussion import Discussion, Meeting
from storage.models.due import Schedule
from storage.queries import discussion as queries

router = Router()
A_WEEK = timedelta(days=6)


@router.due("meeting.week", grace=A_WEEK)
def weekly(ctx: Context, schedule: Schedule) -> Said:
    """Make meetings further ahead, and ask a leader about those whose day has become known."""
    schedule.next_at = next_monday(ctx)
    for discussion in queries.fixed_series(ctx.session, ctx.community_id):
        hold_meetings(ctx, discussion)
    return list(to_leaders(ctx))


@router.button("held.on", role=Role.LEADER)
def on(ctx: Context, ref: str) -> Said:
    """开: it is held on its day."""
    meeting, about = _open(ctx, ref)
    meeting.known = calendar_of(ctx.session, ctx.here).day(meeting.day).kind.value
    return _decided(ctx, meeting, about, "on")


@router.button("held.off", role=Role.LEADER)
def off(ctx: Context, ref: str) -> Said:
    """不开."""
    meeting, about = _open(ctx, ref)
    meeting.known = "asked"
    return _decided(ctx, meeting, about, "off")


@router.button("held.next", role=Role.LEADER)
def to_next_day(ctx: Context, ref: str) -> Said:
    """It goes to the first school day after the holiday."""
    meeting, about = _open(ctx, ref)
    moved = next_school_day(meeting.starts_at, calendar_of(ctx.session, ctx.here))
    if moved is None or meeting.moved:
        raise UserError(say("core-button-old"))
    put_at(meeting, moved, about.length)
    meeting.moved, meeting.known = True, "school"
    return _decided(ctx, meeting, about, "on")


def _open(ctx: Context, ref: str) -> queries.Held:
    meeting, about = found(ctx, ref)
    if meeting.status == "cancelled" or meeting.starts_at <= ctx.now:
        raise UserError(say("core-button-old"))
    return meeting, about


def _decided(ctx: Context, meeting: Meeting, about: Discussion, status: str) -> list[Answer]:
    told = Answer(say(f"held-now-{status}", title=about.title, when=meeting.starts_at), to=Audience.NOTICE)
    if meeting.status == status:
        return [told]
    meeting.status = status
    meeting.sequence += 1
    plan_reminders(ctx, meeting)
    ctx.log(f"held-log-{status}", title=about.title, day=meeting.day.isoformat())
    return [told, *refreshed(ctx, meeting, about)]
