"""The pretend gateway itself: as strict as WeCom, and its own frames as they are documented."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.clock import MovableClock
from bot.sandbox.wecom import callbacks, rules
from bot.sandbox.wecom.gateway import BOT_ID, SECRET, Gateway
from tests.chat import MONDAY
from tests.wecom.samples import sample

Json = dict[str, Any]


@dataclass
class Line:
    """A bot at the gateway, with nothing of ours in between."""

    gateway: Gateway
    clock: MovableClock
    socket: aiohttp.ClientWebSocketResponse
    told: list[Json] = field(default_factory=list)
    asked: int = 0

    async def ask(self, cmd: str, body: Json | None = None, req_id: str = "") -> int:
        """The error code of the ack."""
        self.asked += 1
        req_id = req_id or f"r{self.asked}"
        frame: Json = {"cmd": cmd, "headers": {"req_id": req_id}}
        await self.socket.send_json(frame if body is None else frame | {"body": body})
        while True:
            found = await self.socket.receive_json(timeout=5)
            if "cmd" not in found and found["headers"]["req_id"] == req_id:
                return int(found["errcode"])
            self.told.append(found)

    async def push(self, chatid: str = "wrDemoGroup3A", kind: int = 2, content: str = "好") -> int:
        """The error code for a pushed text."""
        body = {"chatid": chatid, "chat_type": kind, "msgtype": "markdown", "markdown": {"content": content}}
        return await self.ask("aibot_send_msg", body)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """A subscribed bot, and a group that has spoken to it."""
    clock = MovableClock(MONDAY)
    gateway = Gateway(clock)
    await gateway.start()
    async with aiohttp.ClientSession() as session, session.ws_connect(gateway.url) as socket:
        opened = Line(gateway, clock, socket)
        assert await opened.ask("aibot_subscribe", {"bot_id": BOT_ID, "secret": SECRET}) == 0
        gateway.world.group.spoken = True
        yield opened
    await gateway.stop()


def shape(found: Any, like: Any) -> list[str]:
    """Where *found* has not the fields and types of the sample *like*."""
    if not isinstance(like, dict):
        return [] if type(found) is type(like) else [f"{found!r} is not like {like!r}"]
    missing = [f"no {name}" for name in like if name not in found]
    return [*missing, *(wrong for name in like if name in found for wrong in shape(found[name], like[name]))]


def test_the_samples_break_no_rule() -> None:
    for name in ("ws_subscribe.frame", "ws_ping.frame", "ws_respond_stream.frame", "ws_send_msg.frame"):
        assert list(rules.complaints(sample(name))) == [], name
    assert list(rules.complaints(sample("ws_update_card.frame"))) == []
    for name, cmd in (
        ("template_card_button.body", "respond"),
        ("reply_welcome_text.body", "respond_welcome"),
    ):
        frame = {"cmd": f"aibot_{cmd}_msg", "headers": {"req_id": "r"}, "body": sample(name)}
        assert list(rules.complaints(frame)) == [], name


async def test_its_own_frames_are_like_the_samples(line: Line) -> None:
    world = line.gateway.world
    card = sample("template_card_button.body")["template_card"]
    post = world.answer(world.group.chatid, card=card)
    said = world.say("林老师", world.group, "@研伴 收到")
    asked = world.say("林老师", world.group, "@研伴 好", quote=said)
    like = sample("msg_text_group.body")
    del like["response_url"]
    assert shape(callbacks.message(world, asked), like) == []
    nested = sample("event_template_card_nested.frame")["body"]
    assert shape(callbacks.pressed(world, post, "lin_laoshi", "rsvp:12:yes"), nested) == []
    assert shape(callbacks.entered(world, "lin_laoshi"), sample("event_enter_chat.frame")["body"]) == []
    assert shape(callbacks.disconnected(world), sample("event_disconnected.frame")["body"]) == []


async def test_only_what_names_the_bot_is_told_in_a_group(line: Line) -> None:
    world = line.gateway.world
    world.say("林老师", world.group, "大家好")
    world.say("林老师", world.group, "@研伴 你好")
    world.say("林老师", None, "私聊")
    assert await line.ask("ping") == 0
    assert [one["body"]["text"]["content"] for one in line.told] == ["@研伴 你好", "私聊"]


@pytest.mark.parametrize(
    ("cmd", "body", "complaint"),
    [
        (
            "aibot_send_msg",
            {"chatid": "c", "msgtype": "markdown", "markdown": {"content": "x"}},
            "no chat_type",
        ),
        (
            "aibot_send_msg",
            {"chatid": "c", "chat_type": 2, "msgtype": "text", "text": {"content": "x"}},
            "msgtype",
        ),
        ("aibot_respond_msg", {"msgtype": "markdown", "markdown": {"content": ""}}, "empty"),
        ("aibot_respond_msg", {"msgtype": "markdown", "markdown": {"content": "好" * 6827}}, "20481 bytes"),
        ("aibot_respond_msg", {"msgtype": "markdown", "markdown": {"content": "x"}, "at": []}, "unknown at"),
        ("aibot_do_magic", {}, "no such command"),
    ],
)
async def test_a_frame_against_the_rules_is_refused(line: Line, cmd: str, body: Json, complaint: str) -> None:
    assert await line.ask(cmd, body) == 40058
    assert any(complaint in one for one in line.gateway.complaints)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"task_id": "第一"}, "task_id"),
        ({"task_id": "x" * 129}, "task_id"),
        ({"button_list": []}, "0 choices"),
        ({"button_list": [{"text": "好", "key": str(number)} for number in range(7)]}, "7 choices"),
        ({"button_list": [{"text": "好", "key": "k" * 1025}]}, "bad key"),
        ({"main_title": {}}, "no words"),
        ({"card_type": "jigsaw"}, "card_type"),
        ({"colour": "red"}, "unknown colour"),
    ],
)
async def test_a_card_against_the_rules_is_refused(line: Line, change: Json, complaint: str) -> None:
    card = sample("template_card_button.body")["template_card"] | change
    body = {"chatid": "wrDemoGroup3A", "chat_type": 2, "msgtype": "template_card", "template_card": card}
    assert await line.ask("aibot_send_msg", body) == 40058
    assert any(complaint in one for one in line.gateway.complaints)


async def test_no_two_cards_have_one_task(line: Line) -> None:
    body = {"chatid": "wrDemoGroup3A", "chat_type": 2} | sample("template_card_button.body")
    assert await line.ask("aibot_send_msg", body) == 0
    assert await line.ask("aibot_send_msg", body) == 40058


async def test_thirty_a_minute_and_then_nothing_for_a_minute(line: Line) -> None:
    assert [await line.push() for _ in range(31)] == [0] * 30 + [45009]
    line.clock.advance(timedelta(seconds=55))
    assert await line.push() == 45009
    line.clock.advance(timedelta(seconds=6))
    assert await line.push() == 0


async def test_a_thousand_an_hour(line: Line) -> None:
    codes = []
    for _ in range(40):
        codes += [await line.push() for _ in range(25)]
        line.clock.advance(timedelta(seconds=61))
    assert codes == [0] * 1000
    assert await line.push() == 45009


async def test_pushes_reach_only_who_has_spoken_and_by_the_exact_id(line: Line) -> None:
    assert await line.push("lin_laoshi", kind=1) == 93001
    line.gateway.world.say("林老师", None, "你好")
    assert await line.push("lin_laoshi", kind=1) == 0
    assert await line.push("lin_laoshi", kind=2) == 93006
    assert await line.push("wrdemogroup3a") == 93006
    line.gateway.world.group.gone = True
    assert await line.push() == 93008


async def test_callbacks_are_answered_while_they_may_be(line: Line) -> None:
    world, text = line.gateway.world, {"msgtype": "markdown", "markdown": {"content": "好"}}
    world.say("林老师", world.group, "@研伴 你好")
    world.enter("林老师")
    await line.ask("ping")
    said, entered = (one["headers"]["req_id"] for one in line.told)
    assert await line.ask("aibot_respond_msg", text, "nobody") == 846605
    assert await line.ask("aibot_respond_msg", text, said) == 0
    assert await line.ask("aibot_respond_msg", text, entered) == 846605
    line.clock.advance(timedelta(seconds=6))
    welcome = sample("reply_welcome_text.body")
    assert await line.ask("aibot_respond_welcome_msg", welcome, entered) == 846605
    line.clock.advance(timedelta(hours=25))
    assert await line.ask("aibot_respond_msg", text, said) == 846605


async def test_a_card_is_changed_at_once_or_not_at_all(line: Line) -> None:
    world = line.gateway.world
    card = sample("template_card_button.body")["template_card"]
    post = world.answer(world.group.chatid, card=card)
    requests = [world.press("林老师", post, "参加"), world.press("周老师", post, "参加")]
    update = {"response_type": "update_template_card", "template_card": card | {"sub_title_text": "林"}}
    await line.ask("ping")
    assert await line.ask("aibot_respond_update_msg", update, requests[0]) == 0
    assert post.text.endswith("林")
    assert await line.ask("aibot_respond_update_msg", update, requests[0]) == 846605
    line.clock.advance(timedelta(seconds=6))
    assert await line.ask("aibot_respond_update_msg", update, requests[1]) == 846605


async def test_one_connection_at_a_time(line: Line) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(line.gateway.url) as second:
        frame = {"cmd": "aibot_subscribe", "headers": {"req_id": "s"}}
        await second.send_json(frame | {"body": {"bot_id": BOT_ID, "secret": SECRET}})
        assert (await second.receive_json())["errcode"] == 0
        kicked = await line.socket.receive_json(timeout=5)
        assert kicked["body"]["event"] == {"eventtype": "disconnected_event"}
        assert (await line.socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
        line.gateway.world.say("林老师", None, "你好")
        assert (await second.receive_json())["body"]["text"]["content"] == "你好"


async def test_who_is_not_subscribed_is_told_so(line: Line) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(line.gateway.url) as other:
        await other.send_json({"cmd": "ping", "headers": {"req_id": "p"}})
        assert (await other.receive_json())["errcode"] == 846609
    line.gateway.faults.on("not subscribed", "ping", times=1)
    assert await line.ask("ping") == 846609
    assert await line.push() == 846609
    assert not line.gateway.connected


async def test_the_world_outlives_the_gateway(line: Line) -> None:
    world = line.gateway.world
    world.say("林老师", world.group, "@研伴 你好")
    world.send_file("林老师", None, "a.ics", b"\x00\xff")
    world.answer(world.group.chatid, card=sample("template_card_button.body")["template_card"])
    kept = world.dump()
    again = Gateway(line.clock, kept=kept)
    assert again.world.dump() == kept
    assert again.world.messages(again.world.group)[0].text == "@研伴 你好"


async def test_changes_are_told(line: Line) -> None:
    world = line.gateway.world
    before = world.version
    world.say("林老师", world.group, "大家好")
    assert await world.change(before) == before + 1


async def test_only_this_computer_is_served() -> None:
    with pytest.raises(ValueError, match="only serves this computer"):
        await Gateway(MovableClock(MONDAY)).start("0.0.0.0")
