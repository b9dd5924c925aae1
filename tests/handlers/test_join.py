"""Joining and leaving as it is lived."""

import pytest
from sqlmodel import Session, col, select

from storage.models.community import Account, Member, Person
from tests.chat import LEADER, Chat
from tests.settled import TEACHERS


async def members(chat: Chat) -> list[str]:
    """Names of everybody who has joined, in order."""
    query = select(Person.name).join(Member, col(Member.person_id) == col(Person.id)).order_by(col(Member.id))
    return await chat.app.engine.submit(lambda session: list(session.exec(query)))


async def put_out(chat: Chat, *names: str) -> None:
    """Make *names* no members, as if they had never joined."""

    def delete(session: Session) -> None:
        for name in names:
            person = session.exec(select(Person).where(col(Person.name) == name)).one()
            session.delete(session.exec(select(Member).where(col(Member.person_id) == person.id)).one())

    await chat.app.engine.submit(delete)


@pytest.fixture
async def newcomer(group: Chat) -> Chat:
    """The settled group, with 林老师 in the chat but not in the community."""
    await put_out(group, "林老师")
    return group


async def test_joining_is_one_short_welcome_with_the_way_to_the_private_chat(newcomer: Chat) -> None:
    said = await newcomer.say("/join", by="林老师")
    assert said.startswith("欢迎林老师加入。")
    assert "你写的反思默认只有你自己看得到" in said
    link = newcomer.last().buttons[0][0]
    assert (link["text"], link["url"]) == ("打开私聊", "https://t.me/yanban_bot?start=hello")
    assert "林老师" in await members(newcomer)
    assert await newcomer.say("/join", by="林老师") == "你已经在“三年级数学教研组”里了。"


async def test_joining_by_the_button_of_the_summary(newcomer: Chat) -> None:
    await newcomer.say("/setup")
    for _ in range(5):
        await newcomer.press("跳过")
    assert "欢迎林老师加入。" in await newcomer.press("加入", by="林老师")
    assert await newcomer.press("加入", by="林老师") == "你已经在里面了。"
    assert (await members(newcomer)).count("林老师") == 1


async def test_joining_goes_on_with_what_was_wanted(newcomer: Chat) -> None:
    assert "需要先加入“三年级数学教研组”" in await newcomer.say("/roles", by="林老师")
    asked = newcomer.last()
    said = await newcomer.press("加入并继续", by="林老师")
    assert said.startswith("林老师加入了，接着刚才的事。")
    assert "负责人：王老师" in said
    query = newcomer.world.press("林老师", asked, "加入并继续")
    await newcomer.settle()
    assert query.answer is not None
    assert (await members(newcomer)).count("林老师") == 1


async def test_what_is_wrong_with_the_wish_does_not_undo_the_joining(newcomer: Chat) -> None:
    await newcomer.say("/roles 校长", by="林老师")
    said = await newcomer.press("加入并继续", by="林老师")
    assert "我不认识“校长”这个角色" in said
    assert "林老师" in await members(newcomer)


async def test_the_invitation_is_for_one_teacher(newcomer: Chat) -> None:
    await newcomer.say("/roles", by="林老师")
    assert await newcomer.press("加入并继续", by="周老师") == "这个按钮是给另一位老师的。"
    assert "林老师" not in await members(newcomer)


async def test_a_removed_members_button_no_longer_counts(group: Chat) -> None:
    await group.say("/roles")
    await put_out(group, LEADER)
    said = await group.press("改角色")
    assert "需要先加入" in said


async def test_joining_in_private_is_answered_kindly(group: Chat) -> None:
    assert (
        await group.tell("/join", by="林老师")
        == "你在“三年级数学教研组”里。要加入另一个，请到那个群里发 /join；有加入码的，发“加入 加入码”。"
    )
    group.world.add_person("吴老师")
    assert "请到你的教研群里发 /join" in await group.tell("/join", by="吴老师")


async def test_a_group_that_is_not_set_up(chat: Chat) -> None:
    assert "请群主或管理员发 /setup" in await chat.say("/join", by="林老师")


async def test_somebody_anonymous_cannot_join(group: Chat) -> None:
    for words in ("/join", "/leave", "/me", "/mute", "/language", "/mydata"):
        group.world.anonymous(None, words)
        await group.settle()
        assert group.last().text.startswith("现在是匿名身份"), words


async def test_leaving_is_told_to_nobody_else(group: Chat) -> None:
    before = len(group.posts())
    assert await group.say("/leave", by="林老师") == ""
    assert len(group.posts()) == before
    assert group.last(group.private("林老师")).text.startswith("你已退出“三年级数学教研组”，没有告诉别人。")
    assert "林老师" not in await members(group)
    assert "你现在不在共同体里" in await group.say("/leave", by="林老师")


async def test_who_never_opened_the_private_chat_gets_a_neutral_word(newcomer: Chat) -> None:
    newcomer.world.add_person("吴老师")
    newcomer.world.join("吴老师")
    await newcomer.say("/join", by="吴老师")
    assert await newcomer.say("/leave", by="吴老师") == "好的。"
    assert "吴老师" not in await members(newcomer)


async def test_who_is_muted_is_not_written_to_in_private(group: Chat) -> None:
    await group.say("/mute 3天", by="林老师")
    assert await group.say("/leave", by="林老师") == "好的。"
    assert group.posts(group.private("林老师")) == []


async def test_leaving_in_private(group: Chat) -> None:
    assert "你已退出" in await group.tell("退出", by="林老师")
    assert "林老师" not in await members(group)


async def test_the_last_leader_names_another_first(group: Chat) -> None:
    assert "唯一的负责人" in await group.say("/leave")
    assert LEADER in await members(group)
    await group.press("选一位负责人")
    await group.press("林老师")
    await group.press("负责人")
    await group.say("/leave")
    assert LEADER not in await members(group)


async def test_who_is_alone_may_always_leave(group: Chat) -> None:
    for name in TEACHERS:
        await group.say("/leave", by=name)
    await group.say("/leave")
    assert await members(group) == []


async def test_in_english(newcomer: Chat) -> None:
    await newcomer.say("/language en")
    assert (await newcomer.say("/join", by="林老师")).startswith("Welcome, 林老师.")
    await newcomer.tell("/language en", by="林老师")
    await newcomer.say("/leave", by="林老师")
    assert newcomer.last(newcomer.private("林老师")).text.startswith("You have left “三年级数学教研组”")


async def test_leaving_keeps_the_person_until_they_erase_themselves(group: Chat) -> None:
    await group.say("/leave", by="林老师")
    accounts = await group.app.engine.submit(
        lambda session: [account.name for account in session.exec(select(Account))]
    )
    assert "林老师" in accounts


async def test_talk_that_begins_like_the_command_leaves_nothing(group: Chat) -> None:
    for words in ("leave it to me", "退出 全屏怎么按"):
        assert (await group.tell(words, by="林老师")).startswith("发 /leave 就退出了")
    assert "林老师，成员" in await group.say("/me", by="林老师")
    assert (await group.tell("退出", by="林老师")).startswith("你已退出“三年级数学教研组”")
