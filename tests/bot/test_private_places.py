"""Where a person with several private chats is written to, when not every platform lets us speak first."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.adapters.base import Capabilities
from bot.post import Post
from bot.wording import Wording
from config.texts import say
from handlers.core.answer import Answer
from handlers.core.context import Context
from handlers.core.message import Kind, Message, Place
from storage.models.community import Chat as ChatRow
from storage.models.community import Person
from storage.models.delivery import Talk
from tests.chat import MONDAY, Chat

SHY = Capabilities(can_push=True, push_window=timedelta(hours=48), buttons=False)


@pytest.mark.parametrize(
    ("spoke_last", "words_left", "written_to"),
    [
        ("telegram", 0, "telegram"),
        ("shy", 0, "telegram"),
        ("shy", 3, "shy"),
        ("telegram", 3, "telegram"),
    ],
)
async def test_where_it_arrives(group: Chat, spoke_last: str, words_left: int, written_to: str) -> None:
    own = group.app.dispatcher.post.wording
    wording = Wording(own.signer, {**own.can, "shy": SHY}, own.links)

    def chosen(session: Session) -> list[str]:
        shy = ChatRow(platform="shy", address="lin", private=True, person_id=2)
        session.add(shy)
        session.flush()
        known = {"shy": shy.id, "telegram": 3}
        session.get_one(Person, 2).chat_id = known[spoke_last]
        until = MONDAY + timedelta(hours=1)
        session.add(Talk(chat_id=shy.id or 0, kind="word", until=until, left=words_left))
        session.flush()
        place = Place("x")
        message = Message("telegram", "due:1", Kind.DUE, place, MONDAY)
        ctx = Context(session, message, MONDAY, session.get_one(ChatRow, 1))
        answer = Answer(say("core-nothing"), person=2)
        found = [chat.platform for chat in Post(wording)._chats(ctx, answer)]
        session.rollback()
        return found

    assert await group.app.engine.submit(chosen) == [written_to]
