"""Coming into a group, leaving it, and moving with it."""

from collections.abc import Sequence

import pytest
from sqlmodel import Session, col, select

from storage.models.community import Chat as ChatRow
from storage.models.community import Member, Person
from storage.queries.chats import move_chat
from storage.queries.community import add_chat
from tests.chat import Chat


async def members(chat: Chat) -> list[str]:
    """Names of everybody who has joined, sorted."""
    query = select(Person.name).join(Member, col(Member.person_id) == col(Person.id))
    return await chat.app.engine.submit(lambda session: sorted(session.exec(query)))


async def groups(chat: Chat) -> list[tuple[str, bool, int | None]]:
    """Address, whether active, and community of every group chat known."""

    def read(session: Session) -> list[tuple[str, bool, int | None]]:
        rows = session.exec(select(ChatRow).where(~col(ChatRow.private)).order_by(col(ChatRow.id)))
        return [(row.address, row.active, row.community_id) for row in rows]

    return await chat.app.engine.submit(read)


async def added(chat: Chat) -> str:
    """What the bot says when somebody adds it to the first group."""
    before = len(chat.posts())
    chat.world.add_bot()
    await chat.settle()
    return "\n".join(post.text for post in chat.posts()[before:] if not post.service)


async def test_being_added_is_greeted_once_with_a_button(chat: Chat) -> None:
    chat.group.bot = "left"
    said = await added(chat)
    assert said.startswith("大家好，我是研伴")
    assert "群里平常聊天我看不到" in said
    assert chat.buttons() == ["开始设置"]
    chat.world.kick_bot()
    await chat.settle()
    assert [active for _, active, _ in await groups(chat)] == [False]
    assert await added(chat) == ""
    assert [active for _, active, _ in await groups(chat)] == [True]


async def test_a_community_is_not_greeted_again(group: Chat) -> None:
    group.world.kick_bot()
    await group.settle()
    assert [active for _, active, _ in await groups(group)] == [False]
    assert await added(group) == ""
    assert [active for _, active, _ in await groups(group)] == [True]


async def test_who_leaves_the_group_is_no_longer_a_member_and_nothing_is_said(group: Chat) -> None:
    group.world.leave("林老师")
    await group.settle()
    assert group.posts() == []
    assert "林老师" not in await members(group)
    assert len(await members(group)) == 4
    group.world.join("林老师")
    await group.settle()
    assert group.posts() == []
    assert "林老师" not in await members(group)


@pytest.mark.parametrize(("stays", "number"), [(True, 5), (False, 4)])
async def test_another_chat_of_the_community_keeps_the_member(group: Chat, stays: bool, number: int) -> None:
    people = ["王老师", "林老师"] if stays else ["王老师"]
    second = group.world.add_group("备课小群", *people)

    def link(session: Session) -> None:
        add_chat(session, "telegram", str(second.id), False, "备课小群").community_id = 1

    await group.app.engine.submit(link)
    group.world.leave("林老师", group.group)
    await group.settle()
    assert len(await members(group)) == number


@pytest.mark.parametrize(
    "order", [("to", "from"), ("from", "to"), ("to",), ("from",), ("from", "to", "from", "to")]
)
async def test_a_group_keeps_its_community_when_its_address_changes(chat: Chat, order: Sequence[str]) -> None:
    old = chat.world.add_group("数学组", "王老师", kind="group")

    def found(session: Session) -> None:
        add_chat(session, "telegram", str(old.id), False, "数学组")

    await chat.app.engine.submit(found)
    new = chat.world.migrate(old, order=order)
    await chat.settle()
    known = await groups(chat)
    assert known[0][:2] == (str(new.id), True)
    assert all(not active for _, active, _ in known[1:])
    chat.world.say("王老师", new, "/help")
    await chat.settle()
    assert chat.posts(new)


async def test_moving_is_the_same_however_often_it_is_told(group: Chat) -> None:
    def move(session: Session) -> None:
        for _ in range(3):
            move_chat(session, "telegram", str(group.group.id), "-100999")

    await group.app.engine.submit(move)
    assert await groups(group) == [("-100999", True, 1)]


async def test_start_in_private_says_what_is_kept(group: Chat) -> None:
    said = await group.tell("/start", by="林老师")
    assert "你在“三年级数学教研组”里" in said
    assert "只有你自己看得到" in said


async def test_start_in_english(group: Chat) -> None:
    person = group.world.add_person("Ann", "en")
    group.world.tell(person, "/start hello")
    await group.settle()
    assert group.last(group.private("Ann")).text.startswith("Hello, I’m Yanban.")
