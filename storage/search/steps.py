"""Slices that grow, since most questions are answered by the first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def steps(items: Sequence[Item], first: int, factor: int = 1, most: int = 2**15) -> Iterator[Sequence[Item]]:
    """*items* in slices of *first*, then *factor* times as many, and so on up to *most* at a time."""
    start = 0
    while start < len(items):
        yield items[start : start + first]
        start, first = start + first, min(first * factor, most)


def portions(
    items: Iterable[Item], size: Callable[[Item], int], first: int, factor: int, most: int
) -> Iterator[list[Item]]:
    """The same where items differ in *size*: a portion ends with the item that fills it."""
    held: list[Item] = []
    for item in items:
        held.append(item)
        if sum(map(size, held)) >= first:
            yield held
            held, first = [], min(first * factor, most)
    if held:
        yield held
