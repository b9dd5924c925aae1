"""Asking people what to call them, where the platform does not tell."""

from config.texts import clean, say
from handlers.core.answer import Answer
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.journey import GO_ON
from handlers.core.message import freeze
from storage.queries.resource import reindex_of

LONGEST = 40


def must_have_name(ctx: Context) -> None:
    """Ask what to call who acted if nobody knows; with the answer, what they wanted goes on."""
    if not ctx.me.name:
        raise UserError(Answer(say("naming-ask"), ask=True), then=_keep)


def _keep(ctx: Context) -> None:
    earlier = ctx.pending.content.get("message") if ctx.pending and ctx.pending.route == GO_ON else None
    ctx.ask("naming", message=freeze(ctx.message), wish=earlier)


def name_in(words: str) -> str:
    """The name *words* are; raises UserError for what is none."""
    name = " ".join(clean(words).split())
    if not 0 < len(name) <= LONGEST:
        raise UserError(say("me-name-length", most=str(LONGEST)))
    return name


def take_name(ctx: Context, words: str) -> str:
    """Call them so from now on; raises UserError for what is no name."""
    name = name_in(words)
    if name != ctx.me.name:
        ctx.me.name = name
        reindex_of(ctx.session, ctx.person_id)
    return name


def wait_again(ctx: Context, wish: object) -> None:
    """Be again as before the name was asked for: *wish* goes on once they have joined."""
    ctx.ask(GO_ON, message=wish)
    ctx.find_question()
