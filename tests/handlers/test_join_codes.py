"""Joining by code, and a community of followers without a group."""

from datetime import timedelta

import pytest
from sqlmodel import select

from storage.models.community import Community, Role
from storage.models.reflection import Reflection, Visibility
from storage.queries.link import ALPHABET, LENGTH
from tests.chat import LEADER, Chat
from tests.codes import code_in, join_code, member, rows


@pytest.fixture
async def outside(group: Chat) -> Chat:
    """The settled group, and 吴老师, who is not in it."""
    group.world.add_person("吴老师")
    return group


@pytest.mark.parametrize(
    "typed",
    [
        *("加入 {}", "/join {}", "join {lower}", "加入 {spaced}", "／加入　{wide}", "加入{}"),
        *("/start join-{}", "加入码 {}", "加入码：{lower}", "code {}"),
    ],
)
async def test_a_code_is_read_as_people_type_it(outside: Chat, typed: str) -> None:
    code = await join_code(outside)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code)
    forms = {"lower": code.lower(), "spaced": f"{code[:3]} {code[3:]}", "wide": wide}
    said = await outside.tell(typed.format(code, **forms), by="吴老师")
    assert said.startswith("欢迎吴老师加入。\n你现在在“三年级数学教研组”里")
    assert "/leave 随时退出" in said
    assert "你写的反思默认只有你自己看得到" in said


async def test_the_code_alone_is_enough_where_it_can_be_no_word(outside: Chat) -> None:
    code = await join_code(outside)
    while not any(map(str.isdigit, code)):
        await outside.tell("/link")
        code = code_in(await outside.press("换加入码", room=outside.private(LEADER)))
    assert (await outside.tell(code.lower(), by="吴老师")).startswith("欢迎吴老师加入。")


async def test_what_only_looks_like_a_code_is_no_code_and_cannot_be_tried_for_ever(outside: Chat) -> None:
    assert "欢迎" not in await outside.tell("please", by="吴老师")
    for number in range(2, 8):
        assert "码" not in await outside.tell(f"AAAAA{number}", by="吴老师")
    assert "试错好几次" in await outside.tell(f"加入 {await join_code(outside)}", by="吴老师")


async def test_a_code_has_no_sign_that_looks_like_another(group: Chat) -> None:
    code = await join_code(group)
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert not set("0O1IL") & set(ALPHABET)
    assert await join_code(group) == code


async def test_posts_of_the_community_come_to_the_follower_until_they_leave(outside: Chat) -> None:
    await outside.tell(f"加入 {await join_code(outside)}", by="吴老师")
    room = outside.private("吴老师")
    await outside.say("/schedule 周五 16:00 分数教学研讨")
    await outside.press("就这样")
    assert outside.last(room).text.startswith("分数教学研讨")
    await outside.press("参加", by="吴老师", room=room)
    assert "来的有 1 位：吴老师" in outside.last(room).text
    assert "吴老师" in outside.post_with("参加").text
    assert (await outside.tell("/leave", by="吴老师")).startswith(
        "你已退出“三年级数学教研组”，没有告诉别人，那里"
    )
    before = len(outside.posts(room))
    await outside.until("2026-11-27 17:00")
    assert len(outside.posts(room)) == before


async def test_who_joins_in_the_group_reads_the_posts_there(outside: Chat) -> None:
    await outside.tell(f"加入 {await join_code(outside)}", by="吴老师")
    follower = await member(outside, "吴老师")
    assert follower is not None
    assert follower.chat_id is not None
    outside.world.join("吴老师")
    await outside.settle()
    follower = await member(outside, "吴老师")
    assert follower is not None
    assert follower.chat_id is None
    code = await join_code(outside)
    assert await outside.tell(f"加入 {code}", by="吴老师") == "你已经在“三年级数学教研组”里了。"


async def test_who_speaks_in_the_group_reads_the_posts_there(outside: Chat) -> None:
    await outside.tell(f"加入 {await join_code(outside)}", by="吴老师")
    outside.group.members[outside.world.person("吴老师").id] = "member"
    await outside.say("/agenda", by="吴老师")
    follower = await member(outside, "吴老师")
    assert follower is not None
    assert follower.chat_id is None


async def test_joining_in_the_group_by_button_ends_following_too(outside: Chat) -> None:
    await outside.tell(f"加入 {await join_code(outside)}", by="吴老师")
    outside.group.members[outside.world.person("吴老师").id] = "member"
    assert await outside.say("/join", by="吴老师") == "你已经在“三年级数学教研组”里了。"
    follower = await member(outside, "吴老师")
    assert follower is not None
    assert follower.chat_id is None


async def test_a_code_in_the_group_is_for_private(outside: Chat) -> None:
    code = await join_code(outside)
    assert (await outside.say(f"/join {code}", by="林老师")).startswith("加入码请私聊发给我")


async def test_wrong_codes_are_answered_alike_and_not_for_ever(outside: Chat) -> None:
    code = await join_code(outside)
    await outside.tell("/me", by="林老师")
    private = code_in(await outside.press("关联另一个账号", by="林老师", room=outside.private("林老师")))
    first = await outside.tell("加入 AAAAAA", by="吴老师")
    assert first.startswith("这个码我没认出来")
    for wrong in (private, "AAAAAB", "AAAAAC", "AAAAAD"):
        assert await outside.tell(f"加入 {wrong}", by="吴老师") == first
    assert (await outside.tell(f"加入 {code}", by="吴老师")).startswith("已经试错好几次了")
    assert await member(outside, "吴老师") is None
    await outside.wait(timedelta(minutes=61))
    assert (await outside.tell(f"加入 {code}", by="吴老师")).startswith("欢迎吴老师加入。")


async def test_words_that_cannot_be_a_code_are_not_counted(outside: Chat) -> None:
    for _ in range(7):
        assert (await outside.tell("加入 你们", by="吴老师")).startswith("这个码我没认出来")
    assert (await outside.tell(f"加入 {await join_code(outside)}", by="吴老师")).startswith("欢迎")


async def test_a_changed_code_leads_nowhere_any_more(outside: Chat) -> None:
    old = await join_code(outside)
    new = code_in(await outside.press("换加入码"))
    assert new != old
    assert (await outside.tell(f"加入 {old}", by="吴老师")).startswith("这个码我没认出来")
    assert (await outside.tell(f"加入 {new}", by="吴老师")).startswith("欢迎")
    assert "王老师：换了加入码" in await outside.say("/log")


async def test_only_leaders_see_the_code(group: Chat) -> None:
    assert (await group.say("/link", by="林老师")).startswith("这里可以填码")
    await group.say("/link")
    assert "由负责人来做" in await group.press("加入码", by="林老师")


async def found(chat: Chat, by: str = LEADER) -> str:
    """A community without a group; its join code."""
    said = await chat.tell("/setup 城南语文共读", by=by)
    assert said.endswith("“城南语文共读”建好了，你是负责人。下面几步都可以跳过。")
    for _ in range(5):
        said = await chat.press("跳过", by=by, room=chat.private(by))
    return code_in(said)


async def test_plain_setup_in_private_explains_both_ways(chat: Chat) -> None:
    said = await chat.tell("/setup")
    assert "把我加进群" in said
    assert "“/setup 名字”" in said


async def test_a_community_is_founded_in_private(chat: Chat) -> None:
    code = await found(chat)
    (community,) = await rows(chat, select(Community))
    assert (community.name, community.language) == ("城南语文共读", "zh-CN")
    leader = await member(chat, LEADER)
    assert leader is not None
    assert leader.role is Role.LEADER
    assert "你现在在“城南语文共读”里" in await chat.tell(f"加入 {code}", by="林老师")
    assert (await chat.tell("/setup")).startswith("1/5")
    await chat.press("English", room=chat.private(LEADER))
    (community,) = await rows(chat, select(Community))
    assert community.language == "en"


async def test_names_that_are_none(chat: Chat) -> None:
    assert "1 到 40 个字" in await chat.tell("/setup " + "读" * 41)
    assert await rows(chat, select(Community)) == []


async def test_everything_due_comes_to_followers_once(chat: Chat) -> None:
    code = await found(chat)
    await chat.tell(f"加入 {code}", by="林老师")
    await chat.tell("/prompt")
    await chat.press("开始发", room=chat.private(LEADER))
    await chat.tell("/schedule 下周五 16:00 共读第三章")
    await chat.press("就这样", room=chat.private(LEADER))
    await chat.until("2026-12-05 10:00")
    for name in (LEADER, "林老师"):
        texts = [post.text for post in chat.posts(chat.private(name))]
        for due in ("本周反思", "这一周", "还有 30 分钟", "明天"):
            assert sum(due in text for text in texts) >= 1, (due, texts)


async def test_a_community_that_had_nobody_begins_again_with_its_first_follower(chat: Chat) -> None:
    code = await found(chat)
    await chat.tell("/prompt")
    await chat.press("开始发", room=chat.private(LEADER))
    await chat.tell("/leave")
    await chat.until("2026-12-20 10:00")
    before = len(chat.posts(chat.private("林老师")))
    await chat.tell(f"加入 {code}", by="林老师")
    await chat.until("2026-12-27 10:00")
    assert len(chat.posts(chat.private("林老师"))) == before + 2


async def test_a_follower_is_reminded_once_and_asked_in_their_own_language(outside: Chat) -> None:
    await outside.tell(f"加入 {await join_code(outside)}", by="吴老师")
    await outside.tell("/language en", by="吴老师")
    await outside.say("/prompt")
    await outside.press("开始发")
    await outside.say("/schedule 周五 16:00 分数教学研讨")
    await outside.press("就这样")
    room = outside.private("吴老师")
    await outside.press("Remind me", by="吴老师", room=room)
    before = len(outside.posts(room))
    await outside.until("2026-11-27 15:45")
    told = [post.text for post in outside.posts(room)[before:]]
    assert sum("In 30 minutes" in text for text in told) == 1, told
    (asked,) = (text for text in told if "This week’s question" in text)
    assert "share with everybody" not in asked
    question = next(post for post in reversed(outside.posts(room)) if post.text == asked)
    assert "only you" in (await outside.tell("只给自己的一句", by="吴老师", reply_to=question)).casefold()
    (note,) = await rows(outside, select(Reflection))
    assert (note.visibility, note.said_in) == (Visibility.SELF, None)


async def test_a_shared_reflection_is_taken_back_from_followers_too(outside: Chat) -> None:
    await outside.tell(f"加入 {await join_code(outside)}", by="吴老师")
    room, lin = outside.private("吴老师"), outside.private("林老师")
    await outside.tell("/reflect 出题的是学生", by="林老师")
    await outside.press("给全体", by="林老师", room=lin)
    assert "出题的是学生" in outside.last(room).text
    shared = outside.last(room)
    await outside.tell("/mute 3天", by="吴老师")
    await outside.press("只留给自己", by="林老师", room=lin)
    assert "出题的是学生" not in shared.text


async def test_a_card_of_another_community_can_be_answered_in_private(chat: Chat) -> None:
    first = await found(chat)
    await chat.tell(f"加入 {first}", by="林老师")
    await chat.tell("/schedule 周五 16:00 共读第三章")
    await chat.press("就这样", room=chat.private(LEADER))
    await chat.tell("/setup 另一个读书会", by="林老师")
    room = chat.private("林老师")
    await chat.press("参加", by="林老师", room=room)
    assert "来的有 1 位：林老师" in chat.post_with("参加", room).text
    assert "另一个读书会" in await chat.tell("/start", by="林老师")


async def test_words_after_setup_without_a_slash_found_nothing(group: Chat) -> None:
    said = await group.tell("设置 提醒", by="林老师")
    assert said == "要建一个叫“提醒”的共同体，请发“/setup 提醒”。"
    assert "提醒" not in await group.tell("我", by="林老师")
