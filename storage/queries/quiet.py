"""Counting a chat's posts of a day, and what it has been spared."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_
from sqlmodel import Session, col, select

from storage.among import among
from storage.models.delivery import SCHEDULED, Outbox
from storage.models.due import Schedule
from storage.models.prompt import PromptPlan
from storage.models.quiet import Held
from storage.prepared import Prepared, spelt
from storage.types import UTCDateTime

_HEARD = (
    col(Outbox.priority) == spelt(SCHEDULED),
    or_(col(Outbox.method) == "post", col(Outbox.method) == "file"),
    col(Outbox.not_before) >= bindparam("start", type_=UTCDateTime),
    col(Outbox.not_before) < bindparam("end", type_=UTCDateTime),
    col(Outbox.state) != "failed",
)
_POSTS = Prepared(select(func.count()).where(col(Outbox.chat_id) == bindparam("chat"), *_HEARD))
_POSTS_OF_ALL = Prepared(select(col(Outbox.chat_id)).where(among(col(Outbox.chat_id), "chats"), *_HEARD))


def posts_between(session: Session, chat_id: int, start: datetime, end: datetime) -> int:
    """How many posts of our own accord the chat hears in [start, end)."""
    return int(_POSTS(session, chat=chat_id, start=start, end=end).fetchone()[0])


def heard_at_least(
    session: Session, posts: int, chats: Collection[int], start: datetime, end: datetime
) -> set[int]:
    """Those of *chats* that hear that many posts of our own accord in [start, end)."""
    # Counted here: to group them, SQLite would read the posts of all chats there are.
    found = Counter(chat for (chat,) in _POSTS_OF_ALL(session, chats=chats, start=start, end=end).fetchall())
    return {chat for chat, heard in found.items() if heard >= posts}


def digest_of(session: Session, chat_id: int) -> Schedule | None:
    """The schedule of the chat's morning digest."""
    query = select(Schedule).where(col(Schedule.kind) == "quiet", col(Schedule.ref_id) == chat_id)
    return session.exec(query).one_or_none()


def take_held(session: Session, chat_id: int, now: datetime) -> list[Held]:
    """What waits for the digest and still matters, oldest first; the rows are removed."""
    held = session.exec(select(Held).where(col(Held.chat_id) == chat_id).order_by(col(Held.id))).all()
    session.execute(delete(Held).where(col(Held.chat_id) == chat_id))
    return [one for one in held if one.expires_at is None or one.expires_at > now]


def exam_weeks(session: Session, community_id: int) -> list[int]:
    """The teaching weeks the community has said are for exams."""
    query = select(PromptPlan.exam_weeks).where(col(PromptPlan.community_id) == community_id)
    return list(session.exec(query).one_or_none() or ())
