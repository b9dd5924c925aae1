"""Who talks where: communities, their chats, persons and memberships."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime


class Role(StrEnum):
    """What a person may do in a community, in rising order."""

    ANYONE = "anyone"
    MEMBER = "member"
    DEPUTY = "deputy"
    LEADER = "leader"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


class Community(SQLModel, table=True):
    """A teachers' learning community; it may live in several chats."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    language: str = "zh-CN"
    zone: str = "Asia/Shanghai"
    country: str = "CN"
    term_start: date | None = None
    term_weeks: int = 20
    quiet_from: time = time(20, 0)
    quiet_to: time = time(7, 30)
    bells: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = Field(sa_type=UTCDateTime)


class Person(SQLModel, table=True):
    """A human being, known by one or more accounts.

    *chat_id* is the private chat they last spoke in, as far as that was ever noted.
    """

    # Old buttons name persons and accounts by their numbers, which must never become somebody else's.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    name: str
    language: str | None = None
    zone: str | None = None
    community_id: int | None = Field(default=None, foreign_key="community.id")
    muted_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    # No foreign key: chats point to persons already, and a chat that is gone is merely not preferred.
    chat_id: int | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)


class Account(SQLModel, table=True):
    """A person's identity on one platform."""

    __table_args__ = (UniqueConstraint("platform", "address"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    address: str
    name: str = ""
    username: str | None = Field(default=None, index=True)
    person_id: int = Field(foreign_key="person.id", index=True)


class Chat(SQLModel, table=True):
    """A group or private conversation on one platform; *address* is the platform's own id for it."""

    __table_args__ = (UniqueConstraint("platform", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    address: str
    private: bool = False
    title: str = ""
    language: str | None = None
    active: bool = True
    thread: str | None = None
    community_id: int | None = Field(default=None, foreign_key="community.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class Member(SQLModel, table=True):
    """A person who joined a community of their own will.

    *chat_id*: the private chat that the community's posts come to, for who is in none of its groups.
    """

    __table_args__ = (UniqueConstraint("community_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Role.MEMBER
    chat_id: int | None = Field(default=None, foreign_key="chat.id", index=True)
    joined_at: datetime = Field(sa_type=UTCDateTime)
