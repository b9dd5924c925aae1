"""What goes out, and every way WeCom refuses it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from bot.adapters.base import Paused
from bot.adapters.wecom_aibot.frames import LONGEST_CONTENT, check
from bot.adapters.wecom_aibot.send import _pieces
from bot.split import octets
from storage.models.community import Chat
from storage.models.delivery import Outbox
from tests.wecom.chat import WecomChat

HERE = "我在。要看能做什么，发 /help。"


def sent(chat: WecomChat) -> list[str]:
    """The commands of all messages the bot sent."""
    return [frame["cmd"] for frame in chat.gateway.frames if frame["cmd"].endswith("_msg")]


def rows(session: Session) -> list[tuple[str, str | None]]:
    return [(row.state, row.error) for row in session.exec(select(Outbox).order_by(col(Outbox.id)))]


def close_group(session: Session) -> bool:
    return session.exec(select(Chat.active).where(~col(Chat.private))).one()


async def test_an_answer_names_what_it_answers_and_a_push_its_kind_of_chat(staff: WecomChat) -> None:
    await staff.say("你好")
    assert sent(staff) == ["aibot_respond_msg"]
    await staff.say("反思提示")
    await staff.press("开始发")
    await staff.until("2026-11-26 17:31")
    await staff.press("写反思", by="林老师")
    pushes = [one["body"] for one in staff.gateway.frames if one["cmd"] == "aibot_send_msg"]
    kinds = {(one["chatid"], one["chat_type"]) for one in pushes}
    assert (staff.group.chatid, 2) in kinds
    assert ("lin_laoshi", 1) in kinds


async def test_who_writes_in_a_private_chat_that_has_an_id_is_answered_there(staff: WecomChat) -> None:
    about = {"msgid": "named-1", "aibotid": "b", "chatid": "wrPrivate", "chattype": "single"}
    body = about | {"from": {"userid": "lin_laoshi"}, "msgtype": "text", "text": {"content": "帮助"}}
    staff.world.raw("aibot_msg_callback", body)
    await staff.settle()
    assert "收资料、约研讨、做反思" in staff.posts(staff.private("林老师"))[0].text
    assert set(sent(staff)) == {"aibot_respond_msg"}


async def test_an_answer_that_is_no_longer_taken_is_pushed(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("errcode", "aibot_respond_msg", code=846605)
    assert await wecom.say("你好") == HERE
    assert sent(wecom) == ["aibot_respond_msg", "aibot_send_msg"]


async def test_a_full_minute_is_waited_out_in_that_chat_alone(wecom: WecomChat) -> None:
    other = wecom.world.add_group("语文组", "林老师")
    wecom.gateway.faults.on("errcode", "aibot_respond_msg", times=1, code=45009)
    assert await wecom.say("你好") == ""
    assert await wecom.say("你好", by="林老师", group=other) == HERE
    assert await wecom.wait(timedelta(seconds=50)) == ""
    assert await wecom.wait(timedelta(seconds=15)) == HERE


async def test_too_much_at_once_is_tried_again_soon(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("errcode", "aibot_respond_msg", times=1, code=45033)
    assert await wecom.say("你好") == ""
    assert await wecom.wait(timedelta(seconds=5)) == HERE


async def test_too_much_at_once_again_and_again_is_waited_out_longer_and_longer(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("errcode", "aibot_respond_msg", times=6, code=45033)
    await wecom.say("你好")
    for _ in range(5):
        await wecom.wait(timedelta(seconds=3))
    assert len(sent(wecom)) < 6
    for _ in range(6):
        await wecom.wait(timedelta(seconds=48))
    assert [post.text for post in wecom.posts()] == [HERE]


def test_who_was_refused_together_does_not_come_back_together() -> None:
    waits = {tried: [pause(tried) for _ in range(50)] for tried in (0, 3, 20)}
    assert all(len(set(those)) > 40 for those in waits.values())
    assert 0.5 <= min(waits[0]) <= max(waits[0]) <= 1.5
    assert 4 <= min(waits[3]) <= max(waits[3]) <= 12
    assert max(waits[20]) <= 90


def pause(tried: int) -> float:
    """How long a parcel waits that was tried so often before 45033 came."""
    with pytest.raises(Paused) as raised:
        check({"errcode": 45033}, tried)
    return raised.value.seconds


async def test_a_busy_wecom_is_asked_three_times_more(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("errcode", code=-1)
    await wecom.say("你好")
    await wecom.wait(timedelta(minutes=3))
    assert len(sent(wecom)) == 4
    assert await wecom.app.engine.submit(rows) == [("failed", "WeCom said -1")]
    wecom.gateway.faults.off()
    assert await wecom.say("你好") == HERE


async def test_a_busy_moment_after_a_long_outage_costs_nobody_their_answer(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("errcode", "aibot_respond_msg", times=4, code=45033)
    await wecom.say("你好")
    wecom.gateway.faults.on("errcode", "aibot_respond_msg", times=3, code=-1)
    for _ in range(4):
        await wecom.wait(timedelta(seconds=12))
    assert [post.text for post in wecom.posts()] == [HERE]


async def test_what_wecom_refuses_is_not_sent_again(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("errcode", "aibot_respond_msg", times=1, code=40058)
    assert await wecom.say("你好") == ""
    await wecom.wait(timedelta(minutes=5))
    assert len(sent(wecom)) == 1
    assert await wecom.app.engine.submit(rows) == [("failed", "WeCom said 40058")]


@pytest.mark.parametrize("code", [93001, 93006, 93008])
async def test_a_chat_that_is_gone_is_left_alone_until_somebody_speaks_there(
    wecom: WecomChat, code: int
) -> None:
    wecom.gateway.faults.on("errcode", "aibot_respond_msg", times=1, code=code)
    assert await wecom.say("你好") == ""
    assert not await wecom.app.engine.submit(close_group)
    assert await wecom.say("你好") == HERE
    assert await wecom.app.engine.submit(close_group)


async def test_being_taken_out_of_a_group_is_noticed_at_the_next_push(staff: WecomChat) -> None:
    await staff.say("反思提示")
    await staff.press("开始发")
    staff.group.gone = True
    await staff.until("2026-11-26 17:31")
    assert not await staff.app.engine.submit(close_group)
    staff.group.gone = False
    assert await staff.say("你好") == HERE


async def test_a_break_while_sending_is_a_doubt(wecom: WecomChat) -> None:
    fault = wecom.gateway.faults.on("late ack", "aibot_respond_msg")
    wecom.world.say("林老师", wecom.group, "@研伴 你好")
    while not wecom.posts():
        await wecom.app.engine.submit(lambda session: None)
    wecom.gateway.faults.off(fault)
    wecom.gateway.abort()
    await wecom.settle()
    await wecom.wait(timedelta(seconds=10))
    assert [post.text for post in wecom.posts()] == [HERE, HERE]


@pytest.mark.parametrize("size", [LONGEST_CONTENT - 1, LONGEST_CONTENT, LONGEST_CONTENT + 1])
def test_20481_bytes_are_one_too_many(size: int) -> None:
    words = "研" * (size // 3) + "x" * (size % 3)
    pieces = _pieces(words)
    assert (len(pieces) > 1) == (size > LONGEST_CONTENT)
    assert max(map(octets, pieces)) <= LONGEST_CONTENT
    assert "".join(pieces) == words


async def test_signs_that_have_to_be_marked_make_no_post_too_long(staff: WecomChat) -> None:
    line = "*_[" * 5000
    await staff.app.engine.submit(lambda session: put(session, line))
    staff.app.courier.wake()
    await staff.settle()
    assert octets(line) < 16_000
    assert len(staff.posts()) > 1
    assert "".join(post.text for post in staff.posts()) == line


async def test_a_long_text_comes_in_parts_and_whole(staff: WecomChat) -> None:
    lines = [f"第{number}条 " + "学生自己说出来的*" * 12 for number in range(160)]
    await staff.app.engine.submit(lambda session: put(session, "\n".join(lines)))
    staff.app.courier.wake()
    await staff.settle()
    said = staff.posts()
    assert len(said) > 1
    assert all(len(post.raw.encode()) <= 20_480 for post in said)
    assert "\n".join(post.text for post in said) == "\n".join(lines)


def put(session: Session, words: str) -> None:
    """Something long to say in the group, as no answer of ours is."""
    chat = session.exec(select(Chat).where(~col(Chat.private))).one()
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    row = Outbox(
        key="long",
        chat_id=chat.id or 0,
        method="post",
        payload={"html": words},
        not_before=now,
        created_at=now,
    )
    session.add(row)
