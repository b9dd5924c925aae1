"""A group that can only be told: bound once by a leader, called by name, never told too much."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr
from sqlmodel import Session, col, select

from bot.adapters.base import Gone, Parcel, Paused, Refused, Unknown, Unreachable
from bot.adapters.wecom_webhook import WecomWebhookAdapter, content
from bot.clock import MovableClock
from bot.sandbox.webhook import MOST, PushRobot
from bot.split import octets
from config.settings import Settings, SettingsError, load_settings
from storage.models.community import Account
from storage.models.community import Chat as ChatRow
from storage.models.delivery import Outbox
from tests.chat import MONDAY, Chat, open_chat
from tests.codes import account, code_in, rows
from tests.settled import settle_in

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


@pytest.fixture
async def robot() -> AsyncIterator[PushRobot]:
    """A robot in a WeCom group; fails if it was ever sent something it does not take."""
    made = PushRobot(MovableClock(MONDAY), KEY)
    await made.start()
    yield made
    await made.stop()
    assert made.complaints == []


@pytest.fixture
async def told(robot: PushRobot, tmp_path: Path) -> AsyncIterator[Chat]:
    """The settled group on Telegram, and the robot's group beside it, not bound yet."""
    async with open_chat(tmp_path, **settings_for(robot)) as chat:
        robot.clock = chat.clock
        await settle_in(chat)
        await chat.settle()
        yield chat


def settings_for(robot: PushRobot) -> dict[str, Any]:
    """What has to be set."""
    return {"wecom_webhook_key": SecretStr(KEY), "wecom_webhook_url": robot.url}


def kept_bytes(folder: Path) -> bytes:
    """Every byte of the database."""
    return b"".join(path.read_bytes() for path in folder.glob("yanban.db*"))


async def bind(chat: Chat, robot: PushRobot) -> str:
    """王老师 types the robot's code in their own group."""
    said = await chat.say(f"/link {code_in(robot.posts[0].content)}")
    await chat.settle()
    return said


async def test_the_robot_introduces_itself_once(told: Chat, robot: PushRobot) -> None:
    assert [post.kind for post in robot.posts] == ["markdown"]
    assert "请负责人在自己的群里发：/link " in robot.posts[0].content
    await told.restart()
    await told.settle()
    assert len(robot.posts) == 1
    await told.restart(told.clock() + timedelta(days=8))
    await told.settle()
    assert len(robot.posts) == 2


async def test_only_a_leader_binds_it(told: Chat, robot: PushRobot) -> None:
    code = code_in(robot.posts[0].content)
    assert "由负责人来做" in await told.say(f"/link {code}", by="林老师")
    assert await bind(told, robot) == "“消息推送”接上了“三年级数学教研组”，以后的消息也会发到那个群。"
    assert robot.posts[-1].content == "这个群现在也是“三年级数学教研组”的群了。"
    assert (await told.say(f"/link {code}")).startswith("这个码我没认出来")
    before = len(robot.posts)
    await told.restart()
    await told.settle()
    assert len(robot.posts) == before


async def test_posts_of_the_community_are_told_there_and_edits_are_not(told: Chat, robot: PushRobot) -> None:
    await bind(told, robot)
    await told.say("/schedule 周五 16:00 分数教学研讨")
    await told.press("就这样")
    await told.press("参加", by="林老师")
    assert "分数教学研讨" in robot.posts[-1].content
    assert "回复" not in robot.posts[-1].content
    assert "林老师" not in robot.posts[-1].content


async def test_who_asked_to_be_reminded_is_called_by_name(told: Chat, robot: PushRobot) -> None:
    await bind(told, robot)

    def staff(session: Session) -> None:
        person = account(session, "林老师").person_id
        session.add(Account(platform="wecom", address="LinMin", name="林敏", person_id=person))

    await told.app.engine.submit(staff)
    await told.say("/schedule 周五 16:00 分数教学研讨")
    await told.press("就这样")
    for name in ("林老师", "周老师"):
        await told.press("到时提醒我", by=name)
    await told.until("2026-11-27 15:45")
    assert (robot.posts[-1].kind, robot.posts[-1].mentioned) == ("text", ("LinMin",))
    assert "分数教学研讨" in robot.posts[-1].content
    assert "mention" not in str([request.params for request in told.sandbox.requests])


async def test_the_group_is_let_go_from_private(told: Chat, robot: PushRobot) -> None:
    await bind(told, robot)
    await told.tell("/link")
    room = told.private("王老师")
    await told.press("断开“消息推送”", room=room)
    await told.press("确定断开", room=room)
    assert robot.posts[-1].content.startswith("这个群和“三年级数学教研组”断开了")


async def test_the_key_is_nowhere(
    told: Chat, robot: PushRobot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await bind(told, robot)
    robot.fault = "cut"
    await told.say("/digest")
    await told.wait(timedelta(minutes=5))
    assert KEY.encode() not in kept_bytes(tmp_path)
    shown = f"{told.app.adapters} {told.app.settings!r} {capsys.readouterr()}"
    assert KEY not in shown


async def test_a_storm_is_spread_out(told: Chat, robot: PushRobot) -> None:
    await bind(told, robot)
    (chat,) = await rows(told, select(ChatRow).where(col(ChatRow.platform) == "wecom_webhook"))
    now = told.clock()

    def storm(session: Session) -> None:
        for number in range(2 * MOST):
            session.add(
                Outbox(
                    key=f"storm:{number}",
                    chat_id=chat.id,
                    method="post",
                    payload={"html": str(number)},
                    not_before=now,
                    created_at=now,
                )
            )

    await told.app.engine.submit(storm)
    for _ in range(120):
        await told.wait(timedelta(seconds=3))
    assert [post.content for post in robot.posts[-2 * MOST :]] == [str(number) for number in range(2 * MOST)]


@pytest.fixture
async def adapter(robot: PushRobot) -> AsyncIterator[WecomWebhookAdapter]:
    """The adapter alone."""
    made = WecomWebhookAdapter(Settings(**settings_for(robot)), robot.clock)
    await made.connect()
    yield made
    await made.close()


def parcel(html: str = "你好", method: str = "post", **more: Any) -> Parcel:
    return Parcel(1, 1, "wecom_webhook", "x", False, method, {"html": html} | more)


@pytest.mark.parametrize(
    ("fault", "ends"),
    [
        (45009, Paused),
        (93000, Gone),
        (-1, Unreachable),
        (40058, Refused),
        (502, Unreachable),
        ("cut", Unknown),
    ],
)
async def test_every_way_a_post_can_fail(
    adapter: WecomWebhookAdapter, robot: PushRobot, fault: int | str, ends: type[Exception]
) -> None:
    robot.fault = fault
    with pytest.raises(ends) as raised:
        await adapter.deliver(parcel())
    assert KEY not in f"{raised.value!r} {raised.value.__cause__} {raised.value.__context__}"


async def test_nothing_follows_an_answer_to_another_host(robot: PushRobot) -> None:
    async def point(request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(f"{robot.url}{request.path_qs}")

    app = web.Application()
    app.router.add_post("/cgi-bin/webhook/send", point)
    async with TestServer(app) as server:
        away = SecretStr(KEY), str(server.make_url("")).rstrip("/")
        made = WecomWebhookAdapter(
            Settings(wecom_webhook_key=away[0], wecom_webhook_url=away[1]), robot.clock
        )
        await made.connect()
        with pytest.raises(Unknown):
            await made.deliver(parcel())
        await made.close()
    assert robot.posts == []


async def test_nobody_there(robot: PushRobot) -> None:
    made = WecomWebhookAdapter(
        Settings(wecom_webhook_key=SecretStr(KEY), wecom_webhook_url="http://127.0.0.1:9"), robot.clock
    )
    await made.connect()
    with pytest.raises(Unreachable):
        await made.deliver(parcel())
    await made.close()


@pytest.mark.parametrize("method", ["edit", "file", "ack", "inline"])
async def test_what_a_robot_cannot_do(adapter: WecomWebhookAdapter, method: str) -> None:
    with pytest.raises(Refused):
        await adapter.deliver(parcel(method=method))


async def test_a_wrong_key_is_said_once_and_the_chat_left_alone(told: Chat, robot: PushRobot) -> None:
    await bind(told, robot)
    robot.key = "another"
    await told.say("/schedule 周五 16:00 分数教学研讨")
    await told.press("就这样")
    await told.wait(timedelta(minutes=5))
    (chat,) = await rows(told, select(ChatRow).where(col(ChatRow.platform) == "wecom_webhook"))
    assert not chat.active


@pytest.mark.parametrize("words", ["长" * 3000, "*_`[<&" * 600, "<b>" + "行" * 1500 + "</b>", "一行\n" * 900])
async def test_long_texts_are_cut_to_what_it_takes(
    adapter: WecomWebhookAdapter, robot: PushRobot, words: str
) -> None:
    for part in adapter.can.parts(words):
        assert octets(part) > 0
        await adapter.deliver(parcel(part))
        robot.clock = lambda: MONDAY + timedelta(minutes=len(robot.posts))


def test_people_are_called_in_plain_text() -> None:
    body = content('<b>明天</b> <a href="https://x.example/y">资料</a>', ["LinMin"])
    assert body == {
        "msgtype": "text",
        "text": {"content": "明天 资料 https://x.example/y", "mentioned_list": ["LinMin"]},
    }
    assert content("<b>明天</b>", [])["markdown"] == {"content": "**明天**"}


def test_a_long_address_gives_way_to_the_words() -> None:
    long = f'<a href="https://x.example/{"y" * 5000}">资料</a>'
    assert content(long, []) == {"msgtype": "text", "text": {"content": "资料"}}


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example",
        "http://qyapi.weixin.qq.com",
        "https://qyapi.weixin.qq.com.evil.example",
        "https://qyapi.weixin.qq.com:8443",
        "https://a@qyapi.weixin.qq.com",
    ],
)
def test_the_key_goes_to_no_other_host(url: str) -> None:
    with pytest.raises(SettingsError, match="YANBAN_WECOM_WEBHOOK_URL"):
        load_settings(wecom_webhook_url=url, wecom_webhook_key=KEY)
    assert load_settings(wecom_webhook_url="https://qyapi.weixin.qq.com/").wecom_webhook_url.endswith(".com")


def test_the_pretend_robot_is_as_strict_as_the_real_one() -> None:
    robot = PushRobot(lambda: MONDAY, KEY)
    said = {"msgtype": "text", "text": {"content": "好"}}
    assert robot.take("wrong", said) == 93000
    assert robot.take(KEY, {"msgtype": "text", "text": {"content": "好" * 683}}) == 40058
    assert robot.take(KEY, {"msgtype": "markdown", "markdown": {"content": "好" * 1365}}) == 0
    assert (
        robot.take(KEY, {"msgtype": "markdown", "markdown": {"content": "好", "mentioned_list": []}}) == 40008
    )
    assert [robot.take(KEY, said) for _ in range(MOST)][-2:] == [0, 45009]
    robot.clock = lambda: MONDAY + timedelta(seconds=59)
    assert robot.take(KEY, said) == 45009
    robot.clock = lambda: MONDAY + timedelta(seconds=61)
    assert robot.take(KEY, said) == 0
    assert len(robot.complaints) == 4
