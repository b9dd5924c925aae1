"""One due moment, once: compare-and-set, occurrence, handler and outbox in one transaction."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, null, text, update
from sqlmodel import Session, col, func, select

from bot.dispatcher import Dispatcher
from bot.presence import revisit
from handlers.core.answer import answers
from handlers.core.context import Context, key
from handlers.core.message import Kind, Message, Place
from handlers.core.router import DueRoute, Handler
from storage.models.community import Chat
from storage.models.due import Schedule
from storage.prepared import Prepared
from storage.queries.community import chats_of
from storage.rows import fetch
from storage.types import UTCDateTime

BATCH = 2**16  # the more is known at once, the better what lies side by side is fired together
TRIES = 3
RETRY = timedelta(minutes=1)
_NOW = bindparam("now", type_=UTCDateTime)
_DUE = Prepared(
    select(col(Schedule.id), col(Schedule.next_at), col(Schedule.kind))
    .where(col(Schedule.next_at) <= _NOW)
    .order_by(col(Schedule.next_at))
    .limit(BATCH)
)
_LATER = Prepared(select(func.min(Schedule.next_at)).where(col(Schedule.next_at) > _NOW))
_TAKE = Prepared(
    update(Schedule)
    .where(
        col(Schedule.id) == bindparam("number"),
        col(Schedule.next_at) == bindparam("due", type_=UTCDateTime),
    )
    .values(next_at=null(), attempts=0)
)
OCCUR = Prepared(
    text(
        "INSERT INTO occurrence (schedule_id, due_at, fired_at) VALUES (:schedule, :due, :now) "
        "ON CONFLICT (schedule_id, due_at) DO NOTHING"
    ).bindparams(bindparam("due", type_=UTCDateTime), bindparam("now", type_=UTCDateTime))
)


class Due(NamedTuple):
    """A schedule, the moment it is due, and of what kind it is."""

    schedule_id: int
    at: datetime
    kind: str


def due(session: Session, now: datetime) -> tuple[list[Due], datetime | None]:
    """What is due by *now*, oldest first, and the next moment after that."""
    found = [Due._make(row) for row in _DUE.rows(session, now=now)]
    ((later,),) = _LATER.rows(session, now=now)
    return found, later


def fire(dispatcher: Dispatcher, session: Session, moment: Due) -> None:
    """Fire one due moment unless somebody else has; the handler sets when it is due next."""
    now = dispatcher.clock()
    schedule = _take(session, moment, now)
    if schedule is None:
        return
    route = dispatcher.router.dues[schedule.kind]
    ctx = _context(session, schedule, moment, now)
    if ctx is None:
        return
    handler = _handler(route, now - moment.at)
    said = answers(handler(ctx, schedule)) if handler else []
    dispatcher.post.write(ctx, said, f"due:{schedule.id}:{moment.at.isoformat()}")


def postpone(session: Session, moment: Due, now: datetime) -> None:
    """A handler failed at this moment: later once more, and after three times not again."""
    schedule = session.get(Schedule, moment.schedule_id)
    if schedule is None or schedule.next_at != moment.at:
        return
    schedule.attempts += 1
    schedule.next_at = now + RETRY if schedule.attempts < TRIES else None


def _take(session: Session, moment: Due, now: datetime) -> Schedule | None:
    if not _TAKE(session, number=moment.schedule_id, due=moment.at).rowcount:
        return None
    if not OCCUR(session, schedule=moment.schedule_id, due=moment.at, now=now).rowcount:
        return None
    return fetch(session, Schedule, moment.schedule_id)


def _context(session: Session, schedule: Schedule, moment: Due, now: datetime) -> Context | None:
    chat = _chat(session, schedule)
    if chat is None:
        return None
    place = Place(chat.address, chat.private, chat.title, chat.thread)
    message = Message(chat.platform, f"due:{schedule.id}", Kind.DUE, place, now)
    ctx = revisit(
        session, message, now, key(chat.id), schedule.content.get("person_id"), schedule.community_id
    )
    ctx.due_at = moment.at
    return ctx


def _chat(session: Session, schedule: Schedule) -> Chat | None:
    if chat_id := schedule.content.get("chat_id"):
        return fetch(session, Chat, chat_id)
    chats = chats_of(session, schedule.community_id) if schedule.community_id else []
    return chats[0] if chats else None


def _handler(route: DueRoute, lateness: timedelta) -> Handler | None:
    return route.handler if lateness <= route.grace else route.late
