"""What the processes of one bot share: who speaks for it, what opens a platform, what was seen before."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime


class Lease(SQLModel, table=True):
    """Which process owns something that only one may own at a time."""

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=UTCDateTime)


class Credential(SQLModel, table=True):
    """A platform's short-lived key, sealed with the account's own secret; *refreshing_until*: in renewal."""

    name: str = Field(primary_key=True)
    sealed: str = ""
    expires_at: datetime = Field(sa_type=UTCDateTime)
    refreshing_until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Nonce(SQLModel, table=True):
    """A signed call that was accepted once and will not be again."""

    value: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=UTCDateTime, index=True)
