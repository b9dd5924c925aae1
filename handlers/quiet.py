"""The morning digest: one post for all that exceeded yesterday's budget."""

from datetime import timedelta

from config.texts import lines, rendered, say
from handlers.core.answer import Answer, Said
from handlers.core.context import Context, key
from handlers.core.router import Router
from storage.models.due import Schedule
from storage.queries.quiet import take_held

router = Router()


@router.due("quiet", grace=timedelta(hours=12))
def morning(ctx: Context, schedule: Schedule) -> Said:
    """Everything held for this chat, in one post; nothing when all of it has lost its point."""
    held = take_held(ctx.session, key(ctx.chat.id), ctx.now)
    if not held:
        return None
    parts = [rendered(one.payload["html"]) for one in held]
    buttons = [row for one in held for row in one.payload.get("buttons", [])]
    return Answer(lines(say("quiet-morning"), *parts), ready_buttons=buttons, digest=True)
