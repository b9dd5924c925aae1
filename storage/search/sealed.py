"""The row of a sealed block: opened empty, closed with the numbers of its entries, thrown away."""

import struct
from collections.abc import Sequence

from sqlalchemy.orm import Session

from storage.search.sql import run

_OPEN = "INSERT INTO search_block (community_id, newest, entries) VALUES (?, 0, ?) RETURNING id"
_CLOSE = "UPDATE search_block SET entries = ?, newest = ? WHERE id = ?"
_DISCARD = "DELETE FROM search_block WHERE id = ?"
_NUMBER = struct.Struct("<q")


def open_block(session: Session, community_id: int) -> int:
    """A block without entries; its number."""
    return int(run(session, _OPEN, community_id, b"").scalar_one())


def close(session: Session, block: int, entries: bytes, newest: int) -> None:
    """Note the *entries* of a block, packed, and a number that is at least the greatest of them."""
    run(session, _CLOSE, entries, newest, block)


def discard(session: Session, block: int) -> None:
    run(session, _DISCARD, block)


def pack_numbers(ids: Sequence[int]) -> bytes:
    """Entry numbers as a block keeps them."""
    return struct.pack(f"<{len(ids)}q", *ids)


def numbers(entries: bytes) -> tuple[int, ...]:
    """The entry numbers packed in a block."""
    return struct.unpack(f"<{len(entries) // 8}q", entries)


def numbers_at(entries: bytes, places: list[int]) -> list[int]:
    """The entry numbers at some places of a block; unpacking them all would take longer."""
    return [_NUMBER.unpack_from(entries, place * 8)[0] for place in places]
