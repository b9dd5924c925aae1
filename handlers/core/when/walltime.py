"""From a wall clock to an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which a naive wall time comes in *zone*.

    A wall time skipped by a clock change comes as much later as the gap is long (02:30 becomes 03:30);
    one that comes twice is the first of the two.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """False for a wall time skipped by a clock change."""
    return instant(wall, zone).replace(tzinfo=None) == wall
