"""Acks that come late, never, twice or in another order."""

import asyncio
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, select

from storage.models.delivery import Outbox
from tests.chat import PATIENCE
from tests.wecom.chat import QUICK, WecomChat, open_wecom

HERE = "我在。要看能做什么，发 /help。"


def states(session: Session) -> list[tuple[str, str | None]]:
    """(state, error) of every row that was sent."""
    return [(row.state, row.error) for row in session.exec(select(Outbox))]


async def test_a_lost_ack_is_a_doubt_and_a_doubt_is_tried_once_more(tmp_path: Path) -> None:
    async with open_wecom(tmp_path, timing=QUICK) as chat:
        chat.gateway.faults.on("lost ack", "aibot_respond_msg", times=1)
        await chat.say("你好")
        await chat.wait(timedelta(seconds=10))
        assert [post.text for post in chat.posts()] == [HERE, HERE]
        assert [frame["cmd"] for frame in chat.gateway.frames if "msg" in frame["cmd"]] == [
            "aibot_respond_msg",
            "aibot_send_msg",
        ]
        assert await chat.app.engine.submit(states) == [("sent", None)]


async def test_a_late_ack_is_not_taken_for_another(tmp_path: Path) -> None:
    async with open_wecom(tmp_path, timing=QUICK) as chat:
        chat.gateway.faults.on("late ack", "aibot_respond_msg", times=1)
        await chat.say("你好")
        chat.gateway.faults.on("errcode", "aibot_send_msg", times=1, code=40058)
        chat.gateway.release()
        await chat.wait(timedelta(seconds=10))
        assert await chat.app.engine.submit(states) == [("failed", "WeCom said 40058")]


async def test_acks_that_come_twice_count_once(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("double ack")
    for _ in range(3):
        assert await wecom.say("你好") == HERE
    assert await wecom.app.engine.submit(states) == [("sent", None)] * 3


async def test_acks_in_another_order_find_their_frames(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("swapped acks", "aibot_respond_msg", every=2, times=2)
    other = wecom.world.add_group("语文组", "林老师")
    for _ in range(3):
        wecom.world.say("林老师", wecom.group, "@研伴 你好")
        wecom.world.say("林老师", other, "@研伴 你好")
    async with asyncio.timeout(PATIENCE):
        await wecom.settle()
    assert len(wecom.posts()) == len(wecom.posts(other)) == 3
    assert await wecom.app.engine.submit(states) == [("sent", None)] * 6


async def test_acks_with_no_frame_are_passed_over(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("late ack", "ping")
    assert await wecom.say("你好") == HERE
    assert wecom.gateway.session is not None
    wecom.gateway.session.hand_over({"cmd": "", "headers": {"req_id": "nobody"}, "errcode": 0})
    wecom.gateway.session.hand_over({"cmd": "aibot_new_thing", "headers": [], "body": 7})
    assert await wecom.say("你好") == HERE


async def test_a_callback_that_comes_twice_has_one_effect(staff: WecomChat) -> None:
    staff.gateway.faults.on("double delivery")
    await staff.say("安排 周五15:00 集体备课")
    await staff.press("就这样")
    await staff.press("参加", by="林老师")
    assert len([post for post in staff.posts() if post.text.startswith("集体备课")]) == 1
    assert "来的有 1 位：林老师" in staff.posts()[-1].text
