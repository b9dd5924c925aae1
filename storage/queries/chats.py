"""Chats of very many communities at once, and chats that move to another address."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from storage.alike import groups
from storage.among import among
from storage.models.community import Chat, Member, Person
from storage.models.delivery import Outbox
from storage.prepared import Prepared
from storage.rows import made

_ALIKE = ("platform", "private", "language", "thread")
_SHAPE = [col(getattr(Chat, name)) for name in _ALIKE]
_GROUPS_OF_ALL = Prepared(
    select(col(Chat.id), col(Chat.community_id), *_SHAPE)
    .where(among(col(Chat.community_id), "communities"), col(Chat.active), ~col(Chat.private))
    .order_by(col(Chat.id))
)
_FOLLOWING_ALL = Prepared(
    # Who reads alone reads in their own language.
    select(
        *(col(Chat.id), col(Member.community_id), col(Chat.platform), col(Chat.private)),
        *(col(Person.language), col(Chat.thread)),
    )
    .join(Member, col(Member.chat_id) == col(Chat.id))
    .join(Person, col(Person.id) == col(Member.person_id))
    .where(among(col(Member.community_id), "communities"), col(Chat.active))
    .order_by(col(Chat.id))
)


def chats_of_all(session: Session, communities: Collection[int]) -> list[tuple[Chat, list[tuple[int, int]]]]:
    """The same for all of *communities*: a chat, and (chat, community) of all that are spoken to like it."""
    found = groups(_GROUPS_OF_ALL, session, 2, communities=communities)
    found += groups(_FOLLOWING_ALL, session, 2, communities=communities)
    return [(_chat_like(shape, members[0]), members) for shape, members in found]


def _chat_like(shape: tuple[Any, ...], member: tuple[int, int]) -> Chat:
    own = {"id": member[0], "community_id": member[1], "address": "", "title": ""}
    return made(Chat, **own, **dict(zip(_ALIKE, shape, strict=True)))


def move_chat(session: Session, platform: str, old: str, new: str) -> None:
    """Give the chat at *old* the address *new*, whichever notice of it comes first; idempotent.

    Of two rows the one known longer is the chat; the other was made for the notice itself.
    """
    query = select(Chat).where(col(Chat.platform) == platform, col(Chat.address).in_([old, new]))
    chats = list(session.scalars(query.order_by(col(Chat.id))))
    if not chats:
        return
    for newer in chats[1:]:
        _fold(session, chats[0], newer)
    chats[0].address = new
    session.flush()


def _fold(session: Session, chat: Chat, newer: Chat) -> None:
    chat.community_id = chat.community_id or newer.community_id
    newer.address, newer.active = f"{newer.address} (moved {newer.id})", False
    session.execute(
        update(Outbox)
        .where(col(Outbox.chat_id) == newer.id, col(Outbox.state) == "open")
        .values(chat_id=chat.id)
    )
    session.flush()
