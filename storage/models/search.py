"""The full-text index: what was shared, and where each pair of characters occurs in it.

Newly shared texts are `loose` and simply read through. About a thousand of them at a time are sealed
into a block, and only blocks have an inverted index. Four blocks of about one size become one, up to
some sixteen thousand entries. See storage/search for the rules.
"""

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

_LOOSE = text("block IS NULL")
_LOOSE_KEY = ("community_id", "entry_id")


class SearchEntry(SQLModel, table=True):
    """One searchable text, folded; `block` is empty while it is loose."""

    __tablename__ = "search_entry"
    __table_args__ = (
        # On PostgreSQL too, as the migration says; naming its word here would load all of its drivers.
        Index("search_entry_loose", *_LOOSE_KEY, sqlite_where=_LOOSE),
        {"sqlite_with_rowid": False},
    )

    community_id: int = Field(primary_key=True, sa_type=BigInteger)
    entry_id: int = Field(primary_key=True, sa_type=BigInteger)
    text: str
    block: int | None = None


class SearchBlock(SQLModel, table=True):
    """Sealed entries of one community, about a thousand or a few times that many.

    `entries` are their numbers, 8 bytes each, little-endian; 0 where one was forgotten.
    `newest` is at least the greatest of them.
    """

    __tablename__ = "search_block"
    __table_args__ = (Index("search_block_newest", "community_id", "newest"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(sa_type=BigInteger)
    newest: int = Field(sa_type=BigInteger)
    entries: bytes


class SearchGram(SQLModel, table=True):
    """The places in a block's `entries` where a gram occurs, packed as storage/search/places.py says."""

    __tablename__ = "search_gram"
    __table_args__ = {"sqlite_with_rowid": False}

    block: int = Field(primary_key=True)
    gram: int = Field(primary_key=True, sa_type=BigInteger)
    places: bytes
