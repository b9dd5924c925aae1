"""Full-text search over everything a community shared, Chinese and Latin alike, by substring.

A hit contains every word of the query, compared without case and after NFKC; nothing else is a hit.
The index only narrows down what is read, so results are exact however it is built. It holds no words:
grams are numbers, and `forget` takes them out of the rows they are in.
"""

from sqlalchemy import Connection, Table

from storage.models.search import SearchBlock, SearchEntry, SearchGram
from storage.search.blocks import forget, forget_community, index, seal
from storage.search.find import Found, search
from storage.search.grams import fold

__all__ = ["TABLES", "Found", "create", "fold", "forget", "forget_community", "index", "seal", "search"]

TABLES: tuple[Table, ...] = tuple(
    model.metadata.tables[str(model.__tablename__)] for model in (SearchEntry, SearchBlock, SearchGram)
)


def create(connection: Connection) -> None:
    """Create the tables of the index where they do not exist yet."""
    for table in TABLES:
        table.create(connection, checkfirst=True)
