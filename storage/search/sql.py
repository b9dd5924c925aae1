"""Saying one statement to SQLite and to PostgreSQL, straight to the driver.

Building these statements from parts costs several times what the database needs to answer them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.orm import Session

from storage.prepared import connection_of

# Without being told, SQLite would rather walk the primary key than the much shorter index.
_SPOKEN = {
    "sqlite": {
        "?": "?",
        "{listed}": "IN (SELECT value FROM json_each(?))",
        "{position}": "instr",
        "{loose}": "INDEXED BY search_entry_loose",
        "{lock}": "",
    },
    "postgresql": {
        "?": "%s",
        "{listed}": "= ANY(%s::bigint[])",
        "{position}": "strpos",
        "{loose}": "",
        "{lock}": "FOR UPDATE",
    },
}


def run(session: Session, statement: str, *values: Any) -> CursorResult[*tuple[Any, ...]]:
    """Execute *statement* with a value for each `?`, and a list of integers for each `{listed}`.

    `{position}(text, ?)` is the place of a substring, 0 if there is none.
    """
    connection = connection_of(session)
    name = connection.dialect.name
    packed = tuple(json.dumps(value) if _as_json(value, name) else value for value in values)
    return connection.exec_driver_sql(_spoken(statement, name), packed)


def run_many(session: Session, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Execute *statement* for each of *rows*, if there are any."""
    if rows:
        connection = connection_of(session)
        connection.exec_driver_sql(_spoken(statement, connection.dialect.name), list(rows))


def _as_json(value: Any, name: str) -> bool:
    return name == "sqlite" and isinstance(value, list)


@cache
def _spoken(statement: str, name: str) -> str:
    for ours, theirs in _SPOKEN[name].items():
        statement = statement.replace(ours, theirs)
    return statement
