"""On Monday morning: what was shared in the same teaching week a year ago, in one quiet line."""

from datetime import date, timedelta

from config.texts import lines, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.resources import show
from handlers.core.resources.nights import LAST_YEAR, next_monday
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.due import Schedule
from storage.queries.library import week_a_year_before

router = Router()
SHOWN = 3
NEW_SCHOOL_YEAR = 8  # August: by then last year's wish for silence has lapsed


def skip(ctx: Context, schedule: Schedule) -> Said:
    """A Monday that was missed is not made up."""
    schedule.next_at = next_monday(ctx.now, ctx.here)
    return None


@router.due(LAST_YEAR, grace=timedelta(hours=6), late=skip)
def remember(ctx: Context, schedule: Schedule) -> Said:
    """At most one post a week, and none when there is nothing or the leader wants none this year."""
    schedule.next_at = next_monday(ctx.now, ctx.here)
    silent_until = schedule.content.get("silent_until", "")
    week = ctx.speech.almanac.week(ctx.today)
    if week is None or ctx.today.isoformat() < silent_until:
        return None
    found = week_a_year_before(ctx.session, ctx.community_id, ctx.today, week, SHOWN)
    if not found:
        return None
    shown = [show.line(ctx, number, entry) for number, entry in enumerate(found, 1)]
    buttons = [
        Button(say("lastyear-open"), "lib", f"week.{found[0].resource.monday}.0"),
        Button(say("lastyear-no-more"), "lastyear", str(schedule.id)),
    ]
    return Answer(lines(say("lastyear-same-week", week=str(week)), *shown), [buttons], to=Audience.COMMUNITY)


@router.button("lastyear", role=Role.LEADER)
def no_more(ctx: Context, ref: str) -> Said:
    """Silence until the next school year."""
    schedule = ctx.session.get(Schedule, int(ref))
    if schedule is None or schedule.ref_id != key(ctx.here.id) or schedule.kind != LAST_YEAR:
        raise UserError(say("core-button-old"))
    until = date(ctx.today.year + (ctx.today.month >= NEW_SCHOOL_YEAR), NEW_SCHOOL_YEAR, 1)
    schedule.content = {**schedule.content, "silent_until": until.isoformat()}
    ctx.log("lastyear-log-silenced")
    return Answer(say("lastyear-silenced"), to=Audience.PRESSED)
