"""The morning digest: one post for all that exceeded yesterday's budget."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from config.texts import lines, rendered, say
from handlers.core.answer import Answer, Said
from handlers.core.context import Context, key
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.due import Schedule
from storage.queries.quiet import take_held

router = Router()
Rows = Sequence[Sequence[Mapping[str, str]]]


@router.due("quiet", grace=timedelta(hours=12))
def morning(ctx: Context, schedule: Schedule) -> Said:
    """Everything held for this chat, in one post; nothing when all of it has lost its point."""
    held = take_held(ctx.session, key(ctx.chat.id), ctx.now)
    if not held:
        return None
    said = [one.payload for one in held]
    # Two rows of the same buttons would not tell which of the posts they belong to.
    if sum(1 for one in said if one.get("buttons")) > 1:
        said = [_numbered(one, f"{place}. ") for place, one in enumerate(said, 1)]
    buttons = [row for one in said for row in one.get("buttons", [])]
    text = lines(say("quiet-morning"), *(rendered(one["html"]) for one in said))
    return Answer(text, ready_buttons=buttons, digest=True, card=f"digest:{schedule.id}", afresh=True)


def _numbered(payload: dict[str, Any], number: str) -> dict[str, Any]:
    rows: Rows = payload.get("buttons", [])
    numbered = [[{**button, "text": number + button["text"]} for button in row] for row in rows]
    return {"html": number + payload["html"], "buttons": numbered}


@router.reply("digest", role=Role.ANYONE)
def replied(ctx: Context, ref: str) -> Said:
    """Which of the posts in it is meant, nobody can tell; nothing is kept."""
    return Answer(say("quiet-which"))
