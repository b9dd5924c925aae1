"""Discussions, the meetings they are held in, and who comes."""

from datetime import date as Date
from datetime import datetime
from datetime import time as Time

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime

HOUR = 60


class Discussion(SQLModel, table=True):
    """What is talked about, once or again and again; nothing counts before a leader confirms it.

    status: proposed · fixed · cancelled.  *starts_on* and *clock* are wall time in *zone* (IANA); *rrule*
    is empty for a single one, *parity* 1 for odd and 0 for even teaching weeks.  *exceptions* says what
    becomes of a date (ISO) that is a holiday: on · next; *bells* what confirming teaches the bell table.
    A proposed change of another discussion or meeting names it in *moves_series* or *moves_meeting*.
    """

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    title: str
    place: str = ""
    zone: str
    starts_on: Date
    clock: Time
    minutes: int | None = None
    rrule: str = ""
    parity: int | None = None
    until: Date | None = None
    until_week: int | None = None
    count: int | None = None
    seats: int | None = None
    exceptions: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    bells: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    status: str = "proposed"
    moves_meeting: int | None = None
    moves_series: int | None = None
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    created_at: datetime = Field(sa_type=UTCDateTime)

    @property
    def length(self) -> int:
        """Minutes it takes; an hour when nobody said."""
        return self.minutes or HOUR


class Meeting(SQLModel, table=True):
    """One occurrence of a discussion.

    status: on · held (the year's days off are not published) · off (a holiday) · cancelled.
    *slot* is where the rule put it, *starts_at* where it is now.  *known* is the kind of day it was decided
    under, "next" while it waits for the next school day to be known.  *sequence* counts its changes.
    """

    __table_args__ = (
        UniqueConstraint("discussion_id", "slot"),
        Index("meeting_coming", "community_id", "starts_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id")
    community_id: int = Field(foreign_key="community.id")
    slot: datetime = Field(sa_type=UTCDateTime)
    day: Date
    starts_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    status: str = "on"
    moved: bool = False
    holiday: str = ""
    known: str = ""
    sequence: int = 0
    outcome: str = ""


class Rsvp(SQLModel, table=True):
    """What a person answered; answer: yes · maybe · no, empty for who only wants to be reminded."""

    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    answer: str = ""
    waiting: bool = False
    remind: bool = False
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
