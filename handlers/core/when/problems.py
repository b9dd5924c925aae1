"""Why a phrase gives no instant."""

from __future__ import annotations

ERRORS = ("past", "no_time", "bad_time", "no_title", "vague", "unread")


class Unclear(Exception):
    """No instant can be given: `error` is one of `ERRORS`, `asks` the one question that would help.

    `asks` is one of: when, day, weekday, month, several_days, date_order, term, arrangement, contradiction,
    clock, hour, half, midnight, bell, past, bad_time, zone.
    """

    def __init__(self, error: str, asks: str) -> None:
        super().__init__(f"{error}: {asks}")
        self.error = error
        self.asks = asks
