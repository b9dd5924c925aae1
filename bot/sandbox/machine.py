"""A clock that can be moved forward, for showing tomorrow today."""

from collections.abc import Callable
from datetime import datetime, timedelta


class TimeMachine:
    """The given clock plus what was skipped. Call it as a clock; *moved* are told after each jump."""

    def __init__(self, clock: Callable[[], datetime], skipped: timedelta = timedelta()) -> None:
        self.clock, self.skipped = clock, skipped
        self.moved: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The moved time, aware, in UTC."""
        return self.clock() + self.skipped

    __call__ = now

    def advance(self, by: timedelta) -> None:
        """Jump forward. Raises ValueError for a jump back."""
        if by < timedelta():
            raise ValueError("time only moves forward")
        self.skipped += by
        for listener in list(self.moved):
            listener()
