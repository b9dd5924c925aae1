"""What a community has in the database, to see whether something changed it."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from tests.chat import Chat

# What every message leaves behind, whoever wrote it: not what a community decided or keeps.
TRACES = {"inbox", "outbox", "card", "bucket", "pending", "job", "account", "person", "chat"}


def domain(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that holds what a community decided or keeps."""
    tables = (table for table in SQLModel.metadata.sorted_tables if table.name not in TRACES)
    return {
        table.name: sorted((tuple(row) for row in session.connection().execute(select(table))), key=repr)
        for table in tables
    }


async def kept(chat: Chat) -> dict[str, list[tuple[Any, ...]]]:
    """The same, of a running bot."""
    return await chat.app.engine.submit(domain)
