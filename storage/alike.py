"""Rows that are alike in all that matters, found as one."""

from collections import defaultdict
from typing import Any

from sqlalchemy.orm import Session

from storage.prepared import Prepared

Group = tuple[tuple[Any, ...], list[tuple[Any, ...]]]


def groups(statement: Prepared, session: Session, own: int, **values: Any) -> list[Group]:
    """What the statement selects, by all columns but the first *own*, which every row has for itself.

    Those first columns are numbers; the others are brought back to their types once for each group.
    """
    found: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in statement(session, **values).fetchall():
        found[row[own:]].append(row[:own])
    return [(statement.typed(session, (*rows[0], *shape))[own:], rows) for shape, rows in found.items()]
