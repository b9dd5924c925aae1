"""Who may do what: every role, every command, every kind of chat, from what is registered (test 15)."""

from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from bot.sandbox.world import Chat as Room
from config.texts import message
from handlers import load
from handlers.core.router import Command, Route
from storage.models.community import Account, Member, Role
from storage.models.community import Chat as ChatRow
from tests.chat import Chat, open_chat
from tests.reliability.rows import kept
from tests.settled import settle_in

ROUTER = load()
GUARDED = sorted(
    (one for one in ROUTER.commands.values() if one.role is not Role.ANYONE), key=lambda one: one.name
)
BUTTONS = sorted(
    (one for one in ROUTER.buttons.values() if one.role is not Role.ANYONE), key=lambda one: one.name
)
# A command anybody may use decides for itself; a new one is to be put here on purpose.
OPEN_TO_ALL = {
    "agenda", "help", "join", "language", "leave", "link", "me", "mute", "mydata", "reflect", "setup",
    "start",
}  # fmt: skip
STRANGER, MEMBER, DEPUTY, LEADER = "郑老师", "林老师", "周老师", "王老师"
RANKS = {STRANGER: Role.ANYONE, MEMBER: Role.MEMBER, DEPUTY: Role.DEPUTY, LEADER: Role.LEADER}
NOT_SET_UP = "没有设置过的群"
REFUSALS = {
    "core-anonymous", "core-no-community", "core-no-community-private", "core-join-first",
    "core-leaders-only",
}  # fmt: skip


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[Chat]:
    """A community with a leader, a deputy and members; a second group nobody has set up; a stranger."""
    async with open_chat(tmp_path) as chat:
        await settle_in(chat)
        stranger = chat.world.add_person(STRANGER)
        chat.private(STRANGER).started = True
        chat.group.members[stranger.id] = "member"
        chat.world.add_group(NOT_SET_UP, *RANKS)
        deputy = str(chat.world.person(DEPUTY).id)
        await chat.app.engine.submit(lambda session: promote(session, deputy))
        yield chat


def promote(session: Session, address: str) -> None:
    query = select(Member).join(Account, col(Account.person_id) == col(Member.person_id))
    session.exec(query.where(col(Account.address) == address)).one().role = Role.DEPUTY


def refusal(chat: Chat, words: str) -> str | None:
    """Which refusal *words* are."""
    rendered = {key: message("zh-CN", key, {"community": chat.group.title}) for key in REFUSALS}
    return next((key for key, text in rendered.items() if words.endswith(text)), None)


def expected(role: Role, person: str, room: Room) -> str | None:
    """Deny by default: the refusal that *person* must get in *room*, None when they may."""
    if room.title == NOT_SET_UP:
        return "core-no-community"
    if person == STRANGER:
        return "core-no-community-private" if room.private else "core-join-first"
    needed = Role.DEPUTY if role is Role.LEADER else role
    return None if RANKS[person].rank >= needed.rank else "core-leaders-only"


def rooms(chat: Chat, person: str) -> list[Room]:
    return [chat.group, chat.world.chat(NOT_SET_UP), chat.private(person)]


async def ask(chat: Chat, person: str, room: Room, words: str) -> str:
    chat._mark(room)
    chat.world.say(person, room, words)
    await chat.settle()
    return chat.new(room)


def test_what_is_open_to_everybody_is_so_on_purpose() -> None:
    assert {name for name, one in ROUTER.commands.items() if one.role is Role.ANYONE} == OPEN_TO_ALL


@pytest.mark.parametrize("person", RANKS)
async def test_every_command_keeps_to_its_role(school: Chat, person: str) -> None:
    cases = list(product(GUARDED, rooms(school, person)))
    before = await kept(school)
    for command, room in (case for case in cases if expected(case[0].role, person, case[1])):
        said = await ask(school, person, room, f"/{command.name} 试试")
        assert refusal(school, said) == expected(command.role, person, room), (command.name, said)
    assert await kept(school) == before
    for command, room in (case for case in cases if not expected(case[0].role, person, case[1])):
        said = await ask(school, person, room, f"/{command.name}")
        assert said, command.name
        assert refusal(school, said) is None, (command.name, said)


@pytest.mark.parametrize("title", [None, NOT_SET_UP])
async def test_an_anonymous_administrator_is_nobody(school: Chat, title: str | None) -> None:
    room, before = school.world.chat(title), await kept(school)
    for command in GUARDED:
        school._mark(room)
        school.world.anonymous(room, f"/{command.name} 试试")
        await school.settle()
        assert refusal(school, school.new(room)) == "core-anonymous", command.name
    assert await kept(school) == before


async def test_a_channel_is_not_even_answered(school: Chat) -> None:
    before = await kept(school)
    for number, command in enumerate(ROUTER.commands.values()):
        school.world.raw(from_channel(school.group, number, command))
    await school.settle()
    assert school.posts() == []
    assert await kept(school) == before


def from_channel(group: Room, number: int, command: Command) -> dict[str, object]:
    """A command in the group, written in the name of a channel."""
    channel = {"id": -1009000000001, "type": "channel", "title": "某个频道"}
    author = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    words = f"/{command.name}@yanban_bot"
    entity = {"type": "bot_command", "offset": 0, "length": len(words)}
    content = {"message_id": 9000 + number, "date": 1_795_000_000, "chat": group.shown(), "text": words}
    return {"message": content | {"from": author, "sender_chat": channel, "entities": [entity]}}


async def signed(chat: Chat, room: Room, action: str) -> str:
    """What the data of a true button for *action* would be in *room*."""
    query = select(ChatRow.id).where(col(ChatRow.address) == str(room.id))
    row = await chat.app.engine.submit(lambda session: session.exec(query).one())
    return chat.app.dispatcher.post.signer.sign(action, "1", None, row or 0)


@pytest.mark.parametrize("person", RANKS)
async def test_every_button_keeps_to_its_role(school: Chat, person: str) -> None:
    for room in rooms(school, person):
        await ask(school, person, room, "/help")
    before = await kept(school)
    for room in rooms(school, person):
        denied = [one for one in BUTTONS if expected(one.role, person, room)]
        wanted = {expected(one.role, person, room) for one in denied}
        assert {refusal(school, words) for words in await press(school, person, room, denied)} == wanted
    assert await kept(school) == before


async def press(chat: Chat, person: str, room: Room, buttons: list[Route]) -> list[str]:
    """Press true buttons one after the other; what is said to each, as a notice or in the chat."""
    post, count = chat.posts(room)[0], len(chat.posts(room))
    presses = [
        chat.world.press_data(person, post, await signed(chat, room, button.name)) for button in buttons
    ]
    await chat.settle()
    notices = [str((query.answer or {}).get("text", "")) for query in presses]
    said = [words for words in notices if words] + [post.text for post in chat.posts(room)[count:]]
    assert len(said) == len(buttons)
    return said
