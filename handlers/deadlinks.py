"""Links that lead nowhere: looked for a few a night, shown as such, their sharer asked once."""

from datetime import timedelta
from typing import Any

from config.texts import say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.resources import show
from handlers.core.resources.gather import gather
from handlers.core.resources.nights import NIGHTLY, next_night
from handlers.core.resources.reach import own
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.due import Schedule
from storage.queries import resource as queries
from storage.queries.community import membership
from storage.queries.library import links_to_check
from storage.queries.resource import Entry

router = Router()
A_NIGHT = 30
FORGOTTEN_AFTER = timedelta(days=14)


def wait(ctx: Context, schedule: Schedule) -> Said:
    """A night that was missed is not made up by day."""
    schedule.next_at = next_night(ctx.now, ctx.here)
    return None


@router.due(NIGHTLY, grace=timedelta(hours=2), late=wait)
def check(ctx: Context, schedule: Schedule) -> Said:
    """Look at the links not looked at for longest."""
    schedule.next_at = next_night(ctx.now, ctx.here)
    for resource in links_to_check(ctx.session, ctx.community_id, A_NIGHT):
        ctx.later("alive", "alive", resource=resource.id, url=resource.address)
    queries.forget_lookups(ctx.session, ctx.now - FORGOTTEN_AFTER)
    return None


@router.result("alive")
def looked(ctx: Context, found: dict[str, Any]) -> Said:
    """Note what was found; when the link is given up, ask its first sharer, once."""
    entry = queries.entry(ctx.session, found["resource"])
    if entry is None or entry.resource.address != found["url"]:
        return None
    became_broken = entry.resource.noticed(found.get("alive"), ctx.now)
    if not became_broken or entry.resource.asked or entry.resource.hidden:
        return None
    entry.resource.asked = True
    return _question(ctx, entry)


@router.button("dlnew")
def ask_link(ctx: Context, ref: str) -> Said:
    """Ask for the address that works."""
    entry = own(ctx, ref)
    ctx.ask("dlnew", ref=ref)
    return Answer(say("deadlinks-ask", title=entry.resource.title), ask=True)


@router.answer("dlnew", role=Role.MEMBER)
def relink(ctx: Context, content: dict[str, Any]) -> Said:
    """The address that works takes the place of the dead one."""
    entry = own(ctx, content["ref"])
    link = next((one.thing for one in gather(ctx.message, "") if one.thing.address), None)
    if link is None:
        raise UserError(say("deadlinks-no-link"))
    resource = entry.resource
    there, _ = queries.same(ctx.session, resource.community_id, link.key)
    if there not in (None, resource.id):
        raise UserError(say("deadlinks-there-already"))
    resource.key, resource.address, resource.failures, resource.asked = link.key, link.address, 0, False
    queries.reindex(ctx.session, entry.id)
    return Answer(say("deadlinks-changed", title=show.titled(resource)))


@router.button("dlkeep")
def leave(ctx: Context, ref: str) -> Said:
    """It stays as it is and is not asked about again."""
    entry = own(ctx, ref)
    return Answer(say("deadlinks-kept", title=entry.resource.title), to=Audience.PRESSED)


def _question(ctx: Context, entry: Entry) -> Answer | None:
    """To the first sharer who is still a member."""
    here = entry.resource.community_id
    sharer = next((one for one in entry.sharers if membership(ctx.session, here, one)), None)
    if sharer is None:
        return None
    ref = str(entry.id)
    buttons = [
        Button(say("deadlinks-new"), "dlnew", ref),
        Button(say("resource-remove"), "rdrop", ref),
        Button(say("deadlinks-keep"), "dlkeep", ref),
    ]
    text = say("deadlinks-question", title=show.titled(entry.resource), week=show.week(ctx, entry.resource))
    return Answer(text, [buttons], person=sharer, urgent=False)
