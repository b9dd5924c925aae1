"""The pretend WeChat is right about WeChat: checked against vectors and samples others recorded."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto

from bot.clock import MovableClock
from bot.sandbox.wechat import Account, WechatSandbox
from bot.sandbox.wechat.sealing import Broken, seal, signature, unseal
from bot.sandbox.wechat.xml import BadReply, compose, read_reply
from tests.chat import MONDAY
from tests.wechat.vectors import TENCENT, WECHATPY, answer, words

Api = Callable[..., Awaitable[dict[str, Any]]]
ENCRYPT = re.compile(r"<Encrypt><!\[CDATA\[(.*?)\]\]></Encrypt>")


@pytest.fixture
async def wechat() -> AsyncIterator[WechatSandbox]:
    """A service account on this computer."""
    sandbox = WechatSandbox(MovableClock(MONDAY))
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def api(wechat: WechatSandbox) -> AsyncIterator[Api]:
    """Calls a method of the interface with a good token, unless one is given."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, body: dict[str, Any], token: str | None = None) -> dict[str, Any]:
            account = wechat.account
            if token is None:
                asked = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.secret}
                token = (wechat.tokens.stable(asked)).get("access_token", "")
            url, query = f"{wechat.base_url}/cgi-bin/{method}", {"access_token": token}
            async with session.post(url, params=query, json=body) as response:
                found: dict[str, Any] = await response.json()
                return found

        yield call


def test_tencents_vector() -> None:
    for part, sealed in (("verify_url", "echostr"), ("message", "encrypt")):
        one = TENCENT[part]
        signed = signature(TENCENT["token"], one["timestamp"], one["nonce"], one[sealed])
        assert signed == one["msg_signature"]
        assert unseal(TENCENT["encoding_aes_key"], TENCENT["receive_id"], one[sealed])
    message = unseal(TENCENT["encoding_aes_key"], TENCENT["receive_id"], TENCENT["message"]["encrypt"])
    assert parse_message(message).type == "text"


def test_wechatpys_vectors() -> None:
    key, owner = WECHATPY["encoding_aes_key"], WECHATPY["receive_id"]
    expected = ENCRYPT.findall(words(WECHATPY["sealed"]["file"]))[0]
    plain = words(WECHATPY["sealed"]["plain"])
    assert seal(key, owner, plain, WECHATPY["salt"].encode()) == expected
    parts = WECHATPY["token"], WECHATPY["timestamp"], WECHATPY["nonce"]
    assert signature(*parts, expected) == WECHATPY["sealed"]["signature"]
    received = ENCRYPT.findall(words(WECHATPY["received"]["file"]))[0]
    assert signature(*parts, received) == WECHATPY["received"]["signature"]
    assert f"<Content><![CDATA[{WECHATPY['received']['content']}]]>" in unseal(key, owner, received)


def test_what_it_seals_wechatpy_opens_and_the_other_way_round() -> None:
    account = Account()
    theirs = WeChatCrypto(account.token, account.aes_key, account.app_id)
    ours = compose({"MsgType": "text", "Content": "第3章 ]]> <b>&"})
    sealed = seal(account.aes_key, account.app_id, ours, b"0123456789abcdef")
    signed = signature(account.token, "1", "2", sealed)
    assert theirs.decrypt_message({"Encrypt": sealed}, signed, "1", "2") == ours
    assert parse_message(ours).content == "第3章 ]]> <b>&"
    answered = ENCRYPT.findall(theirs.encrypt_message(ours, "2", "1"))[0]
    assert unseal(account.aes_key, account.app_id, answered) == ours
    with pytest.raises(Broken):
        unseal(account.aes_key, "wxanother", answered)


@pytest.mark.parametrize(
    ("sample", "fields"),
    [
        ("parser__parse_text_message.xml", {"MsgType": "text", "Content": "this is a test"}),
        ("events__click_event.xml", {"MsgType": "event", "Event": "CLICK", "EventKey": "EVENTKEY"}),
        (
            "parser__parse_subscribe_scan_event.xml",
            {"MsgType": "event", "Event": "subscribe", "EventKey": "qrscene_123123", "Ticket": "TICKET"},
        ),
    ],
)
def test_its_messages_are_those_of_the_samples(sample: str, fields: dict[str, str]) -> None:
    recorded = vars(parse_message(words(sample)))["_data"]
    head = {name: recorded[name] for name in ("ToUserName", "FromUserName", "CreateTime")}
    last = {"MsgId": recorded["MsgId"]} if "MsgId" in recorded else {}
    assert vars(parse_message(compose(head | fields | last)))["_data"] == recorded


async def test_a_notice_allowed_looks_like_the_sample(wechat: WechatSandbox) -> None:
    recorded = vars(parse_message(words("events__template_subscribe_msg_popup_event.xml")))["_data"]
    bodies: list[str] = []
    wechat.caller.mode = "plain"

    def take(body: str) -> web.StreamResponse:
        bodies.append(body)
        return web.Response(text="success")

    async with listening(wechat, take):
        await wechat.allow("林老师", "REMIND")
    told = vars(parse_message(bodies[0]))["_data"]
    assert told["Event"] == recorded["Event"]
    one = told["SubscribeMsgPopupEvent"]["List"]
    assert one.keys() == recorded["SubscribeMsgPopupEvent"]["List"][0].keys()


class listening:
    """`async with listening(wechat, answer):` an address that gets the calls; *answer* sees the body."""

    def __init__(self, wechat: WechatSandbox, reply: Callable[[str], Any]) -> None:
        self.wechat, self.reply = wechat, reply

    async def __aenter__(self) -> None:
        async def handle(request: web.Request) -> web.StreamResponse:
            found: web.StreamResponse = self.reply(await request.text())
            return found

        app = web.Application()
        app.router.add_post("/", handle)
        self.runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.wechat.caller.address = f"http://127.0.0.1:{self.runner.addresses[0][1]}/"

    async def __aexit__(self, *_: object) -> None:
        await self.runner.cleanup()


@pytest.mark.parametrize("trouble", [500, 502, 0])
async def test_a_message_is_told_three_times_then_given_up(wechat: WechatSandbox, trouble: int) -> None:
    bodies: list[str] = []
    wechat.caller.mode = "plain"

    def answer_badly(body: str) -> web.StreamResponse:
        bodies.append(body)
        if trouble:
            return web.Response(status=trouble)
        raise ConnectionResetError

    async with listening(wechat, answer_badly):
        heard = await wechat.say("林老师", "日程")
    assert not heard.well
    assert len(heard.statuses) == 3
    assert len(set(bodies)) == 1
    assert wechat.world.chat("林老师")[-1].text == "该公众号提供的服务出现故障，请稍后再试"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"MsgType": "text"}, "not a text"),
        ({"ToUserName": "o-somebody-else"}, "somebody else"),
        ({"Content": ""}, "0 bytes"),
        ({"Content": "字" * 683}, "2049 bytes"),
        ({"CreateTime": "soon"}, "no number"),
        ({"Extra": "x"}, "not a text"),
    ],
)
def test_an_answer_wechat_would_not_show_is_a_complaint(fields: dict[str, str], reason: str) -> None:
    account = Account()
    good = {"ToUserName": "o1", "FromUserName": account.original, "CreateTime": "1"}
    good |= {"MsgType": "text", "Content": "好"}
    assert read_reply(account, compose(good), "o1", sealed=False) == "好"
    if fields == {"MsgType": "text"}:
        fields = {"MsgType": "image"}
    with pytest.raises(BadReply, match=reason):
        read_reply(account, compose(good | fields), "o1", sealed=False)


def test_words_that_became_elements_are_seen() -> None:
    body = compose({"MsgType": "text", "Content": "x"}).replace(
        "]]></Content>", "]]></Content><MsgType>image</MsgType>"
    )
    with pytest.raises(BadReply, match="elements"):
        read_reply(Account(), body, "o1", sealed=False)


def text_to(wechat: WechatSandbox, name: str) -> dict[str, Any]:
    return {"touser": wechat.world.person(name).openid, "msgtype": "text", "text": {"content": "好"}}


async def test_five_messages_within_48_hours_of_a_word(wechat: WechatSandbox, api: Api) -> None:
    wechat.world.person("林老师").following = True
    recorded = answer("mp__custom_send_45015.json")
    refused = await api("message/custom/send", text_to(wechat, "林老师"))
    assert (refused["errcode"], refused.keys()) == (recorded["errcode"], recorded.keys())
    wechat.quota.spoke("林老师")
    codes = [(await api("message/custom/send", text_to(wechat, "林老师")))["errcode"] for _ in range(6)]
    assert codes == [0, 0, 0, 0, 0, 45047]
    wechat.quota.spoke("林老师")
    move(wechat, timedelta(hours=48))
    assert (await api("message/custom/send", text_to(wechat, "林老师")))["errcode"] == 45015


async def test_three_messages_within_a_minute_of_a_click(wechat: WechatSandbox, api: Api) -> None:
    wechat.world.person("林老师").following = True
    wechat.quota.acted("林老师")
    codes = [(await api("message/custom/send", text_to(wechat, "林老师")))["errcode"] for _ in range(4)]
    assert codes == [0, 0, 0, 45047]
    move(wechat, timedelta(minutes=1))
    assert (await api("message/custom/send", text_to(wechat, "林老师")))["errcode"] == 45015


def move(wechat: WechatSandbox, by: timedelta) -> None:
    assert isinstance(wechat.clock, MovableClock)
    wechat.clock.advance(by)


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        ("personal", ["custom", "template", "notice", "code", "menu"]),
        ("subscription", ["template", "code"]),
        ("service", []),
    ],
)
async def test_each_kind_has_its_rights(
    wechat: WechatSandbox, api: Api, kind: str, refused: list[str]
) -> None:
    wechat.account.kind = kind
    wechat.world.person("林老师").following = True
    form = {"touser": wechat.world.person("林老师").openid, "template_id": "REMIND"}
    form["data"] = {"thing1": {"value": "好"}}  # type: ignore[assignment]
    scene = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "test"}}}
    entry = {"type": "click", "name": "日程", "key": "/agenda"}
    calls: dict[str, tuple[str, dict[str, Any]]] = {
        "custom": ("message/custom/send", text_to(wechat, "林老师")),
        "template": ("message/template/send", form),
        "notice": ("message/subscribe/bizsend", form),
        "code": ("qrcode/create", scene),
        "menu": ("menu/create", {"button": [{"name": "研讨", "sub_button": [entry]}]}),
    }
    answers = {name: await api(*call) for name, call in calls.items()}
    recorded = answer("mp__api_unauthorized_48001.json")
    assert [name for name, one in answers.items() if one.get("errcode") == recorded["errcode"]] == refused
    if "code" not in refused:
        assert answer("mp__qrcode_create.json").keys() <= answers["code"].keys() | {"expire_seconds"}


async def test_tokens_end_overlap_and_are_forced_sparingly(wechat: WechatSandbox, api: Api) -> None:
    account = wechat.account
    asked = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.secret}
    first = await api("stable_token", asked)
    assert first.keys() == answer("mp__token.json").keys()
    assert await api("stable_token", asked) == first | {"expires_in": first["expires_in"]}
    forced = await api("stable_token", asked | {"force_refresh": True})
    assert forced["access_token"] != first["access_token"]
    assert wechat.tokens.check(first["access_token"]) == 0
    assert (await api("stable_token", asked | {"force_refresh": True}))["errcode"] == 45009
    move(wechat, timedelta(minutes=5))
    assert wechat.tokens.check(first["access_token"]) == 42001
    invalid = await api("message/custom/send", text_to(wechat, "林老师"), token="nobody-gave-this")
    assert invalid["errcode"] == answer("mp__invalid_credential_40001.json")["errcode"]
    assert (await api("stable_token", asked | {"secret": "wrong"}))["errcode"] == 40125


@pytest.mark.parametrize(
    ("method", "body", "complaint"),
    [
        ("message/custom/send", {"touser": "o1", "msgtype": "text"}, "text is missing"),
        (
            "message/custom/send",
            {"touser": 1, "msgtype": "text", "text": {"content": ""}},
            "touser is no str",
        ),
        ("stable_token", {"appid": "x", "secret": "y", "grant_type": "z", "more": 1}, "more is not known"),
        ("user/get", {}, "no such method"),
    ],
)
async def test_requests_of_the_wrong_shape_are_complaints(
    wechat: WechatSandbox, api: Api, method: str, body: dict[str, Any], complaint: str
) -> None:
    assert (await api(method, body))["errcode"]
    assert complaint in wechat.complaints[0]


async def test_escaped_chinese_is_a_complaint(wechat: WechatSandbox, api: Api) -> None:
    await api("message/custom/send", text_to(wechat, "林老师"))
    assert any("escaped" in one for one in wechat.complaints)


async def test_its_world_survives_as_json(wechat: WechatSandbox) -> None:
    wechat.world.person("林老师").following = True
    wechat.quota.spoke("林老师")
    wechat.world.add("林老师", "日程", from_bot=False)
    heard: list[str] = []
    other = WechatSandbox(wechat.clock)
    other.world.listeners.append(lambda: heard.append("changed"))
    other.load(wechat.dump())
    assert other.dump() == wechat.dump()
    assert heard == ["changed"]
    assert other.quota.take("林老师") == 0
