"""Which language is spoken where."""

from tests.chat import Chat


async def test_in_private_everybody_chooses_their_own(group: Chat) -> None:
    assert await group.tell("/language English", by="林老师") == "All right, English in private from now on."
    said = await group.tell("/language", by="林老师")
    assert said == "Which language would you like? It is English now."
    assert await group.press("中文", by="林老师", room=group.private("林老师")) == "好，以后在私聊里用中文。"


async def test_the_groups_language_is_for_leaders(group: Chat) -> None:
    assert "由负责人来选" in await group.say("/language en", by="林老师")
    assert group.last().buttons[0][0]["url"].endswith("?start=language")
    assert await group.say("/language") == "这个群用哪种语言？现在是中文。"
    assert "由负责人来选" in await group.press("English", by="林老师")
    assert "in this group from now on" in await group.press("English")
    assert "changed the group’s language to English" in await group.say("/log", by="林老师")


async def test_a_language_not_spoken_yet(group: Chat) -> None:
    assert "我还不会“法语”" in await group.tell("/language 法语", by="林老师")


async def test_a_group_that_is_not_set_up(chat: Chat) -> None:
    assert "还没有设置" in await chat.say("/language en", by="林老师")


async def test_the_link_from_the_group_leads_to_the_choice(group: Chat) -> None:
    assert await group.tell("/start language", by="林老师") == "你想用哪种语言？现在是中文。"
