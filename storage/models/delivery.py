"""What came in, what must go out, and what is still awaited."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime

SCHEDULED = 5  # the outbox priority of what nobody asked for just now


def _only(condition: str) -> dict[str, Any]:
    """An index of the rows for which that holds: it costs nothing where it does not.

    On PostgreSQL too, as the migration says; naming its word here would load all of its drivers.
    """
    return {"sqlite_where": text(condition)}


class Inbox(SQLModel, table=True):
    """One update of a platform; the raw bytes stay only while it could not be handled.

    state: done · failed (will be tried again) · dead (set aside for the operator)
    """

    __table_args__ = (
        UniqueConstraint("platform", "account", "key"),
        Index("inbox_open", "next_try_at", **_only("state = 'failed'")),
        Index("inbox_raw", "received_at", **_only("raw IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    account: str
    key: str
    state: str = "done"
    attempts: int = 0
    raw: bytes | None = Field(default=None, sa_type=LargeBinary)
    error: str | None = None
    received_at: datetime = Field(sa_type=UTCDateTime)
    next_try_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Outbox(SQLModel, table=True):
    """One thing to say on a platform.

    state: open · sending · sent · failed · shut (waits until somebody speaks in the chat);
    policy: at_least_once · at_most_once;  priority: 0 answers, 5 scheduled posts.
    *payload* is the rendered message, see bot.post.
    """

    __table_args__ = (
        # What may go next is found in the order in which it goes, however much waits behind it.
        Index("outbox_next", "priority", "id", **_only("state = 'open'")),
        Index("outbox_chat", "chat_id", "priority", "id", **_only("state = 'open' OR state = 'sending'")),
        Index("outbox_later", "not_before", **_only("state = 'open' AND not_before > created_at")),
        Index("outbox_shut", "chat_id", **_only("state = 'shut'")),
        Index("outbox_sent", "chat_id", "sent_at", **_only("sent_at IS NOT NULL")),
        Index("outbox_day", "chat_id", "not_before", **_only(f"priority = {SCHEDULED}")),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    chat_id: int = Field(foreign_key="chat.id")
    method: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    card: str | None = None
    state: str = "open"
    priority: int = 0
    policy: str = "at_least_once"
    attempts: int = 0
    not_before: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)
    message_id: str | None = None
    error: str | None = None


class Card(SQLModel, table=True):
    """A post that is edited instead of repeated, found again by its name in a chat."""

    __table_args__ = (
        UniqueConstraint("chat_id", "name"),
        Index("card_message", "chat_id", "message_id", unique=True, **_only("message_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id")
    name: str
    message_id: str | None = None


class Bucket(SQLModel, table=True):
    """When a rate limit next lets a message through (generic cell rate algorithm)."""

    key: str = Field(primary_key=True)
    tat: datetime = Field(sa_type=UTCDateTime)


class Pending(SQLModel, table=True):
    """What a person was asked, and the handler their answer belongs to."""

    __table_args__ = (UniqueConstraint("chat_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    route: str
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    asked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)


class Choice(SQLModel, table=True):
    """A number a person may reply with where there are no buttons, and the button it stands for.

    *about*: the first line of the post it is of.  *lasting*: of a card, which stays good when something
    else has been said.
    """

    __table_args__ = (UniqueConstraint("chat_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id")
    number: int
    label: str
    data: str
    about: str = ""
    lasting: bool = False
    expires_at: datetime = Field(sa_type=UTCDateTime)


class Talk(SQLModel, table=True):
    """How many messages a platform still lets us send to a chat after something happened there.

    kind: word (somebody wrote) · event (somebody followed, pressed the menu or scanned a code) ·
    notice:FORM (somebody allowed us a notice of that form)
    """

    chat_id: int = Field(primary_key=True, foreign_key="chat.id")
    kind: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UTCDateTime)
    left: int


class Job(SQLModel, table=True):
    """Network work a handler asked for; its result comes back as a message (state: open · dead)."""

    # Outbox keys are made of it, so a number must not come again after its row is gone.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    route: str
    content: dict[str, Any] = Field(sa_type=JSON)
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    state: str = "open"
    attempts: int = 0
    not_before: datetime = Field(sa_type=UTCDateTime, index=True)
