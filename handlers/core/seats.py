"""Seats that come free: who waited longest gets them, and who goes leaves the cards."""

from collections.abc import Iterator
from dataclasses import replace

from config.texts import say
from handlers.core.answer import Answer, Audience
from handlers.core.card import card, named
from handlers.core.context import Context, key
from storage.models.community import Community
from storage.models.discussion import Discussion, Meeting, Rsvp
from storage.queries import discussion as queries
from storage.queries.community import chats_of
from storage.queries.delivery import card_named


def move_up(ctx: Context, meeting: Meeting, seats: int | None) -> list[Rsvp]:
    """Give free seats to those who have waited longest; who got one."""
    rows = [row for row, _ in queries.answers(ctx.session, key(meeting.id))]
    taken = sum(row.answer == "yes" and not row.waiting for row in rows)
    waiting = [row for row in rows if row.waiting]
    lucky = waiting if seats is None else waiting[: max(seats - taken, 0)]
    for row in lucky:
        row.waiting = False
    return lucky


def in_now(row: Rsvp, meeting: Meeting, about: Discussion) -> Answer:
    """Tells who moved up."""
    text = say("meeting-moved-up", title=about.title, when=meeting.starts_at)
    return Answer(text, person=row.person_id, expires_at=meeting.starts_at)


def gone(ctx: Context, community: Community, person_id: int) -> list[Answer]:
    """Take the person out of the community's meetings ahead; the cards and those who move up hear of it."""
    there = replace(ctx, community=community)
    said: list[Answer] = []
    for row, meeting, about in queries.answered_by(ctx.session, key(community.id), person_id, ctx.now):
        ctx.session.delete(row)
        ctx.session.flush()
        said += [in_now(one, meeting, about) for one in move_up(there, meeting, about.seats)]
        said += _cards(there, meeting, about)
    return said


def _cards(ctx: Context, meeting: Meeting, about: Discussion) -> Iterator[Answer]:
    shown = card(ctx, meeting, about)
    for chat in chats_of(ctx.session, ctx.community_id):
        if card_named(ctx.session, key(chat.id), named(meeting)):
            yield replace(shown, to=Audience.HERE, chat=chat.id)
