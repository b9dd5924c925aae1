"""Everything kept of one person, over all features, and how it is forgotten."""

import importlib
import json
import pkgutil
from types import ModuleType
from typing import Any

from sqlalchemy import Column, delete, select, update
from sqlmodel import Session, SQLModel, col

from storage import queries
from storage.models.community import Account, Chat
from storage.models.delivery import Inbox, Job, Outbox, Pending
from storage.models.due import Schedule


def keepers() -> list[ModuleType]:
    """The modules of questions that keep something of persons; who the person is comes last."""
    names = sorted(
        (one.name for one in pkgutil.iter_modules(queries.__path__)), key=lambda name: name == "community"
    )
    modules = [importlib.import_module(f"{queries.__name__}.{name}") for name in names]
    return [module for module in modules if hasattr(module, "export") and hasattr(module, "erase")]


def everything_of(session: Session, person_id: int) -> dict[str, Any]:
    """What is kept of the person, by feature, the person first; features that keep nothing are left out."""
    kept = {
        module.__name__.rpartition(".")[2]: module.export(session, person_id)
        for module in reversed(keepers())
    }
    return {feature: content for feature, content in kept.items() if content}


def forget_everything(session: Session, person_id: int) -> list[int]:
    """Erase the person from every table; the ids of their private chats, to go after a last word."""
    accounts = list(session.scalars(select(Account).where(col(Account.person_id) == person_id)))
    private = select(col(Chat.id)).where(col(Chat.person_id) == person_id, col(Chat.private))
    chats = [chat_id for chat_id in session.scalars(private) if chat_id]
    _forget_deliveries(session, person_id)
    for account in accounts:
        _forget_raw(session, account)
    for module in keepers():
        module.erase(session, person_id)
    for chat_id in chats:
        _clear(session, chat_id)
    session.flush()
    return chats


def forget_chat(session: Session, chat_id: int) -> bool:
    """Delete a private chat nobody belongs to; False while something is still to be said there."""
    waiting = select(col(Outbox.id)).where(
        col(Outbox.chat_id) == chat_id, col(Outbox.state).in_(["open", "sending"])
    )
    if session.scalars(waiting.limit(1)).first() is not None:
        return False
    _clear(session, chat_id)
    session.execute(delete(Chat).where(col(Chat.id) == chat_id))
    return True


def _forget_deliveries(session: Session, person_id: int) -> None:
    session.execute(delete(Pending).where(col(Pending.person_id) == person_id))
    session.execute(delete(Job).where(col(Job.person_id) == person_id))
    theirs: Any = col(Schedule.content)["person_id"]
    session.execute(delete(Schedule).where(theirs.as_integer() == person_id))


def _forget_raw(session: Session, account: Account) -> None:
    """Drop stored updates in which the account occurs as a sender, or anywhere else."""
    query = select(Inbox).where(col(Inbox.platform) == account.platform, col(Inbox.raw).is_not(None))
    for row in session.scalars(query):
        if _names(_parsed(row.raw or b""), account.address):
            row.raw, row.error, row.state, row.next_try_at = None, None, "dead", None


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return raw.decode(errors="replace")


def _names(content: Any, address: str) -> bool:
    """Whether *address* is a value anywhere in *content*, by itself or between the signs of XML."""
    match content:
        case dict():
            return any(_names(one, address) for pair in content.items() for one in pair)
        case list():
            return any(_names(one, address) for one in content)
        case str():
            return content == address or f"[{address}]" in content or f">{address}<" in content
        case _:
            return str(content) == address


def _clear(session: Session, chat_id: int) -> None:
    """What hangs on a private chat: deleted where it cannot be without the chat, else cut off from it."""
    for column in _columns_of_chats():
        table = column.table
        if column.nullable and table.name != Job.__tablename__:
            session.execute(update(table).where(column == chat_id).values({column: None}))
        else:
            session.execute(delete(table).where(column == chat_id))


def _columns_of_chats() -> list[Column[Any]]:
    return [
        column
        for table in reversed(SQLModel.metadata.sorted_tables)
        for column in table.columns
        if any(key.target_fullname == "chat.id" for key in column.foreign_keys)
    ]
