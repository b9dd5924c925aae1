"""Going on in the private chat where no link can open it: a press in the group leads there."""

from dataclasses import replace

from config.texts import say
from handlers.core.answer import Answer, Audience
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.message import Kind, Place
from storage.queries.community import private_chat


def begin_in_private(ctx: Context, word: str) -> None:
    """What follows is said in the presser's private chat, as if they had opened it with *word*.

    Raises UserError while there is no such chat yet.
    """
    chat = ctx.chat if ctx.chat.private else private_chat(ctx.session, ctx.person_id, ctx.chat.platform)
    if chat is None or chat.platform != ctx.chat.platform:
        raise UserError(Answer(say("core-talk-first"), to=Audience.NOTICE))
    place = Place(chat.address, private=True)
    ctx.notes.setdefault("pressed", ctx.message.payload.get("query"))
    ctx.message = replace(
        ctx.message, kind=Kind.TEXT, place=place, message_id=None, addressed=True, payload={"start": word}
    )
    ctx.chat = chat
    ctx.find_question()
