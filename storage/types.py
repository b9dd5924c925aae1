"""Column types that keep what SQLite would lose."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class Written(str):
    """What a JSON column is to hold, written already."""

    __slots__ = ()


def written(value: object) -> Written:
    """*value* as it stands in a JSON column."""
    if isinstance(value, Written):
        return value
    found = _ENCODER.encode(value)
    try:
        found.encode()
    except UnicodeEncodeError:  # half a sign, which no database takes as it is
        found = json.dumps(value)
    return Written(found)


# Chinese as it is takes half the room it takes escaped.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware datetimes in, aware UTC datetimes out.

    Raises ValueError for a datetime without a zone, because it could mean any instant.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        # The present moment is written in many places at once, and turning it into text takes its time.
        process = super().bind_processor(dialect)
        return lru_cache(1024)(process) if process else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        # Much is due at the same moment, and reading it takes its time too.
        process = super().result_processor(dialect, coltype)
        return lru_cache(1024)(process) if process else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
