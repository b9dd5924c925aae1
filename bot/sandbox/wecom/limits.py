"""How much WeCom takes: 30 a minute and 1000 an hour, then nothing for a minute."""

from collections import defaultdict, deque
from datetime import datetime, timedelta

A_MINUTE, AN_HOUR = 30, 1000
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Limits:
    """What was taken lately, by chat; "upload" counts for the whole bot."""

    def __init__(self) -> None:
        self._taken: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._shut: dict[str, datetime] = {}
        self.refused = 0

    def take(self, name: str, now: datetime) -> bool:
        """Count one more; False when it is one too many."""
        if now < self._shut.get(name, now):
            self.refused += 1
            return False
        taken = self._taken[name]
        while taken and now - taken[0] >= HOUR:
            taken.popleft()
        if len(taken) >= AN_HOUR or (len(taken) >= A_MINUTE and now - taken[-A_MINUTE] < MINUTE):
            self._shut[name] = now + MINUTE
            self.refused += 1
            return False
        taken.append(now)
        return True
