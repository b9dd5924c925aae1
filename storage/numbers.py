"""Numbers for rows that are added many at a time and must know their own at once."""

from sqlalchemy import Table, func, select
from sqlmodel import Session, SQLModel


def take_numbers(session: Session, model: type[SQLModel], count: int) -> list[int]:
    """The ids of the next *count* rows of *model*, to be added before this transaction adds any others."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    if session.get_bind().dialect.name == "sqlite":
        # Nobody else writes before the commit, and what follows the largest comes next anyway.
        largest: int = session.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        return list(range(largest + 1, largest + 1 + count))
    taken = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
    return list(session.scalars(select(taken).select_from(func.generate_series(1, count))))
