"""The last question of /setup: whether the community is asked to reflect each week, and when."""

from datetime import time
from typing import NamedTuple

from config.texts import Text, lines, say
from handlers.core import planning
from handlers.core.answer import Answer
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.reach import posts_note
from storage.models.community import Community
from storage.queries.prompt import plan_of


class Weekly(NamedTuple):
    """Day (0 is Monday) and wall time; *paused*: nothing is asked."""

    weekday: int
    at: time
    paused: bool = False


OFFERED = {"3 17:30": Weekly(3, time(17, 30)), "4 16:30": Weekly(4, time(16, 30))}
NOT = {"no": Weekly(3, time(17, 30), paused=True)}


def now(ctx: Context, community: Community) -> Text:
    """What is set; there may be no community yet."""
    if community.id is None:
        return say("setup-prompt-none")
    plan = plan_of(ctx.session, community.id)
    if plan.paused:
        return say("setup-prompt-none")
    return lines(_said("setup-prompt-now", plan.weekday, plan.at), posts_note(ctx))


def choices(ctx: Context) -> list[tuple[Text, str]]:
    """The usual moments, and none."""
    moments = [(_said("setup-prompt-name", wish.weekday, wish.at), word) for word, wish in OFFERED.items()]
    return [*moments, *((say("setup-prompt-not"), word) for word in NOT)]


def read_weekly(ctx: Context, words: str) -> Weekly:
    """A choice, or a day and time in the person's own words."""
    if chosen := (OFFERED | NOT).get(words):
        return chosen
    moment = planning.read_moment(ctx, words)
    if moment is None:
        raise UserError(Answer(say("setup-prompt-unknown", words=words[:40]), ask=True))
    return Weekly(*moment)


def put(ctx: Context, wish: Weekly) -> None:
    """Ask at that time from now on, or not at all."""
    plan = plan_of(ctx.session, ctx.community_id)
    if wish.paused:
        if not plan.paused:
            plan.paused = True
            ctx.log("setup-log-prompt-not")
    elif (plan.weekday, plan.at, plan.paused) != wish:
        plan.weekday, plan.at, plan.paused = wish
        ctx.log("setup-log-prompt", weekday=plan.weekday, time=f"{plan.at:%H:%M}")
    planning.arm(ctx, plan)


def _said(name: str, weekday: int, at: time) -> Text:
    return say(name, weekday=weekday, time=f"{at:%H:%M}")
