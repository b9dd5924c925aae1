"""The answer to “what may we call you”, after which goes on what was wanted."""

from typing import Any

from handlers.core.answer import Said
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.journey import find
from handlers.core.message import thaw
from handlers.core.naming import take_name, wait_again
from handlers.core.router import Router

router = Router()


@router.answer("naming")
def named(ctx: Context, content: dict[str, Any]) -> Said:
    """A name; a command is no name, so it is carried out and the question stays open."""
    words = ctx.message.text.strip()

    def again(ctx: Context) -> None:
        ctx.ask("naming", **content)

    command, rest = find(ctx.router, words) if ctx.router else (None, "")
    if command is not None and not rest:
        again(ctx)
        ctx.go_on = ctx.message
        return None
    try:
        take_name(ctx, words)
    except UserError as error:
        raise UserError(error.answer, then=again) from None
    if content["wish"]:
        wait_again(ctx, content["wish"])
    ctx.go_on = thaw(content["message"])
    return None
