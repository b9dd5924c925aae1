"""Codes that lead to a community, another chat of it, or another account of the same person."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime


class Code(SQLModel, table=True):
    """A code somebody may type.

    kind: join (of a community, until it is changed) · chat (links one more chat, once) · person (links one
    more account of *person_id*, once).  *word* is kept without spaces, in capitals.
    """

    id: int | None = Field(default=None, primary_key=True)
    word: str = Field(unique=True)
    kind: str
    community_id: int | None = Field(default=None, foreign_key="community.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)
