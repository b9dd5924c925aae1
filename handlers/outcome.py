"""Afterwards one line asks what came of a meeting; the answer goes into the record."""

from datetime import datetime, timedelta
from typing import Any

from config.texts import Text, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.card import found
from handlers.core.context import Context, key
from handlers.core.digest import contribute
from handlers.core.errors import UserError
from handlers.core.router import Router
from storage.models.due import Schedule
from storage.queries import discussion as queries

router = Router()
NEXT_DAY = timedelta(hours=20)
LONGEST = 600
IN_THE_DIGEST = 5


@router.due("meeting.outcome", grace=NEXT_DAY)
def ask(ctx: Context, schedule: Schedule) -> Said:
    """Ask once; nobody answering is an answer too."""
    held = queries.meeting(ctx.session, ctx.community_id, schedule.ref_id)
    if held is None or held[0].status != "on" or held[0].outcome:
        return None
    ref = str(schedule.ref_id)
    button = Button(say("outcome-button"), "outcome", ref)
    question = say("outcome-ask", title=held[1].title)
    return Answer(question, [[button]], to=Audience.COMMUNITY, card=f"outcome:{ref}")


@router.button("outcome")
def write(ctx: Context, ref: str) -> Said:
    """写结果."""
    meeting, about = found(ctx, ref)
    ctx.ask("outcome", meeting=key(meeting.id))
    return Answer(say("outcome-write", title=about.title), ask=True)


@router.answer("outcome")
def written(ctx: Context, asked: dict[str, Any]) -> Said:
    """What came of it, in the words of who wrote it."""
    return keep(ctx, str(asked["meeting"]))


@router.reply("outcome")
def replied(ctx: Context, ref: str) -> Said:
    """A reply to the line that asks."""
    return keep(ctx, ref)


def keep(ctx: Context, ref: str) -> Said:
    """Keep the words as the outcome; the line that asked shows them from now on."""
    meeting, about = found(ctx, ref)
    words = " ".join(ctx.message.text.split())
    if not words or len(words) > LONGEST:
        raise UserError(say("outcome-length", most=str(LONGEST)))
    meeting.outcome = words
    again = Button(say("outcome-again"), "outcome", ref)
    card = f"outcome:{ref}"
    shown = say("outcome-kept", title=about.title, when=meeting.starts_at, outcome=words)
    told = [Answer(say("outcome-thanks"))] if ctx.chat.private else []
    return [*told, Answer(shown, [[again]], to=Audience.COMMUNITY, card=card)]


@contribute(order=40)
def of_the_week(ctx: Context, since: datetime, until: datetime) -> list[Text]:
    """What came of the meetings in that time, for the weekly digest."""
    found = queries.outcomes(ctx.session, ctx.community_id, since, until, IN_THE_DIGEST)
    told = [
        say("outcome-kept", title=about.title, when=meeting.starts_at, outcome=meeting.outcome)
        for meeting, about in found
    ]
    return [say("outcome-digest"), *told] if told else []
