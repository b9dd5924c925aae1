"""What a community knows better than the calendar."""

from datetime import date as Date

from sqlmodel import Field, SQLModel


class CalendarDay(SQLModel, table=True):
    """One day that is otherwise than the calendar says; *kind* is school, weekend, off or make_up."""

    __tablename__ = "calendar_day"

    community_id: int = Field(primary_key=True, foreign_key="community.id")
    day: Date = Field(primary_key=True)
    kind: str
    name: str = ""
