"""What a day is for a school."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DayKind(StrEnum):
    """The five things a day can be; `UNPUBLISHED` means the year's arrangement is not out yet."""

    SCHOOL = "school"
    WEEKEND = "weekend"
    OFF = "off"
    MAKE_UP = "make_up"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True)
class Day:
    """A day's kind, and the holiday it belongs to ("元旦"), empty when it has none."""

    kind: DayKind
    name: str = ""

    @property
    def is_school_day(self) -> bool:
        """True for ordinary teaching days and for make-up days."""
        return self.kind in (DayKind.SCHOOL, DayKind.MAKE_UP)
