"""Updates that no handler could take: kept, tried again, then set aside for the operator."""

import json
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.adapters.base import Arrival
from storage.models.delivery import Inbox
from storage.prepared import spelt

TRIES = 3
PAUSES = (timedelta(seconds=10), timedelta(minutes=2))


def keep(session: Session, arrival: Arrival, reason: str, now: datetime) -> bool:
    """Store the raw update with *reason*; True at the first failure, when the person should hear of it."""
    row = session.exec(
        select(Inbox).where(
            col(Inbox.platform) == arrival.platform,
            col(Inbox.account) == arrival.account,
            col(Inbox.key) == arrival.key,
        )
    ).one_or_none()
    if row is None:
        row = Inbox(
            platform=arrival.platform, account=arrival.account, key=arrival.key, attempts=0, received_at=now
        )
        session.add(row)
    row.attempts += 1
    row.raw = json.dumps(arrival.raw).encode()
    row.error = reason
    dead = row.attempts >= TRIES
    row.state = "dead" if dead else "failed"
    row.next_try_at = None if dead else now + PAUSES[row.attempts - 1]
    return row.attempts == 1


def to_try_again(session: Session, now: datetime, limit: int = 20) -> list[tuple[Inbox, Arrival]]:
    """Failed updates whose pause is over, oldest first."""
    query = (
        select(Inbox)
        .where(col(Inbox.state) == spelt("failed"), col(Inbox.next_try_at) <= now)
        .order_by(col(Inbox.id))
        .limit(limit)
    )
    return [
        (row, Arrival(row.platform, row.account, row.key, json.loads(row.raw or b"{}")))
        for row in session.exec(query)
    ]


def set_aside(session: Session, arrival: Arrival) -> None:
    """Keep a claimed update that cannot be read for the operator, without another try."""
    session.execute(
        update(Inbox)
        .where(
            col(Inbox.platform) == arrival.platform,
            col(Inbox.account) == arrival.account,
            col(Inbox.key) == arrival.key,
        )
        .values(state="dead", raw=json.dumps(arrival.raw).encode(), error="unreadable")
    )


def forget_old(session: Session, before: datetime) -> None:
    """Drop the raw bytes of updates set aside before then."""
    session.execute(
        update(Inbox).where(col(Inbox.received_at) < before, col(Inbox.raw).is_not(None)).values(raw=None)
    )
