"""The one place that reads the time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The time of this machine, as an aware UTC datetime."""
    return datetime.now(UTC)


class MovableClock:
    """A clock that runs like the machine's but can be set, for the sandbox and the tests."""

    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = timedelta(0)
        if start is not None:
            self.set(start)

    def __call__(self) -> datetime:
        return system_clock() + self._ahead

    def now(self) -> datetime:
        """The time it shows."""
        return self()

    def set(self, moment: datetime) -> None:
        """Show *moment* (aware) from now on, running on from there."""
        self._ahead = moment - system_clock()

    def advance(self, by: timedelta) -> None:
        """Move on by *by*."""
        self._ahead += by
