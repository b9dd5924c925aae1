"""Codes in what the bot says, and communities that live outside the group."""

import re
from typing import Any

from sqlmodel import Session, col, select

from bot.sandbox.world import Chat as Room
from storage.models.community import Account, Member, Person
from tests.chat import LEADER, Chat

CODE = re.compile(r"(?<![A-Z0-9])[2-9A-HJKMNP-Z]{6}(?![A-Z0-9])")


def code_in(words: str) -> str:
    """The first code in *words*."""
    found = CODE.search(words)
    assert found is not None, words
    return found[0]


async def join_code(chat: Chat, by: str = LEADER) -> str:
    """The join code, as its leader gets it in the group."""
    await chat.say("/link", by=by)
    return code_in(await chat.press("加入码", by=by))


async def chat_code(chat: Chat, by: str = LEADER) -> str:
    """A code that links one more chat, as it comes to the leader's private chat."""
    await chat.say("/link", by=by)
    await chat.press("再连一个群", by=by)
    return code_in(chat.last(chat.private(by)).text)


async def person_code(chat: Chat, by: str) -> str:
    """A code that links another account of *by*."""
    await chat.tell("/me", by=by)
    return code_in(await chat.press("关联另一个账号", by=by, room=chat.private(by)))


async def say_in(chat: Chat, room: Room, text: str, by: str = LEADER) -> str:
    """Write in another group; what the bot says there."""
    before = len(chat.posts(room))
    chat.world.say(by, room, text)
    await chat.settle()
    return "\n".join(post.text for post in chat.posts(room)[before:])


async def rows(chat: Chat, query: Any) -> list[Any]:
    """What the database answers."""
    return await chat.app.engine.submit(lambda session: list(session.exec(query)))


async def member(chat: Chat, name: str) -> Member | None:
    """The only membership of the person."""
    query = select(Member).join(Person, col(Person.id) == col(Member.person_id))
    found = await rows(chat, query.where(col(Person.name) == name))
    return found[0] if found else None


def account(session: Session, name: str) -> Account:
    """The account with that name."""
    return session.exec(select(Account).where(col(Account.name) == name)).one()
