"""A signed call counts once: what was handled is refused when the same call comes again."""

import hashlib
from datetime import datetime

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select

from storage.models.delivery import Inbox
from storage.prepared import Prepared
from storage.types import UTCDateTime

_CLAIM = Prepared(
    text(
        "INSERT INTO nonce (value, seen_at) VALUES (:value, :now) ON CONFLICT (value) DO NOTHING"
    ).bindparams(bindparam("now", type_=UTCDateTime))
)


def replayed(session: Session, call: str, platform: str, key: str, now: datetime) -> bool:
    """Whether *call* (its nonce and signature) came before and its message *key* was handled then.

    One that came before a crash and was never handled is welcome again.
    """
    value = hashlib.sha256(call.encode(errors="replace")).hexdigest()
    if _CLAIM(session, value=value, now=now).rowcount:
        return False
    handled = select(Inbox.id).where(col(Inbox.platform) == platform, col(Inbox.key) == key)
    return session.exec(handled.limit(1)).first() is not None
