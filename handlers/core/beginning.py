"""A community that had nowhere to speak has a chat again: what comes by itself begins anew."""

from handlers.core import digest, planning
from handlers.core.context import Context
from handlers.core.meetings import next_monday
from handlers.core.resources import nights
from storage.queries import prompt as plans
from storage.queries.community import chats_of
from storage.queries.due import resume


def is_silent(ctx: Context) -> bool:
    """Whether the community at hand has no chat its posts could go to."""
    return not chats_of(ctx.session, ctx.community_id)


def begin_again(ctx: Context) -> None:
    """What fell due meanwhile is past; the next prompt, digest and weekly look are not."""
    planning.arm(ctx, plans.plan_of(ctx.session, ctx.community_id))
    digest.begin(ctx)
    moments = {
        "meeting.week": next_monday(ctx),
        nights.LAST_YEAR: nights.next_monday(ctx.now, ctx.here),
        nights.NIGHTLY: nights.next_night(ctx.now, ctx.here),
    }
    for kind, moment in moments.items():
        resume(ctx.session, kind, ctx.community_id, moment)
