"""Who I am here."""

from datetime import UTC, datetime

from sqlmodel import Session

from storage.models.community import Community, Member
from tests.chat import Chat


async def test_in_private_all_of_it(group: Chat) -> None:
    said = await group.tell("/me", by="林老师")
    assert "你的名字：林老师" in said
    assert "共同体：三年级数学教研组（成员），私聊里说的就是这里" in said
    assert "语言：中文，时间按北京时间" in said
    assert "没有静音" in said
    assert "谁能看到什么" in said
    assert group.buttons(group.private("林老师")) == ["关联另一个账号", "存了我的什么"]


async def test_in_the_group_only_what_everybody_knows(group: Chat) -> None:
    assert await group.say("/me", by="林老师") == "林老师，成员。其余的在私聊里看。"
    assert group.last().buttons[0][0]["url"].endswith("?start=me")
    assert "你的名字：林老师" in await group.tell("/start me", by="林老师")


async def test_a_name_is_corrected_and_stays(group: Chat) -> None:
    assert await group.tell("/me 林敏", by="林老师") == "好，以后称你“林敏”。"
    group.world.person("林老师").username = "lin_min"
    assert "林敏，成员" in await group.say("/me", by="林老师")


async def test_without_a_slash_it_is_asked_whether_that_is_a_name(group: Chat) -> None:
    assert await group.tell("我 林敏", by="林老师") == "要我以后称你“林敏”吗？"
    room = group.private("林老师")
    assert await group.press("就这么称呼", by="林老师", room=room) == "好，以后称你“林敏”。"
    assert await group.press("就这么称呼", by="林老师", room=room) == "这个按钮已经过时了，请看最新的一条。"
    await group.tell("我 今天有点累", by="林老师")
    assert "没看懂" in await group.tell("改作业改到十点", by="林老师")
    await group.tell("我 今天有点累", by="林老师")
    assert await group.tell("不是", by="林老师") == "好，先不做了。"
    await group.tell("me too", by="何老师")
    assert "你的名字：林敏" in await group.tell("我", by="林老师")
    assert await group.tell("我 小林老师", by="林老师") == "要我以后称你“小林老师”吗？"
    assert await group.tell("好的", by="林老师") == "好，以后称你“小林老师”。"


async def test_names_that_are_none(group: Chat) -> None:
    assert "1 到 40 个字" in await group.tell("/me " + "林" * 41, by="林老师")
    assert "1 到 40 个字" in await group.tell("/me \u200b\u202e", by="林老师")
    assert "林老师，成员" in await group.say("/me", by="林老师")


async def test_markup_in_a_name_is_only_a_name(group: Chat) -> None:
    assert await group.tell("/me <b>林</b> & 敏", by="林老师") == "好，以后称你“<b>林</b> & 敏”。"


async def test_switching_between_communities(group: Chat) -> None:
    def second(session: Session) -> None:
        now = datetime(2026, 9, 1, tzinfo=UTC)
        session.add(Community(name="读书会", zone="Europe/London", created_at=now))
        session.flush()
        session.add(Member(community_id=2, person_id=2, joined_at=now))

    await group.app.engine.submit(second)
    room = group.private("林老师")
    await group.tell("/me", by="林老师")
    said = await group.press("换到“读书会”", by="林老师", room=room)
    assert "读书会（成员），私聊里说的就是这里" in said
    assert "时间按伦敦时间" in said
    assert "换到“三年级数学教研组”" in group.buttons(room)


async def test_a_community_one_is_not_in_cannot_be_chosen(group: Chat) -> None:
    await group.tell("/me", by="林老师")
    post = group.last(group.private("林老师"))
    signer = group.app.dispatcher.post.signer
    for arg in ("99", "x", ""):
        for chat_id in range(1, 8):
            group.world.press_data("林老师", post, signer.sign("me", arg, None, chat_id))
    await group.settle()
    assert "三年级数学教研组（成员），私聊" in await group.tell("/me", by="林老师")


async def test_somebody_new(group: Chat) -> None:
    group.world.add_person("吴老师")
    assert "你还没有加入共同体" in await group.tell("/me", by="吴老师")


async def test_in_english(group: Chat) -> None:
    await group.tell("/language en", by="林老师")
    assert "Community: 三年级数学教研组 (member)" in await group.tell("/me", by="林老师")
