"""When a community is asked to reflect, and what it has been asked."""

from datetime import date, datetime, time

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.types import UTCDateTime


class PromptPlan(SQLModel, table=True):
    """Day (0 is Monday), wall time and model of a community's prompts; *exam_weeks* are teaching weeks.

    It begins paused: nothing is asked before a leader has said so.
    """

    __tablename__ = "prompt_plan"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", unique=True)
    weekday: int = 3
    at: time = time(17, 30)
    model: str = "do-learn-teach"
    own: list[str] = Field(default_factory=list, sa_type=JSON)
    exam_weeks: list[int] = Field(default_factory=list, sa_type=JSON)
    paused: bool = True


class Prompt(SQLModel, table=True):
    """One question a community was asked; *words* only where it is the community's own.

    *term* is the first day of the term it was asked in: within a term no question comes twice.
    """

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    model: str
    question: str
    words: str = ""
    term: date | None = None
    week: int | None = None
    asked_at: datetime = Field(sa_type=UTCDateTime)
