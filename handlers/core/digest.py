"""What the weekly digest is made of: each feature adds its own lines.

A feature writes `@contribute(order=20)` over `def lines(ctx, since, until) -> list[Text]`: what happened in
its field in that time, or comes in the week after *until*, as sentences for the whole group.
"""

from collections.abc import Callable
from datetime import datetime

from config.texts import Text
from handlers.core.calendar import calendar_of
from handlers.core.context import Context, key
from handlers.core.weekly import Rhythm
from storage.models.digest import DigestPlan
from storage.queries.digest import digest_of
from storage.queries.prompt import schedule_of

Lines = Callable[[Context, datetime, datetime], list[Text]]
_CONTRIBUTORS: dict[str, tuple[int, Lines]] = {}


def contribute(order: int) -> Callable[[Lines], Lines]:
    """Add the decorated function's lines to every digest, lowest *order* first."""

    def register(function: Lines) -> Lines:
        _CONTRIBUTORS[f"{function.__module__}.{function.__qualname__}"] = (order, function)
        return function

    return register


def gather(ctx: Context, since: datetime, until: datetime) -> list[Text]:
    """All lines about what happened from *since* to *until*; empty when there is nothing to say."""
    ordered = sorted(_CONTRIBUTORS.items(), key=lambda item: (item[1][0], item[0]))
    return [line for _, (_, function) in ordered for line in function(ctx, since, until)]


def begin(ctx: Context) -> DigestPlan:
    """Make the community at hand get its digest from now on, unless it does not want one."""
    plan = digest_of(ctx.session, ctx.community_id)
    schedule = schedule_of(ctx.session, "digest", key(plan.id), plan.community_id)
    schedule.next_at = rhythm(ctx, plan).look_again(ctx.now) if plan.wanted else None
    return plan


def rhythm(ctx: Context, plan: DigestPlan) -> Rhythm:
    """When the digest has its turns: every week but on days off, in vacations too."""
    return Rhythm(plan.weekday, plan.at, calendar_of(ctx.session, ctx.here), vacations=False)
