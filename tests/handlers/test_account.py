"""One person with several accounts: linked by a private code, never by a name, and parted again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models.community import Account, Member, Person, Role
from storage.models.community import Chat as ChatRow
from storage.models.link import Code
from storage.models.reflection import Reflection
from tests.chat import LEADER, Chat
from tests.codes import account, join_code, person_code, rows

SECOND = "林敏"


@pytest.fixture
async def two(group: Chat) -> Chat:
    """The settled group; 林老师 has a second account there that is not known to be hers."""
    group.world.add_person(SECOND)
    await group.tell("你好", by=SECOND)
    return group


async def become_one(chat: Chat) -> str:
    """Link 林敏 to 林老师."""
    code = await person_code(chat, "林老师")
    await chat.tell(f"关联 {code}", by=SECOND)
    return await chat.press("都是我", by=SECOND, room=chat.private(SECOND))


async def change(chat: Chat, what: Callable[[Session], None]) -> None:
    """Let something be so in the database."""
    await chat.app.engine.submit(what)


async def test_the_code_is_private_and_says_so(two: Chat) -> None:
    await two.tell("/me", by="林老师")
    said = await two.press("关联另一个账号", by="林老师", room=two.private("林老师"))
    assert "30 分钟内有效，只能用一次" in said
    assert "不要发在群里" in said


async def test_it_is_asked_whose_account_it_is(two: Chat) -> None:
    code = await person_code(two, "林老师")
    said = await two.tell(f"/link {code[:3].lower()} {code[3:].lower()}", by=SECOND)
    assert said.startswith("这个码是“林老师”的，账号：Telegram（林老师）。")
    assert "不是你本人，请不要按" in said
    assert len(await rows(two, select(Person))) == 6


async def test_two_accounts_become_one_person(two: Chat) -> None:
    await two.tell(f"加入 {await join_code(two)}", by=SECOND)
    await two.tell("/reflect 这边写的一条", by=SECOND)
    await two.tell("/reflect 那边写的一条", by="林老师")
    assert await become_one(two) == "好，都是你了，林老师。以后在哪边说都一样。"
    assert "Telegram（林敏）。如果不是你做的" in two.last(two.private("林老师")).text
    said = await two.tell("/me", by=SECOND)
    assert "你的名字：林老师" in said
    assert "账号：Telegram（林老师）、Telegram（林敏）" in said
    assert "账号 2 个" in await two.tell("/mydata", by=SECOND)
    assert len(await rows(two, select(Person))) == 5
    assert await rows(two, select(Code).where(col(Code.kind) == "person")) == []


async def test_a_code_is_good_once_and_for_half_an_hour(two: Chat) -> None:
    code = await person_code(two, "林老师")
    await two.tell(f"关联 {code}", by=SECOND)
    await two.wait(timedelta(minutes=31))
    said = await two.press("都是我", by=SECOND, room=two.private(SECOND))
    assert said.startswith("这个码已经用过或过了时间")
    assert (await two.tell(f"关联 {code}", by=SECOND)).startswith("这个码我没认出来")
    await become_one(two)
    said = await two.press("都是我", by=SECOND, room=two.private(SECOND))
    assert said.startswith("这个码已经用过或过了时间")


async def test_a_new_code_takes_the_place_of_the_old_one(two: Chat) -> None:
    old = await person_code(two, "林老师")
    await person_code(two, "林老师")
    assert (await two.tell(f"关联 {old}", by=SECOND)).startswith("这个码我没认出来")


def forget_codes(session: Session) -> None:
    """As at night, so that the next code gets the number of an earlier one."""
    session.execute(delete(Code))


async def test_an_old_button_never_leads_to_somebody_elses_code(two: Chat) -> None:
    await two.tell(f"关联 {await person_code(two, '林老师')}", by=SECOND)
    await two.wait(timedelta(minutes=31))
    await two.app.engine.submit(forget_codes)
    await person_code(two, "周老师")
    said = await two.press("都是我", by=SECOND, room=two.private(SECOND))
    assert said.startswith("这个码已经用过或过了时间")


async def test_ones_own_code_is_for_the_other_account(two: Chat) -> None:
    code = await person_code(two, "林老师")
    assert (await two.tell(f"关联 {code}", by="林老师")).startswith("这个码是你自己要的")
    assert "这个码是“林老师”的" in await two.tell(f"关联 {code}", by=SECOND)


async def test_a_name_alone_links_nobody(group: Chat) -> None:
    namesake = group.world.add_person("林老师 ")
    namesake.name = "林老师"
    group.world.tell(namesake, "/me")
    await group.settle()
    assert len(await rows(group, select(Person).where(col(Person.name) == "林老师"))) == 2


async def test_the_higher_role_and_one_answer_remain(two: Chat) -> None:
    await two.say("/schedule 周五 16:00 分数教学研讨 限2人")
    await two.press("就这样")
    await two.say("/join", by=SECOND)
    await two.press("参加", by=SECOND)
    await two.press("参加", by="林老师")
    await two.press("参加", by="周老师")

    def deputy(session: Session) -> None:
        person = account(session, SECOND).person_id
        session.exec(select(Member).where(col(Member.person_id) == person)).one().role = Role.DEPUTY

    await change(two, deputy)
    await become_one(two)
    assert "林老师" in two.post_with("参加").text
    assert SECOND not in two.post_with("参加").text
    assert "副负责人：林老师" in await two.say("/roles")


async def test_of_two_seats_of_one_person_the_next_in_line_gets_one(two: Chat) -> None:
    await two.say("/join", by=SECOND)
    await two.say("/schedule 周五16:00 读书会 限2人")
    await two.press("就这样")
    for name in (SECOND, "林老师", "周老师"):
        await two.press("参加", by=name)
    assert "周老师" not in two.post_with("参加").text
    await become_one(two)
    assert "林老师、周老师" in two.post_with("参加").text
    assert "读书会" in two.last(two.private("周老师")).text


async def test_parting_leaves_everything_with_who_is_here(two: Chat) -> None:
    await become_one(two)
    await two.tell("/reflect 只给自己的一条", by=SECOND)
    await two.tell("/me", by="林老师")
    room = two.private("林老师")
    assert "当是第一次见面" in await two.press("断开Telegram（林敏）", by="林老师", room=room)
    assert (await two.press("确定断开", by="林老师", room=room)).startswith("Telegram（林敏）断开了")
    said = await two.tell("/me", by=SECOND)
    assert "你的名字：林敏" in said
    assert "你还没有加入共同体" in said
    assert "账号：" not in await two.tell("/me", by="林老师")
    account_of = {one.name: one.person_id for one in await rows(two, select(Account))}
    (note,) = await rows(two, select(Reflection))
    assert note.person_id == account_of["林老师"]
    chats = await rows(two, select(ChatRow).where(col(ChatRow.private)))
    owners = {one.address: one.person_id for one in chats}
    people = {one.address: one.person_id for one in await rows(two, select(Account))}
    assert all(people[address] == owner for address, owner in owners.items())


async def test_the_account_one_speaks_from_cannot_be_parted(two: Chat) -> None:
    await become_one(two)
    await two.tell("/me", by="林老师")
    assert not any("林老师" in text for text in two.buttons(two.private("林老师")))


async def test_somebody_elses_account_cannot_be_parted(two: Chat) -> None:
    await become_one(two)
    await two.tell("/me", by="林老师")
    post = two.post_with("断开", two.private("林老师"))
    query = two.world.press_data("周老师", post, post.buttons[0][0]["callback_data"])
    await two.settle()
    assert query.answer is not None
    assert len(await rows(two, select(Person))) == 5


async def test_private_words_go_where_the_person_spoke_last(two: Chat) -> None:
    await become_one(two)
    await two.say("/schedule 周五 16:00 分数教学研讨")
    await two.press("就这样")
    await two.press("到时提醒我", by="林老师")
    await two.tell("你好", by="林老师")
    await two.until("2026-11-27 15:45")
    assert "分数教学研讨" in two.last(two.private("林老师")).text
    assert "分数教学研讨" not in two.last(two.private(SECOND)).text


async def test_a_blocked_chat_is_passed_over(two: Chat) -> None:
    await become_one(two)
    await two.say("/schedule 周五 16:00 分数教学研讨")
    await two.press("就这样")
    await two.press("到时提醒我", by="林老师")
    two.world.block(SECOND)
    await two.settle()
    await two.until("2026-11-27 15:45")
    assert "分数教学研讨" in two.last(two.private("林老师")).text


async def test_leaving_on_one_platform_is_not_leaving_on_the_other(group: Chat) -> None:
    def elsewhere(session: Session) -> None:
        person = account(session, "林老师").person_id
        session.add(Account(platform="elsewhere", address="lin", name="林敏", person_id=person))
        session.add(ChatRow(platform="elsewhere", address="room", title="另一边的群", community_id=1))

    await change(group, elsewhere)
    for name in ("林老师", "周老师"):
        group.world.leave(name)
        await group.settle()
    names = select(Person.name).join(Member, col(Member.person_id) == col(Person.id))
    assert sorted(await rows(group, names)) == sorted([LEADER, "林老师", "何老师", "孙老师"])


async def test_a_button_in_the_group_is_good_for_who_the_account_now_is(group: Chat) -> None:
    group.world.add_person(SECOND)
    group.world.join(SECOND)
    await group.say("/schedule 周五 16:00 分数教学研讨")
    await group.press("就这样")
    await group.press("参加", by=SECOND)
    invitation = group.post_with("加入并继续")
    await group.tell("你好", by=SECOND)
    await become_one(group)
    assert "给另一位老师" in await group.press("加入并继续", by="周老师", post=invitation)
    assert "给另一位老师" not in await group.press("加入并继续", by=SECOND, post=invitation)
    assert "给另一位老师" not in await group.press("加入并继续", by="林老师", post=invitation)
    assert "来的有 1 位：林老师" in group.post_with("参加").text


async def test_a_button_of_an_account_that_is_parted_is_not_for_who_it_was(group: Chat) -> None:
    group.world.add_person(SECOND)
    await group.tell("你好", by=SECOND)
    await become_one(group)
    await group.say("/calendar", by="林老师")
    await group.say("/roles 副", reply_to=group.world.say("林老师", None, "我来协助"))
    await group.say("/link", by=SECOND)
    await group.press("断开这个群", by=SECOND)
    asked = group.post_with("确定断开")
    await group.tell("/me", by="林老师")
    room = group.private("林老师")
    await group.press("断开Telegram（林敏）", by="林老师", room=room)
    await group.press("确定断开", by="林老师", room=room)
    assert "给另一位老师" in await group.press("确定断开", by="林老师", post=asked)
    assert "加入" in await group.press("确定断开", by=SECOND, post=asked)
