"""Forgetting what is no longer needed: nothing is kept longer than it serves."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from bot import failures, lanes
from storage.models.delivery import Bucket, Inbox, Outbox, Pending
from storage.models.due import Occurrence

RAW_KEPT = timedelta(days=7)
SENT_KEPT = timedelta(days=7)
# Telegram keeps undelivered updates for a day, and after a quiet week numbers them anew.
CLAIMS_KEPT = timedelta(days=14)
REASONS_KEPT = timedelta(days=30)


def tidy(session: Session, now: datetime) -> None:
    """Drop sent posts, old claims, unanswered questions, and the raw bytes of updates set aside."""
    failures.forget_old(session, now - RAW_KEPT)
    lanes.forget_sent(session, now - SENT_KEPT)
    done, given_up = col(Inbox.state) == "done", col(Outbox.state) == "failed"
    for old in (
        delete(Inbox).where(done, col(Inbox.received_at) < now - CLAIMS_KEPT),
        delete(Outbox).where(given_up, col(Outbox.created_at) < now - REASONS_KEPT),
        delete(Occurrence).where(col(Occurrence.fired_at) < now - REASONS_KEPT),
        delete(Pending).where(col(Pending.expires_at) < now),
        delete(Bucket).where(col(Bucket.tat) < now - SENT_KEPT),
    ):
        session.execute(old)
