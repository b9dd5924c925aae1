"""Whether and since when a community gets its weekly digest."""

from datetime import datetime, time

from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime


class DigestPlan(SQLModel, table=True):
    """Day (0 is Monday) and wall time of the weekly digest; *until* is how far the last one told."""

    __tablename__ = "digest_plan"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", unique=True)
    weekday: int = 4
    at: time = time(16, 30)
    wanted: bool = True
    until: datetime | None = Field(default=None, sa_type=UTCDateTime)
