"""What a community shares: links, files and photos, who gave them, and what they are about."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime

NIGHTS_UNTIL_BROKEN = 2


class Resource(SQLModel, table=True):
    """One entry of the library.

    *kind*: link, photo, or the platform's kind of file; *key* is equal for equal things (the normalised link,
    the fingerprint of the file). *titled*: a person gave the title. *keywords*: what subject, grade and unit
    are also called. *week* is the teaching week it was shared in, *monday* that week's Monday.
    *failures*: nights in a row on which the link led nowhere; *asked*: its sharer was told.
    """

    __table_args__ = (
        UniqueConstraint("community_id", "key"),
        Index("resource_week", "community_id", "monday"),
        Index("resource_subject", "community_id", "subject"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    kind: str
    key: str
    address: str = ""
    file: str = ""
    platform: str = ""
    name: str = ""
    title: str
    titled: bool = True
    note: str = ""
    subject: str = ""
    grade: str = ""
    unit: int | None = None
    keywords: str = ""
    week: int | None = None
    monday: date
    shared_at: datetime = Field(sa_type=UTCDateTime)
    hidden: bool = False
    checked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    failures: int = 0
    asked: bool = False

    @property
    def broken(self) -> bool:
        return self.failures >= NIGHTS_UNTIL_BROKEN

    def noticed(self, there: bool | None, now: datetime) -> bool:
        """Note what a nightly look found (None: cannot be told); True when it has just become broken."""
        before, self.checked_at = self.broken, now
        if there is not None:
            self.failures = 0 if there else self.failures + 1
        return self.broken and not before


class ResourceCredit(SQLModel, table=True):
    """That a person shared an entry."""

    __tablename__ = "resource_credit"
    __table_args__ = {"sqlite_with_rowid": False}

    resource_id: int = Field(primary_key=True, foreign_key="resource.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    at: datetime = Field(sa_type=UTCDateTime)


class ResourceTag(SQLModel, table=True):
    """A tag on an entry; *folded* is equal for tags that differ only in case or width."""

    __tablename__ = "resource_tag"
    __table_args__ = (
        UniqueConstraint("resource_id", "folded"),
        Index("resource_tag_folded", "community_id", "folded"),
    )

    id: int | None = Field(default=None, primary_key=True)
    resource_id: int = Field(foreign_key="resource.id", ondelete="CASCADE")
    community_id: int = Field(foreign_key="community.id")
    tag: str
    folded: str


class ResourceOffer(SQLModel, table=True):
    """What a person sent in private and has not yet said where to put; *content* is the frozen message."""

    __tablename__ = "resource_offer"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    content: dict[str, Any] = Field(sa_type=JSON)
    at: datetime = Field(sa_type=UTCDateTime, index=True)


class ResourceLookup(SQLModel, table=True):
    """A search with more than one page: its words, and before which entry each page known so far begins."""

    __tablename__ = "resource_lookup"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    words: str
    begins: list[int | None] = Field(sa_type=JSON)
    at: datetime = Field(sa_type=UTCDateTime, index=True)
