"""Words after a command, turned into typed arguments.

A parameter annotated `Annotated[T, Parser(...)]` is read from the words; the types below are the usual ones.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints


@dataclass(frozen=True, slots=True)
class Parser:
    """Reads one argument: words in, (value, remaining words) out."""

    read: Callable[[str], tuple[Any, str]]


def _rest(words: str) -> tuple[str, str]:
    return words.strip(), ""


def _word(words: str) -> tuple[str, str]:
    first, _, rest = words.strip().partition(" ")
    return first, rest


def _number(words: str) -> tuple[int | None, str]:
    first, rest = _word(words)
    return (int(first), rest) if first.isascii() and first.isdigit() else (None, words)


Rest = Annotated[str, Parser(_rest)]
Word = Annotated[str, Parser(_word)]
Number = Annotated[int | None, Parser(_number)]


def parsers(function: Callable[..., Any]) -> Sequence[Parser]:
    """The parsers of *function*'s parameters after the context, in order.

    Raises TypeError at import time for a parameter that cannot be read from words.
    """
    hints = get_type_hints(function, include_extras=True)
    names = list(inspect.signature(function).parameters)[1:]
    return [_parser(function, name, hints[name]) for name in names]


def read(wanted: Sequence[Parser], words: str) -> list[Any]:
    """The values of *words* for *wanted*; never fails: what is absent is empty or None."""
    values = []
    for parser in wanted:
        value, words = parser.read(words)
        values.append(value)
    return values


def _parser(function: Callable[..., Any], name: str, hint: Any) -> Parser:
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, Parser):
            return extra
    raise TypeError(f"{function.__qualname__}: {name} cannot be read from words")
