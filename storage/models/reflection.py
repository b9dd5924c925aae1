"""What a person wrote about their own work, for themselves unless they say otherwise."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime


class Visibility(StrEnum):
    """Who may read what a person wrote; only the writer changes it."""

    SELF = "self"
    EVERYBODY = "everybody"


class Reflection(SQLModel, table=True):
    """Some messages a person wrote together.

    *pieces* are the messages: {"key": which message, "words": what it says}. *parts* holds what stands
    after the labels of the model's steps. *said_in* is the group message, where the person wrote it there
    themselves. *question* is what they were asked, in the language they were asked in.
    """

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    prompt_id: int | None = Field(default=None, foreign_key="prompt.id", ondelete="SET NULL")
    question: str = ""
    pieces: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    parts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    visibility: Visibility = Visibility.SELF
    said_in: str | None = None
    written_at: datetime = Field(sa_type=UTCDateTime, index=True)
    changed_at: datetime = Field(sa_type=UTCDateTime)

    @property
    def words(self) -> str:
        return "\n".join(piece["words"] for piece in self.pieces)


class ReflectionHabit(SQLModel, table=True):
    """What a person chose: to be asked in private, and to be shown what they wrote a year ago."""

    __tablename__ = "reflection_habit"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    asked: bool = False
    year_ago: bool = True
