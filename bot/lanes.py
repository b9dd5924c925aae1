"""The courier's side of the outbox, in the engine's transaction: what may go now, what became of it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, delete, func, or_, update
from sqlmodel import Session, col, select

from bot.adapters.base import Capabilities, Parcel
from bot.buckets import Buckets
from storage.models.community import Chat
from storage.models.delivery import Card, Outbox
from storage.queries.community import move_chat

Settle = Callable[[Session], None]
FREE = {"ack", "inline"}  # answered within seconds or worthless, and not counted by platforms
BATCH = 200
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
    session: Session, now: datetime, busy: frozenset[int], limits: Mapping[str, Capabilities]
) -> tuple[list[Parcel], datetime | None]:
    """The parcels that may go now, marked as under way, at most one per chat; and when to look again."""
    waiting = _waiting(session, now, busy)
    buckets = Buckets(session, now, limits, [parcel for parcel, _ in waiting if parcel.method not in FREE])
    parcels, waits, seen = [], [], set(busy)
    for parcel, expires_at in waiting:
        if expires_at is not None and expires_at < now:
            _mark(session, [parcel.id], state="failed", error="expired")
        elif parcel.method in FREE:
            parcels.append(parcel)
        elif parcel.chat_id not in seen:
            seen.add(parcel.chat_id)
            wait = buckets.take(parcel)
            waits.append(wait) if wait else parcels.append(_filled(session, parcel))
    buckets.save()
    counted = [parcel.id for parcel in parcels if parcel.method not in FREE]
    _mark(session, [parcel.id for parcel in parcels], state="sending", attempts=col(Outbox.attempts) + 1)
    _mark(session, counted, sent_at=now)
    later = session.exec(_next_moment(now)).one()
    return parcels, min([*waits, *([later] if later else [])], default=None)


def sent(parcel: Parcel, message_id: str | None, now: datetime) -> Settle:
    """It arrived; its words are no longer needed."""

    def settle(session: Session) -> None:
        _mark(session, [parcel.id], state="sent", message_id=message_id, payload={}, error=None)
        if parcel.card and message_id and parcel.method != "edit":
            session.execute(
                update(Card)
                .where(col(Card.chat_id) == parcel.chat_id, col(Card.name) == parcel.card)
                .values(message_id=message_id)
            )

    return settle


def failed(parcel: Parcel, reason: str) -> Settle:
    """It will never arrive; kept with the reason for the operator."""
    return lambda session: _mark(session, [parcel.id], state="failed", error=reason[:200])


def again(parcel: Parcel, now: datetime) -> Settle:
    """The platform could not be reached: once more, waiting longer each time, never giving up too soon."""
    wait = min(timedelta(seconds=2 ** min(parcel.attempts, 6)), LONGEST_WAIT)
    return lambda session: _mark(session, [parcel.id], state="open", not_before=now + wait)


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
        _mark(session, [parcel.id], error=UNKNOWN)

    return settle


def paused(parcel: Parcel, until: datetime, everywhere: bool) -> Settle:
    """The platform asked to wait: this chat, or all chats of the platform."""

    def settle(session: Session) -> None:
        _mark(session, [parcel.id], state="open", attempts=parcel.attempts)
        Buckets.hold(session, parcel, until, everywhere)

    return settle


def gone(parcel: Parcel) -> Settle:
    """The chat cannot be written to: everything for it stops until the bot is let in again."""

    def settle(session: Session) -> None:
        session.execute(update(Chat).where(col(Chat.id) == parcel.chat_id).values(active=False))
        _mark(session, [parcel.id], state="failed", error="gone")

    return settle


def moved(parcel: Parcel, address: str) -> Settle:
    """The chat has a new address: its rows stay, the parcel goes again at once."""

    def settle(session: Session) -> None:
        move_chat(session, parcel.platform, parcel.address, address)
        _mark(session, [parcel.id], state="open", attempts=parcel.attempts)

    return settle


def _waiting(session: Session, now: datetime, busy: frozenset[int]) -> list[tuple[Parcel, datetime | None]]:
    """Parcels that may go as far as time, chat and order are concerned, and when each is worthless."""
    query = (
        _parcels()
        .where(
            col(Outbox.state) == "open",
            col(Outbox.not_before) <= now,
            or_(col(Outbox.method).in_(FREE), col(Outbox.chat_id).not_in(busy)),
            col(Chat.active),
        )
        .order_by(col(Outbox.priority), col(Outbox.id))
        .limit(BATCH)
    )
    return [(Parcel(*fields), expires_at) for *fields, expires_at in session.execute(query)]


def _next_moment(now: datetime) -> Any:
    return select(func.min(Outbox.not_before)).where(
        col(Outbox.state) == "open", col(Outbox.not_before) > now
    )


@cache
def _parcels() -> Select[Any]:
    """The fields of a Parcel in their order, then the end of its worth; plain columns cost least."""
    return select(  # type: ignore[call-overload,no-any-return]
        *(Outbox.id, Chat.id, Chat.platform, Chat.address, Chat.private, Outbox.method),
        *(Outbox.payload, Outbox.card, Outbox.attempts, Outbox.policy, Outbox.expires_at),
    ).join(Chat, col(Chat.id) == col(Outbox.chat_id))


def _filled(session: Session, parcel: Parcel) -> Parcel:
    """An edit finds its message by the card's name at the last moment, when the post is surely out."""
    if parcel.method == "edit" and parcel.card and not parcel.payload.get("message_id"):
        query = select(Card.message_id).where(
            col(Card.chat_id) == parcel.chat_id, col(Card.name) == parcel.card
        )
        parcel.payload["message_id"] = session.exec(query).one_or_none()
    return parcel


def _mark(session: Session, ids: list[int], **values: Any) -> None:
    if ids:
        # On the connection: no row of the outbox is held by a session that would have to follow.
        session.connection().execute(update(Outbox).where(col(Outbox.id).in_(ids)).values(**values))


def forget_sent(session: Session, before: datetime) -> None:
    """Drop rows that arrived before then."""
    session.execute(delete(Outbox).where(col(Outbox.state) == "sent", col(Outbox.created_at) < before))
