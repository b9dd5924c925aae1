"""Gathering sealed blocks into larger ones, so that a large community has few of them to look into."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import accumulate, groupby
from operator import itemgetter, or_
from typing import Any

from sqlalchemy.orm import Session

from storage.search.places import pack, unpack
from storage.search.sealed import close, discard, open_block
from storage.search.sql import run, run_many

FEW = 4
"""How many blocks of about one size become one."""
LEVELS = (4096, 16384)
"""Sizes at which a block has grown enough to be left alone by smaller ones; at the last, for good.

A place has 16 bits: four blocks that are each below the last level stay below 65,536.
"""

_SIZES = "SELECT id, length(entries) / 8 AS held FROM search_block WHERE community_id = ? ORDER BY newest"
_MOVE = "UPDATE search_entry SET block = ? WHERE community_id = ? AND block {listed}"
_TAKEN = "SELECT id, entries, newest FROM search_block WHERE id {listed} ORDER BY newest {lock}"
_GRAMS = "SELECT gram, block, places FROM search_gram WHERE block {listed} ORDER BY gram"
_NOTE = "INSERT INTO search_gram (block, gram, places) VALUES (?, ?, ?)"
_UNNOTE = "DELETE FROM search_gram WHERE block {listed}"


def gather(session: Session, community_id: int) -> None:
    """Make one block of every few of the same size, until there are not that many of any size."""
    while some := _alike(run(session, _SIZES, community_id).all()):
        _into_one(session, community_id, some)


def _alike(blocks: Iterable[Any]) -> list[int]:
    """The oldest few blocks of one size; none if there are fewer."""
    sizes: dict[int, list[int]] = {level: [] for level in LEVELS}
    for block, held in blocks:
        level = next((level for level in LEVELS if held < level), None)
        if level:
            sizes[level].append(block)
    return next((alike[:FEW] for alike in sizes.values() if len(alike) >= FEW), [])


def _into_one(session: Session, community_id: int, blocks: list[int]) -> None:
    new = open_block(session, community_id)
    # Entries are taken before their blocks, in the order in which forgetting one takes them.
    run(session, _MOVE, new, community_id, blocks)
    taken = run(session, _TAKEN, blocks).all()
    if not taken:  # by a second node that gathered the same ones meanwhile
        discard(session, new)
        return
    starts = _starts(taken)
    rows = run(session, _GRAMS, list(starts)).all()
    run_many(session, _NOTE, [(new, gram, pack(at)) for gram, at in _moved(rows, starts)])
    run(session, _UNNOTE, list(starts))
    for block in starts:
        discard(session, block)
    close(session, new, b"".join(row.entries for row in taken), max(row.newest for row in taken))


def _starts(taken: Sequence[Any]) -> dict[int, int]:
    """The place in the new block of what had place 0 in each old one."""
    starts = accumulate((len(row.entries) // 8 for row in taken), initial=0)
    return dict(zip((row.id for row in taken), starts, strict=False))


def _moved(rows: Iterable[Any], starts: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Each gram and the bits of its places in the new block."""
    for gram, some in groupby(rows, key=itemgetter(0)):
        yield gram, reduce(or_, (unpack(packed) << starts[block] for _, block, packed in some))
