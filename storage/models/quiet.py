"""What a chat will hear tomorrow morning because it has heard enough today."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime


class Held(SQLModel, table=True):
    """A post beyond the day's budget, rendered, waiting for the morning digest; dropped once expired."""

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    payload: dict[str, Any] = Field(sa_type=JSON)
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)
