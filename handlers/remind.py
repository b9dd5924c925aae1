"""Reminders the day before and half an hour before: in the group once, personally for who asked."""

from dataclasses import replace
from datetime import timedelta

from config.texts import Text, say
from handlers.core.answer import Answer, Audience, Said
from handlers.core.card import buttons, card, named
from handlers.core.context import Context, key
from handlers.core.proposal import span
from handlers.core.router import Router
from storage.models.community import Chat
from storage.models.discussion import Rsvp
from storage.models.due import Schedule
from storage.queries import discussion as queries
from storage.queries.community import chats_of
from storage.queries.delivery import card_named

router = Router()
EVENING = timedelta(hours=6)
HALF_AN_HOUR = timedelta(minutes=30)


@router.due("meeting.dayBefore", grace=EVENING)
def day_before(ctx: Context, schedule: Schedule) -> Said:
    """Where the meeting has a card, one line; else its card, which is the reminder."""
    held = _ahead(ctx, schedule)
    if held is None:
        return None
    meeting, about = held
    line = say("remind-tomorrow", title=about.title, when=span(meeting.starts_at, about.minutes))
    return [*_in_groups(ctx, held, line), *_personally(ctx, held, line)]


@router.due("meeting.soon", grace=HALF_AN_HOUR)
def soon(ctx: Context, schedule: Schedule) -> Said:
    """One line; nothing once it has begun."""
    held = _ahead(ctx, schedule)
    if held is None:
        return None
    meeting, about = held
    minutes = -(-(meeting.starts_at - ctx.now) // timedelta(minutes=1))
    line = say("remind-soon", title=about.title, minutes=str(minutes), when=meeting.starts_at)
    where = say("remind-soon-at", line=line, place=about.place) if about.place else line
    asked = tuple(row.person_id for row in _wanting(ctx, held))
    said = [
        Answer(where, chat=one.id, expires_at=meeting.starts_at, mention=asked) for one in _groups(ctx, held)
    ]
    return [*said, *_personally(ctx, held, where)]


def _ahead(ctx: Context, schedule: Schedule) -> queries.Held | None:
    held = queries.meeting(ctx.session, ctx.community_id, schedule.ref_id)
    return held if held and held[0].status == "on" and ctx.now < held[0].starts_at else None


def _groups(ctx: Context, held: queries.Held) -> list[Chat]:
    """Every chat, but the private ones of who is reminded there anyway."""
    asked = {row.person_id for row in _wanting(ctx, held)}
    return [one for one in chats_of(ctx.session, ctx.community_id) if one.person_id not in asked]


def _in_groups(ctx: Context, held: queries.Held, line: Text) -> list[Answer]:
    meeting, about = held
    said = []
    for chat in _groups(ctx, held):
        if card_named(ctx.session, key(chat.id), named(meeting)):
            said.append(_line(ctx, held, line, chat))
        else:
            said.append(
                replace(card(ctx, meeting, about, say("remind-head")), to=Audience.HERE, chat=chat.id)
            )
    return said


def _line(ctx: Context, held: queries.Held, line: Text, chat: Chat) -> Answer:
    answers = buttons(ctx, held[0])[:1]
    return Answer(line, answers, chat=chat.id, expires_at=held[0].starts_at)


def _wanting(ctx: Context, held: queries.Held) -> list[Rsvp]:
    return [row for row, _ in queries.answers(ctx.session, key(held[0].id)) if row.remind]


def _personally(ctx: Context, held: queries.Held, line: Text) -> list[Answer]:
    wanted = _wanting(ctx, held)
    return [Answer(line, person=row.person_id, chosen=True, expires_at=held[0].starts_at) for row in wanted]
