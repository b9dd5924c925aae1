"""One community over several chats."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.sandbox.world import Chat as Room
from storage.models.community import Chat as ChatRow
from storage.models.community import Community
from storage.models.link import Code
from tests.chat import LEADER, Chat
from tests.codes import chat_code, code_in, join_code, member, person_code, rows, say_in


@pytest.fixture
def second(group: Chat) -> Room:
    """Another group, in which 林老师 and 吴老师 are."""
    group.world.add_person("吴老师")
    return group.world.add_group("备课小群", "林老师", "吴老师")


async def connect(chat: Chat, room: Room, by: str = "林老师") -> str:
    """Link *room* to the community."""
    return await say_in(chat, room, f"/link {await chat_code(chat)}", by)


async def test_the_code_for_another_group_comes_to_its_leader_alone(group: Chat) -> None:
    await group.say("/link")
    assert await group.press("再连一个群") == "连接码发到你的私聊里了。"
    assert "24 小时内有效，只能用一次" in group.last(group.private(LEADER)).text


async def test_where_no_private_chat_is_open_it_is_a_notice(chat: Chat) -> None:
    await chat.say("/setup")
    for _ in range(5):
        await chat.press("跳过")
    await chat.say("/link")
    assert (await chat.press("再连一个群")).startswith("连接码：")
    assert "连接码" not in chat.last().text


async def test_a_second_group_shares_everything(group: Chat, second: Room) -> None:
    await group.say("/share https://school.example/folding 折纸学具单 #分数", by="周老师")
    said = await connect(group, second)
    assert said.startswith("这个群现在也是“三年级数学教研组”的群了。")
    assert "折纸学具单" in await say_in(group, second, "/find 折纸", "林老师")
    await group.say("/schedule 周五 16:00 分数教学研讨")
    await group.press("就这样")
    await group.press("参加", by="林老师", room=second)
    for room in (group.group, second):
        assert "来的有 1 位：林老师" in group.post_with("参加", room).text
    assert group.last(group.private(LEADER)).text == "“备课小群”连上了“三年级数学教研组”。"
    assert "林老师：连上了“备课小群”" in await group.say("/log")


async def test_a_digest_goes_to_each_chat_once_in_its_language(group: Chat, second: Room) -> None:
    await connect(group, second)
    await say_in(group, second, "/join", "吴老师")
    await group.say("/roles 副", reply_to=group.world.say("林老师", None, "我来协助"))
    await say_in(group, second, "/language en", "林老师")
    await group.say("/digest")
    await group.say("/schedule 下周三 16:00 分数教学研讨")
    await group.press("就这样")
    before = {room.id: len(group.posts(room)) for room in (group.group, second)}
    await group.until("2026-11-27 17:00")
    told = {room.id: group.posts(room)[before[room.id] :] for room in (group.group, second)}
    assert [len(posts) for posts in told.values()] == [1, 1]
    here, there = (posts[0].text for posts in told.values())
    assert here.splitlines()[0] != there.splitlines()[0]
    assert "Wed" in there


async def test_a_code_works_once_and_for_a_day(group: Chat, second: Room) -> None:
    third = group.world.add_group("第三个群", "周老师")
    code = await chat_code(group)
    assert "连上" not in await say_in(group, second, "/link ABCDEF", "林老师")
    await say_in(group, second, f"/link {code}", "林老师")
    assert (await say_in(group, third, f"/link {code}", "周老师")).startswith("这个码我没认出来")
    code = await chat_code(group)
    await group.wait(timedelta(hours=25))
    assert (await say_in(group, third, f"/link {code}", "周老师")).startswith("这个码我没认出来")


async def test_the_same_group_again_changes_nothing(group: Chat) -> None:
    code = await chat_code(group)
    assert await group.say(f"/link {code}") == "这个群已经在“三年级数学教研组”里了。"
    assert code in [one.word for one in await rows(group, select(Code))]


async def test_a_group_with_a_community_of_its_own_stays_with_it(group: Chat, second: Room) -> None:
    await set_up(group, second)
    await say_in(group, second, "/join", "吴老师")
    code = await chat_code(group)
    said = await say_in(group, second, f"/link {code}", "林老师")
    assert said == "这个群已经有共同体“备课小群”，里面有老师或资料，所以没有改动。"
    chats = await rows(group, select(ChatRow).where(~ChatRow.private))  # type: ignore[arg-type]
    assert [one.community_id for one in chats] == [1, 2]
    assert code in [one.word for one in await rows(group, select(Code))]


async def test_a_community_somebody_has_only_just_begun_gives_way(group: Chat, second: Room) -> None:
    await set_up(group, second)
    assert (await connect(group, second)).startswith("这个群现在也是“三年级数学教研组”的群了。")
    assert "备课小群" not in (await group.tell("/me", by="林老师")).replace("“备课小群”连上", "")


async def set_up(chat: Chat, room: Room) -> None:
    """林老师, who made the group, sets it up."""
    await say_in(chat, room, "/setup", "林老师")
    await chat.press("跳过", by="林老师", room=room)


async def test_a_code_for_a_group_is_not_used_up_in_private(group: Chat, second: Room) -> None:
    code = await chat_code(group)
    assert (await group.tell(f"/link {code}", by="林老师")).startswith("这是连一个群用的码")
    assert "的群了" in await say_in(group, second, f"/link {code}", "林老师")


async def test_a_code_for_an_account_is_not_used_up_in_a_group(group: Chat) -> None:
    code = await person_code(group, "林老师")
    assert (await group.say(f"/link {code}", by="周老师")).startswith("这个码是给你自己用的，请在私聊里")
    assert "这个码是“林老师”的" in await group.tell(f"/link {code}", by="周老师")
    said = await group.press("都是我", by="周老师", room=group.private("周老师"))
    assert said.startswith("这个码在群里出现过")
    assert "林老师" in await group.say("/me", by="林老师")
    asked = group.last(group.private("林老师"))
    assert "要把Telegram（周老师）和你合成一个人" in asked.text
    assert "另一位" in await group.press("是我", by="周老师", post=asked)
    said = await group.press("是我", by="林老师", post=asked)
    assert said.startswith("好，都是你了，林老师。")
    assert "林老师，成员" in await group.say("/me", by="周老师")


async def test_a_join_code_links_nothing(group: Chat, second: Room) -> None:
    code = await join_code(group)
    assert (await say_in(group, second, f"/link {code}", "林老师")).startswith("这个码我没认出来")


async def test_unlinking_asks_first_and_keeps_everything(group: Chat, second: Room) -> None:
    await connect(group, second)
    await group.say("/link")
    assert (await group.press("断开这个群")).startswith("要把“三年级数学教研组”和")
    said = await group.press("确定断开")
    assert said == "“三年级数学教研组”和“三年级数学教研组”断开了。资料、日程和成员都还在。"
    assert "请群主或管理员发 /setup" in await group.say("/agenda", by="周老师")
    assert "王老师：断开了“三年级数学教研组”" in await say_in(group, second, "/log", "林老师")
    assert (await member(group, "周老师")) is not None


async def test_unlinking_another_group_from_private(group: Chat, second: Room) -> None:
    await connect(group, second)
    await group.tell("/link")
    room = group.private(LEADER)
    await group.press("断开“备课小群”", room=room)
    assert "“备课小群”和“三年级数学教研组”断开了" in await group.press("确定断开", room=room)
    assert group.last(second).text.startswith("这个群和“三年级数学教研组”断开了")


async def test_the_last_chat_is_asked_about_plainly(group: Chat) -> None:
    await group.say("/link")
    assert "最后一个能收到消息的地方" in await group.press("断开这个群")
    await group.press("确定断开")
    assert await group.until("2026-12-10 10:00") == ""


async def test_linked_again_what_is_due_begins_anew(group: Chat, second: Room) -> None:
    await group.say("/prompt")
    await group.press("开始发")
    code = await chat_code(group)
    await group.say("/link")
    await group.press("断开这个群")
    await group.press("确定断开")
    await group.until("2026-12-12 10:00")
    await group.tell("/link")
    await group.press("再连一个群", room=group.private(LEADER))
    code = code_in(group.last(group.private(LEADER)).text)
    await say_in(group, second, f"/link {code}", "林老师")
    before = len(group.posts(second))
    await group.until("2026-12-19 10:00")
    assert "反思" in "\n".join(post.text for post in group.posts(second)[before:])


async def test_members_and_strangers_unlink_nothing(group: Chat) -> None:
    await group.say("/link")
    assert "由负责人来做" in await group.press("断开这个群", by="林老师")
    await group.press("断开这个群")
    assert await group.press("确定断开", by="林老师") == "这个按钮是给另一位老师的。"
    (community,) = await rows(group, select(Community))
    assert community.id == 1


async def test_in_english(group: Chat) -> None:
    await group.say("/language en")
    assert "can be used in several places" in await group.say("/link")
    assert "The join code of" in await group.press("Join code")


async def twin(chat: Chat) -> Room:
    """A second group of the same name with namesakes of the first one's teachers in it."""
    return chat.world.add_group(chat.group.title, "林老师", "吴老师")


async def test_two_groups_of_one_name_stay_apart_until_a_code_joins_them(group: Chat, second: Room) -> None:
    room = await twin(group)
    await say_in(group, room, "/setup", "林老师")
    await group.press("跳过", by="林老师", room=room)
    await group.say("/share https://school.example/folding 折纸学具单", by="周老师")
    assert "折纸学具单" not in await say_in(group, room, "/find 折纸", "林老师")
    await group.say("/schedule 周五 16:00 分数教学研讨")
    await group.press("就这样")
    assert "分数教学研讨" not in await say_in(group, room, "/agenda", "林老师")


async def test_groups_of_one_name_are_told_apart_when_one_is_let_go(group: Chat, second: Room) -> None:
    room = await twin(group)
    await connect(group, room)
    said = await group.tell("/link")
    assert "现在的群：三年级数学教研组（1）、三年级数学教研组（2）" in said
    own = group.private(LEADER)
    await group.press("断开“三年级数学教研组（2）”", room=own)
    await group.press("确定断开", room=own)
    assert "还没有设置" in await say_in(group, room, "/agenda", "林老师")
    assert "还没有设置" not in await group.say("/agenda")


async def test_a_code_of_who_leads_no_more_links_nothing(group: Chat, second: Room) -> None:
    await group.say("/roles 副", reply_to=group.world.say("林老师", None, "我来协助"))
    code = await chat_code(group, "林老师")
    await group.tell("/leave", by="林老师")
    assert (await say_in(group, second, f"/link {code}", "林老师")).startswith("这个码我没认出来")
    assert (await say_in(group, second, f"/link {code}", "吴老师")).startswith("这个码我没认出来")


async def test_a_stranger_with_the_code_links_a_group_without_one_and_its_giver_hears(
    group: Chat, second: Room
) -> None:
    code = await chat_code(group)
    assert (await say_in(group, second, f"/link {code}", "吴老师")).startswith("这个群现在也是")
    assert await member(group, "吴老师") is None
    assert group.last(group.private(LEADER)).text == "“备课小群”连上了“三年级数学教研组”。"


async def test_a_code_cannot_be_asked_for_by_a_member(group: Chat) -> None:
    await group.say("/link")
    for button in ("再连一个群", "换加入码", "加入码"):
        assert "由负责人来做" in await group.press(button, by="林老师")
    assert await rows(group, select(Code)) == []


async def test_a_group_with_things_of_its_own_is_not_taken_even_by_its_leader(
    group: Chat, second: Room
) -> None:
    await set_up(group, second)
    await say_in(group, second, "/share https://school.example/own 自己的学具单", "林老师")
    code = await chat_code(group)
    assert "没有改动" in await say_in(group, second, f"/link {code}", "林老师")
    assert "自己的学具单" in await say_in(group, second, "/find 学具", "林老师")
    assert "自己的学具单" not in await group.say("/find 学具")


async def test_let_go_and_linked_again_everything_is_there_and_nothing_twice(
    group: Chat, second: Room
) -> None:
    await connect(group, second)
    await group.say("/share https://school.example/folding 折纸学具单", by="周老师")
    await group.say("/schedule 周五 16:00 分数教学研讨")
    await group.press("就这样")
    await group.press("参加", by="林老师", room=second)
    old = group.post_with("参加", second)
    await say_in(group, second, "/link", LEADER)
    await group.tell("/link")
    await group.press("断开“备课小群”", room=group.private(LEADER))
    await group.press("确定断开", room=group.private(LEADER))
    assert "还没有设置" in await group.press("不能", by="林老师", post=old)
    assert "来的有 1 位：林老师" in group.post_with("参加").text
    before = len(group.posts(second))
    await connect(group, second)
    assert "折纸学具单" in await say_in(group, second, "/find 折纸", "林老师")
    await group.press("不能", by="林老师", post=old)
    assert "来的有" not in group.post_with("参加").text
    assert "来的有" not in old.text
    assert sum("明天见" in post.text for post in group.posts(second)[before:]) == 0
    await group.until("2026-11-26 20:00")
    assert sum("明天见" in post.text for post in group.posts(second)[before:]) == 1


async def test_the_same_code_typed_in_two_groups_at_once_links_one(group: Chat, second: Room) -> None:
    third = group.world.add_group("第三个群", "周老师")
    code = await chat_code(group)
    group.world.say("林老师", second, f"/link {code}")
    group.world.say("周老师", third, f"/link {code}")
    await group.settle()
    told = [group.last(room).text for room in (second, third)]
    assert sum(text.startswith("这个群现在也是") for text in told) == 1
    assert sum(text.startswith("这个码我没认出来") for text in told) == 1
