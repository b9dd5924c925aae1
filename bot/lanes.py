"""The courier's side of the outbox, in the engine's transaction: what may go now, what became of it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import String, and_, bindparam, delete, exists, func, null, or_, tuple_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.adapters.base import Capabilities, Parcel
from bot.buckets import Buckets
from bot.waiting import FIND_AGAIN, nameless, number, unnumber
from storage.models.community import Chat
from storage.models.delivery import Card, Outbox
from storage.prepared import Prepared, connection_of, spelt
from storage.queries.chats import move_chat
from storage.types import UTCDateTime

_NUMBER = col(Outbox.id) == bindparam("number")
_START = Prepared(
    update(Outbox)
    .where(_NUMBER)
    .values(
        state="sending",
        attempts=col(Outbox.attempts) + 1,
        sent_at=func.coalesce(bindparam("at", type_=UTCDateTime), col(Outbox.sent_at)),
    )
)
_ARRIVE = Prepared(
    update(Outbox)
    .where(_NUMBER)
    .values(state="sent", message_id=bindparam("message", type_=String), payload={}, error=null())
)
_END = Prepared(update(Outbox).where(_NUMBER).values(state=bindparam("state"), error=bindparam("error")))
_LATER = Prepared(
    select(func.min(Outbox.not_before)).where(
        col(Outbox.state) == spelt("open"),
        col(Outbox.not_before) > bindparam("now", type_=UTCDateTime),
        # What was put off; all else may go from the moment it was made.
        col(Outbox.not_before) > col(Outbox.created_at),
    )
)
Settle = Callable[[Session], None]
FREE = {"ack", "inline"}  # answered within seconds or worthless, and not counted by platforms
BATCH = 100
LONGEST_WAIT = timedelta(seconds=60)
UNKNOWN = "unknown"


def recover(session: Session) -> None:
    """After a stop: what was being sent goes again, unless once was promised to be enough."""
    session.execute(
        update(Outbox)
        .where(col(Outbox.state) == "sending", col(Outbox.policy) == "at_most_once")
        .values(state="failed", error=UNKNOWN)
    )
    session.execute(update(Outbox).where(col(Outbox.state) == "sending").values(state="open"))


def claim(
    session: Session, now: datetime, limits: Mapping[str, Capabilities]
) -> tuple[list[Parcel], datetime | None]:
    """The parcels that may go now, marked as under way, at most one per chat; and when to look again."""
    waiting = [(Parcel(*fields), expires_at) for *fields, expires_at in _waiting().rows(session, now=now)]
    buckets = Buckets(session, now, limits, [parcel for parcel, _ in waiting if parcel.method not in FREE])
    parcels, waits = [], []
    for parcel, expires_at in waiting:
        if expires_at is not None and expires_at < now:
            _END(session, number=parcel.id, state="failed", error="expired")
            waits.append(now)
        elif parcel.method in FREE:
            parcels.append(parcel)
        else:
            wait = buckets.take(parcel)
            waits.append(wait) if wait else parcels.append(_filled(session, parcel, now))
    buckets.save()
    _START.each(session, [_started(parcel, now) for parcel in parcels])
    ((later,),) = _LATER.rows(session, now=now)
    return parcels, min([*waits, *([later] if later else [])], default=None)


def _started(parcel: Parcel, now: datetime) -> dict[str, Any]:
    # What platforms do not count must not count as said in the last minute either.
    return {"number": parcel.id, "at": None if parcel.method in FREE else now}


def sent(parcel: Parcel, message_id: str | None, now: datetime) -> Settle:
    """It arrived; its words are no longer needed."""

    def settle(session: Session) -> None:
        _ARRIVE(session, number=parcel.id, message=message_id)
        if parcel.card and parcel.method != "edit":
            name = message_id or nameless(parcel.id)
            FIND_AGAIN(session, chat=parcel.chat_id, card=parcel.card, message=name)

    return settle


def failed(parcel: Parcel, reason: str) -> Settle:
    """It will never arrive; kept with the reason for the operator."""
    return lambda session: _end(session, parcel, reason[:200])


def again(parcel: Parcel, now: datetime) -> Settle:
    """The platform could not be reached: once more, waiting longer each time, never giving up too soon."""
    wait = min(timedelta(seconds=2 ** min(parcel.attempts, 6)), LONGEST_WAIT)
    return lambda session: _mark(session, parcel, state="open", not_before=now + wait)


def unsure(parcel: Parcel, now: datetime) -> Settle:
    """It may have arrived: retried once, then recorded as unknown."""
    if parcel.policy == "at_most_once":
        return failed(parcel, UNKNOWN)

    def settle(session: Session) -> None:
        # Earlier tries that reached nobody do not count: only a second doubt ends it.
        doubted = session.exec(select(Outbox.error).where(col(Outbox.id) == parcel.id)).one_or_none()
        if doubted == UNKNOWN:
            failed(parcel, UNKNOWN)(session)
            return
        again(parcel, now)(session)
        _mark(session, parcel, error=UNKNOWN)

    return settle


def paused(parcel: Parcel, until: datetime, everywhere: bool, counts: bool = False) -> Settle:
    """The platform asked to wait: this chat, or all chats of the platform. *counts*: it was a try."""

    def settle(session: Session) -> None:
        _mark(session, parcel, state="open", attempts=parcel.attempts + counts)
        Buckets.hold(session, parcel, until, everywhere)

    return settle


def gone(parcel: Parcel) -> Settle:
    """The chat cannot be written to: everything for it stops until the bot is let in again."""

    def settle(session: Session) -> None:
        session.execute(update(Chat).where(col(Chat.id) == parcel.chat_id).values(active=False))
        _end(session, parcel, "gone")

    return settle


def closed(parcel: Parcel) -> Settle:
    """It waits until somebody speaks there again, and is then said together with the answer."""

    def settle(session: Session) -> None:
        _mark(session, parcel, state="shut", attempts=parcel.attempts)
        unnumber(session, parcel)

    return settle


def moved(parcel: Parcel, address: str) -> Settle:
    """The chat has a new address: its rows stay, the parcel goes again at once."""

    def settle(session: Session) -> None:
        move_chat(session, parcel.platform, parcel.address, address)
        _mark(session, parcel, state="open", attempts=parcel.attempts)

    return settle


@cache
def _waiting() -> Prepared:
    """The first post of each chat that may go as far as time and order are concerned; *now* is its value.

    The fields of a Parcel in their order, then the end of its worth. What is answered within seconds goes
    past the others; a chat that has something under way waits, or its posts would overtake each other.
    """
    before, sending = aliased(Outbox), aliased(Outbox)
    now = bindparam("now", type_=UTCDateTime)
    is_free = or_(*(col(Outbox.method) == method for method in FREE))
    is_first = ~exists().where(
        col(before.chat_id) == col(Outbox.chat_id),
        col(before.state) == spelt("open"),
        tuple_(col(before.priority), col(before.id)) < tuple_(col(Outbox.priority), col(Outbox.id)),
        col(before.not_before) <= now,
        *(col(before.method) != method for method in FREE),
    )
    is_idle = ~exists().where(
        col(sending.chat_id) == col(Outbox.chat_id),
        col(sending.state) == spelt("sending"),
        *(col(sending.method) != method for method in FREE),
    )
    query = (
        select(  # type: ignore[call-overload]
            *(Outbox.id, Chat.id, Chat.platform, Chat.address, Chat.private, Outbox.method),
            *(Outbox.payload, Outbox.card, Outbox.attempts, Outbox.policy, Outbox.priority),
            Outbox.expires_at,
        )
        .join(Chat, col(Chat.id) == col(Outbox.chat_id))
        .where(col(Outbox.state) == spelt("open"), col(Outbox.not_before) <= now, col(Chat.active))
        .where(or_(is_free, and_(is_first, is_idle)))
        .order_by(col(Outbox.priority), col(Outbox.id))
        .limit(BATCH)
    )
    return Prepared(query)


def _filled(session: Session, parcel: Parcel, now: datetime) -> Parcel:
    """What is known only when it goes: an edit's message, by its card's name; the numbers to reply with."""
    number(session, parcel, now)
    if parcel.method == "edit" and parcel.card and not parcel.payload.get("message_id"):
        query = select(Card.message_id).where(
            col(Card.chat_id) == parcel.chat_id, col(Card.name) == parcel.card
        )
        parcel.payload["message_id"] = session.exec(query).one_or_none()
    return parcel


def _end(session: Session, parcel: Parcel, reason: str) -> None:
    _END(session, number=parcel.id, state="failed", error=reason)


def _mark(session: Session, parcel: Parcel, **values: Any) -> None:
    # On the connection: no row of the outbox is held by a session that would have to follow.
    connection_of(session).execute(update(Outbox).where(col(Outbox.id) == parcel.id).values(**values))


def forget_sent(session: Session, before: datetime) -> None:
    """Drop rows that arrived before then."""
    session.execute(delete(Outbox).where(col(Outbox.state) == "sent", col(Outbox.created_at) < before))
