"""Many due moments of one kind in one transaction, each once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, select, update
from sqlmodel import Session, col

from bot.circular import write_out
from bot.dispatcher import Dispatcher
from bot.firing import OCCUR, Due, fire
from handlers.core.turns import Turn
from storage.among import among
from storage.models.due import Occurrence, Schedule
from storage.prepared import Prepared
from storage.types import UTCDateTime

_HAPPENED = exists().where(
    col(Occurrence.schedule_id) == col(Schedule.id), col(Occurrence.due_at) == col(Schedule.next_at)
)
_STILL_DUE = Prepared(
    select(
        *(col(Schedule.id), col(Schedule.ref_id), col(Schedule.community_id), col(Schedule.next_at)),
        _HAPPENED,
    )
    .where(among(col(Schedule.id), "numbers"))
    .order_by(col(Schedule.next_at), col(Schedule.id))
    # What another process holds it is firing itself; waiting for it could wait for ever.
    .with_for_update(skip_locked=True, of=Schedule)
)
_GO_ON = Prepared(
    update(Schedule)
    .where(
        col(Schedule.id) == bindparam("number"),
        col(Schedule.next_at) == bindparam("due", type_=UTCDateTime),
    )
    .values(next_at=bindparam("later", type_=UTCDateTime), attempts=0)
)


class Overtaken(Exception):
    """Somebody else fired one of the moments meanwhile; nothing of this may be kept."""


def fire_all(dispatcher: Dispatcher, session: Session, moments: Sequence[Due]) -> None:
    """Fire moments that share a unit of work: of one kind that is fired together, or of any others."""
    if moments[0].kind in dispatcher.router.turns:
        fire_together(dispatcher, session, moments)
        return
    for moment in moments:
        fire(dispatcher, session, moment)


def fire_together(dispatcher: Dispatcher, session: Session, moments: Sequence[Due]) -> None:
    """Fire moments of one kind that are still due; the handler sets when each is due next.

    Raises Overtaken, and whatever the handler raises.
    """
    now = dispatcher.clock()
    route = dispatcher.router.turns[moments[0].kind]
    turns, past = _take(session, moments, now - route.grace)
    happening = [{"schedule": turn.schedule_id, "due": turn.at, "now": now} for turn in turns]
    if OCCUR.each(session, happening) != len(turns):
        raise Overtaken
    said = list(route.handler(session, turns, now))
    dispatcher.post.add(session, write_out(dispatcher.post, session, said, now))
    going = [{"number": it.schedule_id, "due": it.at, "later": it.next_at} for it in (*turns, *past)]
    if _GO_ON.each(session, going) != len(going):
        raise Overtaken


def _take(session: Session, moments: Sequence[Due], late: datetime) -> tuple[list[Turn], list[Turn]]:
    """What is still due, kept from others until the commit, and what happened before and must not again."""
    found = _STILL_DUE.rows(session, numbers=[moment.schedule_id for moment in moments])
    due = {moment.schedule_id: moment.at for moment in moments}
    turns = [
        (Turn(number, ref, own, at, at < late), done)
        for number, ref, own, at, done in found
        if at == due[number]
    ]
    return [turn for turn, done in turns if not done], [turn for turn, done in turns if done]
