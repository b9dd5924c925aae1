"""Weekly and monthly moments at a school: wall time and zone are the truth, the instant follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from config.calendars import DayKind, SchoolCalendar

AHEAD = 60
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Rhythm:
    """Every *weekday* (0 is Monday) at wall time *at*; *monthly*: the first of a month that can be.

    It rests on days off, in *resting* teaching weeks, and outside the term of *term_weeks* weeks where
    the first day of term is known. *vacations* False: outside the term it goes on.
    """

    weekday: int
    at: time
    calendar: SchoolCalendar
    term_weeks: int = 0
    resting: frozenset[int] = field(default_factory=frozenset)
    monthly: bool = False
    vacations: bool = True

    def on(self, day: date) -> bool:
        """Whether *day*, of the right weekday, has its turn."""
        earlier = (day - WEEK * back for back in range(1, 5))
        return self._open(day) and not (
            self.monthly and any(self._open(one) for one in earlier if one.month == day.month)
        )

    def after(self, moment: datetime) -> datetime | None:
        """The next turn later than *moment*, as a UTC instant; None when none is in sight."""
        return next((slot for day, slot in self._slots(moment) if self.on(day)), None)

    def look_again(self, moment: datetime) -> datetime:
        """When to look next: at the next turn, or in a week when none is in sight."""
        return self.after(moment) or next(slot for _, slot in self._slots(moment))

    def has_turn(self, slot: datetime) -> bool:
        """Whether *slot*, one of this rhythm's moments, has its turn."""
        return self.on(slot.astimezone(self.calendar.zone).date())

    def _slots(self, moment: datetime) -> Iterator[tuple[date, datetime]]:
        today = moment.astimezone(self.calendar.zone).date()
        first = today + timedelta(days=(self.weekday - today.weekday()) % 7)
        for day in (first + WEEK * number for number in range(AHEAD)):
            slot = datetime.combine(day, self.at, self.calendar.zone).astimezone(UTC)
            if slot > moment:
                yield day, slot

    def _open(self, day: date) -> bool:
        if self.calendar.day(day).kind is DayKind.OFF:
            return False
        week = self.calendar.week(day)
        if self.calendar.term_start is None or not self.vacations:
            return week not in self.resting
        return week is not None and week <= self.term_weeks and week not in self.resting
