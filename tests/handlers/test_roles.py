"""Who leads, and who may say so."""

import pytest
from sqlmodel import Session, col, select

from storage.models.community import Community, Member, Person, Role
from tests.chat import Chat


async def role_of(chat: Chat, name: str) -> str:
    """The role a person has."""
    query = (
        select(Member).join(Person, col(Person.id) == col(Member.person_id)).where(col(Person.name) == name)
    )
    return await chat.app.engine.submit(lambda session: session.exec(query).one().role.value)


async def test_everybody_sees_who_leads_and_leaders_may_change_it(group: Chat) -> None:
    assert (await group.say("/roles", by="林老师")).startswith("负责人：王老师")
    assert group.buttons() == []
    await group.say("/roles")
    assert group.buttons() == ["改角色"]
    assert await group.press("改角色") == "改哪一位的角色？"
    assert group.buttons() == ["王老师（负责人）", "林老师", "周老师", "何老师", "孙老师"]
    assert await group.press("周老师") == "周老师现在是成员。改成："
    said = await group.press("副负责人")
    assert "副负责人：周老师" in said
    assert "周老师现在是副负责人。" in said
    assert await role_of(group, "周老师") == "deputy"
    assert "王老师：请周老师做副负责人" in await group.say("/log", by="何老师")


async def test_naming_by_a_reply(group: Chat) -> None:
    words = group.world.say("林老师", None, "我可以来")
    assert await group.say("/roles 负责人", reply_to=words) == "林老师现在是负责人。"
    assert await role_of(group, "林老师") == "leader"
    assert await group.say("/roles 成员", by="林老师", reply_to=words) == "林老师现在是成员。"


async def test_a_reply_is_needed_and_a_known_role(group: Chat) -> None:
    assert "请回复那位老师自己写的一句话" in await group.say("/roles 负责人")
    assert "我不认识“校长”这个角色" in await group.say("/roles 校长")
    group.world.add_person("吴老师")
    group.world.join("吴老师")
    words = group.world.say("吴老师", None, "大家好")
    assert "吴老师还没有加入" in await group.say("/roles 副", reply_to=words)


async def test_a_member_names_nobody(group: Chat) -> None:
    words = group.world.say("林老师", None, "我可以来")
    assert "由负责人来做" in await group.say("/roles 负责人", by="林老师", reply_to=words)
    await group.say("/roles")
    assert "由负责人来做" in await group.press("改角色", by="林老师")
    assert await role_of(group, "林老师") == "member"


async def test_a_deputy_does_not_name_leaders(group: Chat) -> None:
    words = group.world.say("林老师", None, "我可以来")
    await group.say("/roles 副", reply_to=words)
    assert "要由负责人自己来做" in await group.say("/roles 负责人", by="林老师", reply_to=words)
    await group.say("/roles", by="林老师")
    await group.press("改角色", by="林老师")
    await group.press("何老师", by="林老师")
    assert group.buttons() == ["副负责人", "返回"]
    await group.press("副负责人", by="林老师")
    assert await role_of(group, "何老师") == "deputy"


async def test_there_is_always_a_leader(group: Chat) -> None:
    words = group.world.say("王老师", None, "我想歇一歇")
    assert "至少要有一位负责人" in await group.say("/roles 成员", reply_to=words)
    assert await role_of(group, "王老师") == "leader"


async def test_long_lists_have_pages(group: Chat) -> None:
    for number in range(9):
        group.world.add_person(f"老师{number}")
        group.world.join(f"老师{number}")
        await group.say("/join", by=f"老师{number}")
    await group.say("/roles")
    await group.press("改角色")
    assert group.buttons()[-1] == "下一页"
    await group.press("下一页")
    assert group.buttons() == [*(f"老师{number}" for number in range(3, 9)), "上一页"]
    await group.press("上一页")
    assert "王老师（负责人）" in group.buttons()


async def test_pressing_twice_changes_nothing_more(group: Chat) -> None:
    await group.say("/roles")
    await group.press("改角色")
    await group.press("周老师")
    data = group.last().buttons[0][1]["callback_data"]
    post = group.last()
    for _ in range(2):
        group.world.press_data("王老师", post, data)
        await group.settle()
    assert (await group.say("/log")).count("周老师") == 1


@pytest.mark.parametrize(
    "arg", ["pick:999", "set:6:leader", "set:2:boss", "set:2:anyone", "nothing", "pick:x"]
)
async def test_signed_nonsense_and_members_of_other_communities_are_not_found(group: Chat, arg: str) -> None:
    def other(session: Session) -> None:
        now = session.exec(select(Community)).one().created_at
        session.add(Community(name="别的", created_at=now))
        session.add(Person(name="外人", created_at=now))
        session.flush()
        session.add(Member(community_id=2, person_id=6, role=Role.MEMBER, joined_at=now))

    await group.app.engine.submit(other)
    await group.say("/roles")
    signer = group.app.dispatcher.post.signer
    query = group.world.press_data("王老师", group.last(), signer.sign("roles", arg, None, 1))
    await group.settle()
    assert query.answer is not None
    assert "过时" in query.answer["text"]
    assert await role_of(group, "外人") == "member"


async def test_in_english(group: Chat) -> None:
    await group.say("/language en")
    assert (await group.say("/roles")).startswith("Leader: 王老师")
    await group.press("Change roles")
    await group.press("林老师")
    assert "林老师 is now a deputy." in await group.press("Deputy")


async def test_a_role_with_a_name_is_told_how_it_goes(group: Chat) -> None:
    for words in ("副 林老师", "林老师 负责人", "leader 林老师"):
        assert (await group.say(f"/roles {words}")).startswith("请回复那位老师自己写的一句话"), words
    assert await group.say("/roles 班长") == "我不认识“班长”这个角色。可以写：负责人、副、成员。"
