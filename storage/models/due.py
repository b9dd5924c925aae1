"""Moments the bot must act on by itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime


class Schedule(SQLModel, table=True):
    """The next due moment of something; *next_at* is the only truth, None means never again."""

    __table_args__ = (Index("schedule_next", "next_at"), Index("schedule_of", "kind", "ref_id"))

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    ref_id: int
    community_id: int | None = Field(default=None, foreign_key="community.id", index=True)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    attempts: int = 0


class Occurrence(SQLModel, table=True):
    """That a schedule fired for one due moment; the primary key makes it once on any number of nodes."""

    schedule_id: int = Field(primary_key=True, foreign_key="schedule.id", ondelete="CASCADE")
    due_at: datetime = Field(primary_key=True, sa_type=UTCDateTime)
    fired_at: datetime = Field(sa_type=UTCDateTime)
