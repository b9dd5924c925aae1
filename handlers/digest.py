"""/digest: once a week, one post with what was shared and what comes; nothing when there is nothing."""

from datetime import timedelta

from config.texts import lines, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.context import Context
from handlers.core.digest import begin, gather, rhythm
from handlers.core.message import Kind
from handlers.core.reach import posts_note
from handlers.core.router import Router
from handlers.core.weekly import WEEK
from storage.models.community import Role
from storage.models.digest import DigestPlan
from storage.models.due import Schedule
from storage.queries.digest import digest_of

LONGEST = 3 * WEEK
router = Router()


@router.command("digest", "每周小结", role=Role.LEADER, situation="lead")
def digest(ctx: Context) -> Said:
    """Whether there is a weekly digest, and when the next one comes."""
    return _card(ctx, begin(ctx), Audience.HERE)


@router.button("digest.wanted", role=Role.LEADER)
def wanted(ctx: Context, arg: str) -> Said:
    """Have it ("1") or not ("0")."""
    plan = digest_of(ctx.session, ctx.community_id)
    if plan.wanted != (arg == "1"):
        plan.wanted = arg == "1"
        ctx.log("digest-log-on" if plan.wanted else "digest-log-off")
    return _card(ctx, begin(ctx), Audience.PRESSED)


@router.on(Kind.ADDED)
def back_again(ctx: Context) -> Said:
    """The bot is in the group again: the next digest is due as before."""
    if ctx.community is not None and not ctx.chat.private:
        begin(ctx)
    return None


def pass_over(ctx: Context, schedule: Schedule) -> Said:
    """Too late: what happened is told in the next one."""
    begin(ctx)
    return None


@router.due("digest", grace=timedelta(hours=12), late=pass_over)
def weekly(ctx: Context, schedule: Schedule) -> Said:
    """The week in one post, or nothing; on a day off it is left for the next one."""
    plan = digest_of(ctx.session, ctx.community_id)
    begin(ctx)
    until = ctx.due_at or ctx.now
    if not plan.wanted or not rhythm(ctx, plan).has_turn(until):
        return None
    since = max(plan.until or until - WEEK, until - LONGEST)
    plan.until = until
    found = gather(ctx, since, until)
    return Answer(lines(say("digest-head"), *found), to=Audience.COMMUNITY) if found else None


def _card(ctx: Context, plan: DigestPlan, to: Audience) -> Answer:
    coming = rhythm(ctx, plan).after(ctx.now) if plan.wanted else None
    state = say("digest-next", at=coming) if coming else say("digest-off")
    change = ("digest-stop", "0") if plan.wanted else ("digest-start", "1")
    button = Button(say(change[0]), "digest.wanted", change[1])
    text = lines(say("digest-about"), state, posts_note(ctx) if plan.wanted else None)
    return Answer(text, [[button]], to=to)
