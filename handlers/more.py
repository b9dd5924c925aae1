"""继续: go on reading what could not be said of its own accord."""

from config.texts import say
from handlers.core.answer import Said
from handlers.core.context import Context, key
from handlers.core.router import Router
from storage.queries.waiting import waits

WORDS = {"继续", "接着看", "更多", "more", "continue", "go on"}
router = Router()


@router.listen(rank=20)
def more(ctx: Context) -> Said:
    """What waits here is added to every answer, so there is only to say that it follows."""
    if ctx.message.text.strip().casefold() not in WORDS:
        return None
    if not waits(ctx.session, key(ctx.chat.id), ctx.now):
        return say("more-none")
    ctx.notes["more"] = True
    return say("more-here")
