"""Keeping the index: adding a text, sealing loose ones into a block, taking one out again."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.prepared import Prepared
from storage.search.gather import gather
from storage.search.grams import fold, grams
from storage.search.places import bits, pack, unpack
from storage.search.sealed import close, discard, numbers, open_block, pack_numbers
from storage.search.sql import run, run_many
from storage.search.steps import steps

SEAL_AT = 1024
"""Loose entries of a community above which they become a block; up to 65,535."""

_ASK_EVERY = 32
_SPREAD = 2654435761
_AT_ONCE = 1000

_ADD = Prepared(
    text(
        "INSERT INTO search_entry (community_id, entry_id, text) "
        "VALUES (:community, :entry, :words) ON CONFLICT DO NOTHING"
    )
)
_COUNT = "SELECT count(*) FROM search_entry {loose} WHERE community_id = ? AND block IS NULL"
_REMOVE = "DELETE FROM search_entry WHERE community_id = ? AND entry_id = ? RETURNING block, text"
_TAKE = "UPDATE search_entry SET block = ? WHERE community_id = ? AND block IS NULL RETURNING entry_id, text"
_NOTE = "INSERT INTO search_gram (block, gram, places) VALUES (?, ?, ?)"
_LOOK = "SELECT entries, newest FROM search_block WHERE id = ? {lock}"
_NOTED = "SELECT gram, places FROM search_gram WHERE block = ? AND gram {listed}"
_CHANGE = "UPDATE search_gram SET places = ? WHERE block = ? AND gram = ?"
_UNNOTE = "DELETE FROM search_gram WHERE block = ? AND gram {listed}"
_DISSOLVE = (
    "DELETE FROM search_gram WHERE block IN (SELECT id FROM search_block WHERE community_id = ?)",
    "DELETE FROM search_block WHERE community_id = ?",
    "DELETE FROM search_entry WHERE community_id = ?",
)


def index(session: Session, community_id: int, entry_id: int, words: str) -> None:
    """Make *words* findable in the community under *entry_id* (> 0), in place of what was there."""
    row = {"community": community_id, "entry": entry_id, "words": fold(words)}
    while not _ADD(session, **row).rowcount:
        forget(session, community_id, entry_id)
    # Counting each time would cost more than adding; spread, so that no numbering escapes it.
    if entry_id * _SPREAD % 2**32 < 2**32 // _ASK_EVERY and _loose(session, community_id) >= SEAL_AT:
        seal(session, community_id)


def forget(session: Session, community_id: int, entry_id: int) -> None:
    """Remove an entry and every trace of its words; nothing happens if it is not there."""
    gone = run(session, _REMOVE, community_id, entry_id).one_or_none()
    if gone is not None and gone.block is not None:
        _take_out(session, gone.block, entry_id, gone.text)


def forget_community(session: Session, community_id: int) -> None:
    """Remove everything a community shared."""
    for statement in _DISSOLVE:
        run(session, statement, community_id)


def seal(session: Session, community_id: int) -> None:
    """Turn the loose entries of a community into a block with an inverted index.

    Now and then several blocks become a larger one with it.
    """
    block = open_block(session, community_id)
    # The update is also the lock: a second node that seals at the same time finds nothing left.
    texts = dict(sorted((entry, words) for entry, words in run(session, _TAKE, block, community_id)))
    if not texts:
        discard(session, block)
        return
    run_many(session, _NOTE, _inverted(block, list(texts.values())))
    close(session, block, pack_numbers(list(texts)), max(texts))
    gather(session, community_id)


def _loose(session: Session, community_id: int) -> int:
    return int(run(session, _COUNT, community_id).scalar_one())


def _inverted(block: int, texts: list[str]) -> list[tuple[int, int, bytes]]:
    where: defaultdict[int, list[int]] = defaultdict(list)
    for place, words in enumerate(texts):
        for gram in grams(words):
            where[gram].append(place)
    return [(block, gram, pack(bits(at))) for gram, at in sorted(where.items())]


def _take_out(session: Session, block: int, entry_id: int, words: str) -> None:
    # Locked, because two nodes may take different entries out of the same places.
    entries, newest = run(session, _LOOK, block).one()
    ids = list(numbers(entries))
    place = ids.index(entry_id)
    ids[place] = 0
    for some in steps(sorted(grams(words)), _AT_ONCE):
        _clear(session, block, some, place)
    close(session, block, pack_numbers(ids), newest)
    if not any(ids):
        discard(session, block)


def _clear(session: Session, block: int, some: Sequence[int], place: int) -> None:
    """Take *place* out of some grams of a block; a gram that occurs nowhere else goes with it."""
    rows = run(session, _NOTED, block, list(some))
    left = {gram: unpack(packed) & ~(1 << place) for gram, packed in rows}
    run(session, _UNNOTE, block, [gram for gram, at in left.items() if not at])
    run_many(session, _CHANGE, [(pack(at), block, gram) for gram, at in left.items() if at])
