"""Statements composed once and then said straight to the driver.

Composing a statement and finding it in the cache costs several times what the database needs to answer
it; on the way of every message that is most of the time there is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, Table, literal_column
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnClause
from sqlmodel import SQLModel

Values = Mapping[str, Any]
HELD = "connection"
Shape = Callable[[Any], Any]


def hold(session: Session) -> None:
    """Begin the session's transaction, and spare it from being asked for its connection every time."""
    session.info[HELD] = session.connection()


def connection_of(session: Session) -> Connection:
    """The connection of the transaction the session is in."""
    return session.info.get(HELD) or session.connection()


def write_changes(session: Session, *models: type[SQLModel]) -> None:
    """Write what changed in the session if any of it is of *models*: statements would not see it else."""
    if any(isinstance(row, models) for row in (*session.new, *session.dirty)):
        session.flush()


def spelt(value: str | int) -> ColumnClause[Any]:
    """*value*, a constant of ours, as part of the words of a statement.

    For what an index of some rows only (`WHERE state = 'open'`) is chosen by: SQLite prepares a statement
    anew at every use, which takes it thirty times as long, when that hangs on a value handed to it.
    """
    return literal_column(f"'{value}'" if isinstance(value, str) else str(value))


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A statement in the words of one database, and how its driver takes each value."""

    words: str
    names: tuple[str, ...]
    shapes: dict[str, Shape]
    fixed: dict[str, Any]
    positional: bool

    def values(self, given: Values) -> Any:
        shaped = {**self.fixed, **given}
        for name, shape in self.shapes.items():
            shaped[name] = shape(shaped[name])
        return tuple(map(shaped.__getitem__, self.names)) if self.positional else shaped

    def all_values(self, rows: list[Values]) -> list[Any]:
        """The same for many; shaped column by column, which is quicker."""
        columns = [self._column(name, rows) for name in self.names]
        values = list(zip(*columns, strict=True))
        return values if self.positional else [dict(zip(self.names, one, strict=True)) for one in values]

    def _column(self, name: str, rows: list[Values]) -> list[Any]:
        given = [self.fixed[name]] * len(rows) if name in self.fixed else [row[name] for row in rows]
        shape = self.shapes.get(name)
        return [shape(value) for value in given] if shape else given


class Prepared:
    """One statement with named values; every value must be given at each use.

    Called, it gives the driver's cursor, and values as the driver has them; `rows` brings back their types.
    """

    def __init__(self, statement: Executable, columns: Iterable[str] | None = None) -> None:
        self._statement, self._columns = statement, list(columns) if columns is not None else None
        self._spoken: dict[str, _Spoken] = {}
        self._shapes: dict[str, tuple[Shape | None, ...]] = {}

    @classmethod
    def insert(cls, model: type[SQLModel], returning: bool = False, numbered: bool = False) -> "Prepared":
        """Adding a row of *model*.

        Its `id` is left to the database unless it is *numbered*, and is the result when *returning*.
        """
        table: Table = model.__table__  # type: ignore[attr-defined]
        names = [column.name for column in table.columns if numbered or column.name != "id"]
        adding = table.insert()
        return cls(adding.returning(table.columns["id"]) if returning else adding.inline(), names)

    def __call__(self, session: Session, **values: Any) -> Any:
        """Say it once; the driver's cursor, with its rowcount and fetchone()."""
        connection = connection_of(session)
        spoken = self._for(connection.dialect)
        return utter(connection, spoken.words, spoken.values(values))

    def each(self, session: Session, rows: Iterable[Values]) -> int:
        """Say it for each of *rows*, if there are any; how many rows of the database that concerned."""
        connection = connection_of(session)
        spoken = self._for(connection.dialect)
        given = list(rows)
        if not given:
            return 0
        many = len(given) > 1
        values = spoken.all_values(given) if many else spoken.values(given[0])
        return int(utter(connection, spoken.words, values, many).rowcount)

    def rows(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a selection, each value brought back to its column's type."""
        found = self(session, **values).fetchall()
        if not found:
            return []
        columns = zip(self._results(connection_of(session).dialect), zip(*found, strict=True), strict=True)
        return list(zip(*(_shaped(shape, column) for shape, column in columns), strict=True))

    def typed(self, session: Session, row: Iterable[Any]) -> tuple[Any, ...]:
        """One row of the result as the driver has it, each value brought back to its column's type."""
        pairs = zip(self._results(connection_of(session).dialect), row, strict=True)
        return tuple([_shaped(shape, [value])[0] for shape, value in pairs])

    def _for(self, dialect: Dialect) -> _Spoken:
        found = self._spoken.get(dialect.name)
        if found is None:
            found = self._spoken[dialect.name] = self._speak(dialect)
        return found

    def _results(self, dialect: Dialect) -> tuple[Shape | None, ...]:
        found = self._shapes.get(dialect.name)
        if found is None:
            columns = self._statement.selected_columns  # type: ignore[attr-defined]
            types = [column.type.dialect_impl(dialect) for column in columns]
            found = tuple(it.result_processor(dialect, None) for it in types)
            self._shapes[dialect.name] = found
        return found

    def _speak(self, dialect: Dialect) -> _Spoken:
        compiled = self._statement.compile(  # type: ignore[attr-defined]
            dialect=dialect, column_keys=self._columns
        )
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(type(compiled).__name__)
        found = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        shapes: dict[str, Shape] = {
            name: shape for name, it in found.items() if (shape := it.bind_processor(dialect))
        }
        fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        names = compiled.positiontup if compiled.positiontup is not None else list(compiled.binds)
        return _Spoken(str(compiled), tuple(names), shapes, fixed, compiled.positional)


def _shaped(shape: Shape | None, column: Sequence[Any]) -> Sequence[Any]:
    return [None if value is None else shape(value) for value in column] if shape else column


def utter(connection: Connection, words: str, values: Any = (), many: bool = False) -> Any:
    """Say *words* to the driver as they are; its cursor."""
    cursor = connection.connection.cursor()
    dialect = connection.dialect
    errors = dialect.loaded_dbapi.Error
    try:
        cursor.executemany(words, values) if many else cursor.execute(words, values)
    except errors as error:
        # As every other statement fails, so that who handles it need not know how it was said.
        lost = dialect.is_disconnect(error, connection.connection, cursor)
        raise DBAPIError.instance(
            words, None, error, errors, hide_parameters=True, connection_invalidated=lost, dialect=dialect
        ) from error
    return cursor
