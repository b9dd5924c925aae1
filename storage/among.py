"""One of very many values, in a statement that is composed once however many there are."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Dialect, String, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class Many(TypeDecorator[Collection[Any]]):
    """Numbers, or words when they are of a String column, handed over as one value."""

    impl = String
    cache_ok = True

    def __init__(self, one: type[String] | type[BigInteger]) -> None:
        super().__init__()
        self.one = one

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(self.one()))

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        values = list(value or ())
        return json.dumps(values) if dialect.name == "sqlite" else values


class _Each(FunctionElement[Any]):
    """A row for each of the values; each database has its own word for that."""

    inherit_cache = True


def among(column: Any, name: str) -> ColumnElement[bool]:
    """Whether *column* is among the numbers or words that a `Prepared` statement is given as *name*."""
    one = BigInteger if column.type.python_type is int else String
    # On PostgreSQL the only column is called as the whole.
    given = _Each(bindparam(name, type_=Many(one))).table_valued("value", name="value")
    found: ColumnElement[bool] = column.in_(select(given.c.value))
    return found


@compiles(_Each, "sqlite")
def _in_sqlite(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Each, "postgresql")
def _in_postgresql(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"unnest({compiler.process(element.clauses, **options)})"
