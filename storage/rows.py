"""Rows made of a prepared statement's result, which the session follows as if it had loaded them itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Dialect, Table, bindparam, select
from sqlalchemy.orm import Mapper, Session, class_mapper
from sqlalchemy.orm.attributes import instance_state
from sqlmodel import SQLModel

from storage.prepared import Prepared, Shape, connection_of

Row = TypeVar("Row", bound=SQLModel)
Models = Sequence[type[SQLModel]]


def columns_of(model: type[SQLModel]) -> Sequence[Column[Any]]:
    """What to select so that rows of *model*, which has an `id`, can be made of it."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return list(table.columns)


def first(statement: Prepared, session: Session, models: Models, **values: Any) -> list[Any] | None:
    """A row of each of *models*, whose columns the statement selects in their order.

    None where an outer join found nothing; None altogether when there is no result.
    """
    found = statement(session, **values).fetchone()
    return _followed(session, models, found) if found is not None else None


def every(statement: Prepared, session: Session, model: type[Row], **values: Any) -> list[Row]:
    """All rows of *model*, whose columns the statement selects."""
    return [_followed(session, [model], found)[0] for found in statement(session, **values).fetchall()]


def made(model: type[Row], /, **values: Any) -> Row:
    """A row with these values only, that no session follows: to be read."""
    row: Row = class_mapper(model).class_manager.new_instance()
    row.__dict__.update(values)
    return row


def fetch(session: Session, model: type[Row], number: int | None) -> Row | None:
    """The row of *model* with that `id`, as `session.get` finds it."""
    known = session.identity_map.get(class_mapper(model).identity_key_from_primary_key((number,)))
    if known is not None or number is None:
        return known
    found = first(_by_number(model), session, [model], number=number)
    return found[0] if found else None


def fetch_one(session: Session, model: type[Row], number: int) -> Row:
    """The row of *model* with that `id`; raises LookupError where there is none."""
    found = fetch(session, model, number)
    if found is None:
        raise LookupError(f"no {model.__name__} with that id")
    return found


@cache
def _by_number(model: type[SQLModel]) -> Prepared:
    columns = columns_of(model)
    number = next(column for column in columns if column.name == "id")
    return Prepared(select(*columns).where(number == bindparam("number")))


@dataclass(frozen=True, slots=True)
class _Columns:
    """How a model's rows are made of what a driver returns."""

    mapper: Mapper[Any]
    names: tuple[str, ...]
    shapes: tuple[Shape | None, ...]
    number: int

    @classmethod
    def of(cls, model: type[SQLModel], dialect: Dialect) -> "_Columns":
        columns = columns_of(model)
        names = tuple(column.name for column in columns)
        types = [column.type.dialect_impl(dialect) for column in columns]
        shapes = tuple(it.result_processor(dialect, None) for it in types)
        return cls(class_mapper(model), names, shapes, names.index("id"))

    def make(self, session: Session, given: list[Any]) -> Any:
        key = self.mapper.identity_key_from_primary_key((given[self.number],))
        known = session.identity_map.get(key)
        if known is not None:
            return known
        row = self.mapper.class_manager.new_instance()
        row.__dict__.update(
            (name, shape(value) if shape and value is not None else value)
            for name, shape, value in zip(self.names, self.shapes, given, strict=True)
        )
        state = instance_state(row)
        state.key, state.session_id = key, session.hash_key
        session.identity_map.add(state)
        return row


_KNOWN: dict[tuple[type[SQLModel], str], _Columns] = {}


def _followed(session: Session, models: Models, given: Sequence[Any]) -> list[Any]:
    dialect, rest = connection_of(session).dialect, iter(given)
    return [_row(session, dialect, model, rest) for model in models]


def _row(session: Session, dialect: Dialect, model: type[SQLModel], rest: Iterator[Any]) -> Any:
    columns = _KNOWN.get((model, dialect.name))
    if columns is None:
        columns = _KNOWN[model, dialect.name] = _Columns.of(model, dialect)
    given = list(islice(rest, len(columns.names)))
    return None if given[columns.number] is None else columns.make(session, given)
