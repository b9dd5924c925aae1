"""Inbox claims and cards."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, text, union_all
from sqlmodel import Session, col, select

from storage.models.delivery import Card, Outbox
from storage.prepared import Prepared, spelt
from storage.types import UTCDateTime

_CLAIM = Prepared(
    text(
        "INSERT INTO inbox (platform, account, key, state, attempts, received_at) "
        "VALUES (:platform, :account, :key, 'done', 1, :now) "
        "ON CONFLICT (platform, account, key) DO NOTHING"
    ).bindparams(bindparam("now", type_=UTCDateTime))
)
_CARD = Prepared(
    text("INSERT INTO card (chat_id, name) VALUES (:chat_id, :name) ON CONFLICT (chat_id, name) DO NOTHING")
)
_CARD_AFRESH = Prepared(
    text(
        "INSERT INTO card (chat_id, name) VALUES (:chat_id, :name) "
        "ON CONFLICT (chat_id, name) DO UPDATE SET message_id = NULL"
    )
)


def claim(session: Session, platform: str, account: str, key: str, now: datetime) -> bool:
    """Take the update for this unit of work; False when it was handled before."""
    return bool(_CLAIM(session, platform=platform, account=account, key=key, now=now).rowcount)


def unsent(chat_id: int) -> ColumnElement[bool]:
    """Whether a row of the outbox waits for that chat, be it for its turn or for somebody to speak there."""
    # One question for each state, since each has an index of its own.
    states = (
        select(col(Outbox.id)).where(col(Outbox.chat_id) == chat_id, col(Outbox.state) == spelt(state))
        for state in ("open", "shut")
    )
    return col(Outbox.id).in_(union_all(*states))


def unsay(session: Session, chat_id: int) -> None:
    """What of our own accord still waits for that chat is not said there any more."""
    session.execute(delete(Outbox).where(unsent(chat_id), col(Outbox.priority) > 0))


def card_of(session: Session, chat_id: int, message_id: str) -> str | None:
    """The name of the card that is this message."""
    query = select(Card.name).where(col(Card.chat_id) == chat_id, col(Card.message_id) == message_id)
    return session.exec(query).one_or_none()


def open_card(session: Session, chat_id: int, name: str, afresh: bool = False) -> bool:
    """Make the card *name* ready for a new post; False when its post is there already (*afresh*: never)."""
    statement = _CARD_AFRESH if afresh else _CARD
    return bool(statement(session, chat_id=chat_id, name=name).rowcount)


def open_cards(session: Session, cards: Sequence[tuple[int, str]]) -> bool:
    """Make cards (chat, name) ready that nobody has seen yet; False when one of them was there already."""
    return _CARD.each(session, [{"chat_id": chat, "name": name} for chat, name in cards]) == len(cards)


def close_card(session: Session, chat_id: int, name: str) -> None:
    """The post of that card did not go out: what it says next is posted, not changed."""
    unseen = (col(Card.chat_id) == chat_id, col(Card.name) == name, col(Card.message_id).is_(None))
    session.execute(delete(Card).where(*unseen))


def card_named(session: Session, chat_id: int, name: str) -> Card | None:
    """The card of that name in the chat."""
    query = select(Card).where(col(Card.chat_id) == chat_id, col(Card.name) == name)
    return session.exec(query).one_or_none()
