"""Forgetting what is no longer needed: nothing is kept longer than it serves."""

import sys
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlmodel import Session, col

from bot import failures, lanes
from storage.models.delivery import Bucket, Choice, Inbox, Outbox, Pending, Talk
from storage.models.due import Occurrence
from storage.models.link import Code
from storage.models.machine import Nonce

RAW_KEPT = timedelta(days=7)
SENT_KEPT = timedelta(days=7)
# Telegram keeps undelivered updates for a day, and after a quiet week numbers them anew.
CLAIMS_KEPT = timedelta(days=14)
REASONS_KEPT = timedelta(days=30)
# Signed calls older than five minutes are not believed anyway.
NONCES_KEPT = timedelta(minutes=10)


def _first_since(moment: datetime) -> ColumnElement[int]:
    """The number of the first update that came in since; they are numbered as they come."""
    first = select(col(Inbox.id)).where(col(Inbox.received_at) >= moment).order_by(col(Inbox.id)).limit(1)
    return func.coalesce(first.scalar_subquery(), sys.maxsize)


def tidy(session: Session, now: datetime) -> None:
    """Drop what was sent, claimed, asked, offered or set aside too long ago."""
    failures.forget_old(session, now - RAW_KEPT)
    lanes.forget_sent(session, now - SENT_KEPT)
    done, given_up = col(Inbox.state) == "done", col(Outbox.state) == "failed"
    never_read = col(Outbox.state) == "shut"
    for old in (
        delete(Inbox).where(done, col(Inbox.id) < _first_since(now - CLAIMS_KEPT)),
        delete(Outbox).where(given_up, col(Outbox.created_at) < now - REASONS_KEPT),
        delete(Occurrence).where(col(Occurrence.fired_at) < now - REASONS_KEPT),
        delete(Outbox).where(never_read, col(Outbox.created_at) < now - REASONS_KEPT),
        delete(Choice).where(col(Choice.expires_at) < now),
        delete(Talk).where(col(Talk.until) < now),
        delete(Nonce).where(col(Nonce.seen_at) < now - NONCES_KEPT),
        delete(Pending).where(col(Pending.expires_at) < now),
        delete(Bucket).where(col(Bucket.tat) < now - SENT_KEPT),
        delete(Code).where(col(Code.expires_at) < now),
    ):
        session.execute(old)
