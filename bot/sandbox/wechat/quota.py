"""How often the account may still speak to each follower, as WeChat counts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

WORDS = timedelta(hours=48), 5
EVENT = timedelta(minutes=1), 3
WINDOW_CLOSED, COUNT_USED_UP, NOT_ALLOWED = 45015, 45047, 43101


@dataclass
class Window:
    """Open until a moment, for so many messages."""

    until: float
    left: int


class Quota:
    """Windows by person and kind; notices by person and template."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.windows: dict[str, dict[str, Window]] = {}
        self.notices: dict[str, int] = {}

    def spoke(self, person: str) -> None:
        """The person wrote."""
        self._open(person, "word", *WORDS)

    def acted(self, person: str) -> None:
        """The person clicked, followed or scanned."""
        self._open(person, "event", *EVENT)

    def _open(self, person: str, kind: str, span: timedelta, count: int) -> None:
        until = (self._clock() + span).timestamp()
        self.windows.setdefault(person, {})[kind] = Window(until, count)

    def take(self, person: str) -> int:
        """One message of ours; 0 or the errcode."""
        now = self._clock().timestamp()
        live = [window for window in self.windows.get(person, {}).values() if window.until > now]
        if not live:
            return WINDOW_CLOSED
        with_some = [window for window in live if window.left > 0]
        if not with_some:
            return COUNT_USED_UP
        min(with_some, key=lambda window: window.until).left -= 1
        return 0

    def allow(self, person: str, template: str) -> None:
        """The person allows one notice."""
        self.notices[f"{person} {template}"] = self.notices.get(f"{person} {template}", 0) + 1

    def take_notice(self, person: str, template: str) -> int:
        """One notice of ours; 0 or the errcode."""
        key = f"{person} {template}"
        if not self.notices.get(key):
            return NOT_ALLOWED
        self.notices[key] -= 1
        return 0

    def dump(self) -> dict[str, Any]:
        windows = {
            person: {kind: [one.until, one.left] for kind, one in kinds.items()}
            for person, kinds in self.windows.items()
        }
        return {"windows": windows, "notices": self.notices}

    def load(self, dumped: dict[str, Any]) -> None:
        self.windows = {
            person: {kind: Window(*one) for kind, one in kinds.items()}
            for person, kinds in dumped["windows"].items()
        }
        self.notices = dumped["notices"]
