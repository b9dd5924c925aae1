"""Numbers for rows that are added many at a time and must know their own at once."""

from functools import cache

from sqlalchemy import Integer, Table, bindparam, func, select
from sqlmodel import Session, SQLModel

from storage.prepared import Prepared, connection_of


def take_numbers(session: Session, model: type[SQLModel], count: int) -> list[int]:
    """The ids of the next *count* rows of *model*, to be added before this transaction adds any others."""
    if connection_of(session).dialect.name == "sqlite":
        # Nobody else writes before the commit, and what follows the largest comes next anyway.
        ((largest,),) = _largest(model).rows(session)
        return list(range(largest + 1, largest + 1 + count))
    return [number for (number,) in _next(model).rows(session, count=count)]


@cache
def _largest(model: type[SQLModel]) -> Prepared:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return Prepared(select(func.coalesce(func.max(table.c.id), 0)))


@cache
def _next(model: type[SQLModel]) -> Prepared:
    table: Table = model.__table__  # type: ignore[attr-defined]
    taken = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
    many = func.generate_series(1, bindparam("count", type_=Integer))
    return Prepared(select(taken).select_from(many))
