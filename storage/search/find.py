"""Answering a query: loose entries are read, blocks are narrowed down by their grams and then read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from storage.search.grams import Wanted, wanted
from storage.search.places import common, places_of, unpack
from storage.search.sealed import numbers_at
from storage.search.sql import run
from storage.search.steps import portions, steps

_BLOCKS = {"first": 2**13, "factor": 8, "most": 2**19}
_READS_A_LOOK = 2
"""How many entries can be read in the time a gram of a block is looked up and unpacked, about."""
_ENTRIES = {"first": 64, "factor": 4, "most": 4096}

_LOOSE = """SELECT entry_id, text FROM search_entry {loose} WHERE community_id = ? AND block IS NULL
    AND entry_id < ? AND {position}(text, ?) > 0 ORDER BY entry_id DESC"""
# The plus keeps SQLite from walking the whole community in order instead of looking up what is listed.
_LISTED = """SELECT entry_id, text FROM search_entry WHERE community_id = ? AND entry_id {listed}
    AND {position}(text, ?) > 0 ORDER BY +entry_id DESC"""
_NEWEST_BLOCKS = """SELECT id, newest, length(entries) / 8 FROM search_block
    WHERE community_id = ? ORDER BY newest DESC"""
_NUMBERS = "SELECT id, entries FROM search_block WHERE id {listed}"
_EXACT = "SELECT block, places FROM search_gram WHERE block {listed} AND gram {listed}"
_SPAN = "SELECT block, places FROM search_gram WHERE block {listed} AND gram >= ? AND gram < ?"
_HELD = """SELECT id FROM search_block WHERE id {listed}
    AND EXISTS (SELECT 1 FROM search_gram WHERE block = id AND gram >= ? AND gram < ?)"""
_NO_ENTRY = 2**63 - 1


@dataclass(frozen=True)
class Found:
    """A page of hits: entry numbers, newest first, and whether there are more.

    The next page is asked for with `before` = the last of `ids`.
    """

    ids: tuple[int, ...] = ()
    more: bool = False

    @property
    def at_least(self) -> int:
        """How many hits there are for certain, from this page on."""
        return len(self.ids) + self.more


@dataclass
class _Query:
    session: Session
    community_id: int
    wanted: Wanted
    before: int
    enough: int
    hits: list[int] = field(default_factory=list)

    def loose(self) -> Iterator[int]:
        """Hits among the entries that are in no block, newest first, as they are read."""
        return self._read(_LOOSE, self.community_id, self.before)

    def among(self, entries: list[int]) -> Iterator[int]:
        """Hits among *entries*, newest first, as they are read."""
        return self._read(_LISTED, self.community_id, entries)

    def _read(self, statement: str, *values: Any) -> Iterator[int]:
        longest, *others = self.wanted.words
        with run(self.session, statement, *values, longest) as rows:
            yield from (entry for entry, text in rows if all(word in text for word in others))

    def keep(self, found: Iterable[int]) -> None:
        """Take as many hits as can matter; they come newest first."""
        self.hits = sorted([*self.hits, *islice(found, self.enough)], reverse=True)[: self.enough]

    def complete(self, newest: int) -> bool:
        """Whether nothing up to *newest* can still push a hit off the page."""
        return len(self.hits) == self.enough and self.hits[-1] > newest


def search(
    session: Session, community_id: int, words: str, limit: int = 20, before: int | None = None
) -> Found:
    """The newest *limit* entries of a community that contain every one of *words*, older than *before*."""
    query = _Query(session, community_id, wanted(words), before or _NO_ENTRY, limit + 1)
    if not query.wanted.words or limit < 1:
        return Found()
    query.keep(query.loose())
    blocks = run(session, _NEWEST_BLOCKS, community_id).all()
    for some in portions(blocks, itemgetter(2), **_BLOCKS):
        if query.complete(some[0][1]):
            break
        _read_blocks(query, [block for block, *_ in some])
    return Found(tuple(query.hits[:limit]), len(query.hits) > limit)


def _read_blocks(query: _Query, blocks: list[int]) -> None:
    for some in steps(_candidates(query, blocks), **_ENTRIES):
        if query.complete(some[0]):
            break
        query.keep(query.among(list(some)))


def _candidates(query: _Query, blocks: list[int]) -> list[int]:
    """Entries of *blocks* that have all the grams wanted, newest first."""
    found = _narrowed(query, blocks)
    ids: list[int] = []
    for block, packed in run(query.session, _NUMBERS, list(found)).all() if found else ():
        ids += numbers_at(packed, places_of(found[block]))
    return sorted((entry for entry in ids if entry < query.before), reverse=True)


def _narrowed(query: _Query, blocks: list[int]) -> dict[int, int]:
    """The places of each block that survive every gram and span, as bits."""
    left = _with_all(query, dict.fromkeys(blocks, -1), query.wanted.parts)
    joints = query.wanted.joints
    # What joins the parts is asked only where much would be read.
    if joints and sum(map(int.bit_count, left.values())) > _READS_A_LOOK * len(joints) * len(left):
        left = _with_all(query, left, joints)
    for span in _rarest_first(query, left):
        rows = run(query.session, _SPAN, list(left), *span).all()
        left = {block: at for block, union in _union(rows).items() if (at := union & left[block])}
    return left


def _with_all(query: _Query, left: dict[int, int], grams: tuple[int, ...]) -> dict[int, int]:
    """The places of *left* that have all of *grams* too."""
    if not grams or not left:
        return left
    found = _common(run(query.session, _EXACT, list(left), list(grams)).all(), len(grams))
    return {block: at for block, places in found.items() if (at := places & left[block])}


def _rarest_first(query: _Query, left: dict[int, int]) -> list[tuple[int, int]]:
    """The spans, that in the fewest blocks first; blocks that lack one of several are taken out of *left*."""
    seen: dict[tuple[int, int], int] = {}
    for span in query.wanted.spans if len(query.wanted.words) > 1 else ():
        held = set(run(query.session, _HELD, list(left), *span).scalars().all())
        for block in left.keys() - held:
            del left[block]
        seen[span] = len(held)
    return sorted(query.wanted.spans, key=lambda span: seen.get(span, 0))


def _common(rows: Iterable[Any], count: int) -> dict[int, int]:
    """What all *count* grams of a block have in common; blocks that lack one of them are left out."""
    held: dict[int, list[bytes]] = {}
    for block, packed in rows:
        held.setdefault(block, []).append(packed)
    full = ((block, lists) for block, lists in held.items() if len(lists) == count)
    return {block: at for block, lists in full if (at := common(lists))}


def _union(rows: Iterable[Any]) -> dict[int, int]:
    found: dict[int, int] = {}
    for block, packed in rows:
        found[block] = found.get(block, 0) | unpack(packed)
    return found
