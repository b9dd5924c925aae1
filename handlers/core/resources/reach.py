"""Which entries a person may reach by a button or an answer."""

from config.texts import say
from handlers.core.context import Context
from handlers.core.errors import UserError
from storage.models.community import Role
from storage.queries import resource as queries
from storage.queries.community import membership
from storage.queries.resource import Entry


def reach(ctx: Context, ref: str) -> Entry:
    """The entry numbered *ref*; raises UserError when it is gone or of a community of others."""
    entry = queries.entry(ctx.session, int(ref)) if ref.isascii() and ref.isdigit() else None
    if entry is None or not _may_see(ctx, entry):
        raise UserError(say("core-button-old"))
    return entry


def own(ctx: Context, ref: str) -> Entry:
    """The same, for one of its sharers; raises UserError for anybody else."""
    entry = reach(ctx, ref)
    if not entry.is_of(ctx.person_id):
        raise UserError(say("resource-not-yours", sharers=list(entry.sharers.values())))
    return entry


def _may_see(ctx: Context, entry: Entry) -> bool:
    person_id = ctx.person.id if ctx.person else None
    if entry.resource.hidden and not entry.is_of(person_id) and ctx.role.rank < Role.DEPUTY.rank:
        return False
    if entry.resource.community_id == (ctx.community.id if ctx.community else None):
        return True
    # In private one's buttons come from all of one's communities, not only the one chosen last.
    return ctx.chat.private and membership(ctx.session, entry.resource.community_id, person_id) is not None
