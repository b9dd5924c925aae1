"""What a callback says, from the recorded samples and from what people really type."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.adapters.wecom_aibot.read import read
from handlers.core.message import Kind, Message
from tests.wecom.samples import frame_of, sample

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def group(text: str, **more: Any) -> Message:
    """What is read of *text* said in a group."""
    body = sample("msg_text_group.body") | {"text": {"content": text}} | more
    body.pop("quote", None) if "quote" not in more else None
    found = read(frame_of(body), NOW)
    assert found is not None
    return found


def test_the_sample_of_a_group_message() -> None:
    found = read(frame_of(sample("msg_text_group.body")), NOW)
    assert found is not None
    assert (found.platform, found.kind, found.text) == ("wecom", Kind.TEXT, "hello robot")
    assert found.key == found.message_id == "CAIQ16HMjQYY/NGagIOAgAMgq4KM0AI="
    assert (found.place.address, found.place.private, found.addressed) == ("CHATID", False, True)
    assert found.sender is not None
    assert found.sender.address == "USERID"
    assert found.payload == {"query": "req-1"}
    assert found.reply_to is not None
    assert not found.reply_to.ours


@pytest.mark.parametrize("name", ["event_template_card_nested.frame", "event_template_card_flat.frame"])
def test_both_shapes_of_a_press(name: str) -> None:
    found = read(sample(name), NOW)
    assert found is not None
    assert (found.kind, found.payload) == (Kind.BUTTON, {"data": "approve", "query": "req-evt-1"})
    assert (found.place.address, found.message_id) == ("room-1", "task")


@pytest.mark.parametrize("flat", [False, True], ids=["nested", "flat"])
def test_a_choice_from_a_list_is_a_press_of_what_was_chosen(flat: bool) -> None:
    body = sample("event_template_card_vote.body")
    if flat:
        details = body["event"].pop("template_card_event")
        body["event"] |= details | {"event_key": "submit"}
    found = read(frame_of(body, "aibot_event_callback"), NOW)
    assert found is not None
    assert (found.kind, found.payload["data"], found.message_id) == (Kind.BUTTON, "a", "T")


def test_opening_the_private_chat_asks_for_the_welcome() -> None:
    found = read(sample("event_enter_chat.frame"), NOW)
    assert found is not None
    assert (found.kind, found.payload["start"]) == (Kind.TEXT, "hello")
    assert (found.place.address, found.place.private) == ("U1", True)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("@研伴 日程", "日程"),
        ("@研伴\u2005日程", "日程"),
        ("  @研伴　安排　周五15:00 备课", "安排 周五15:00 备课"),
        ("@研伴 ／ｓｃｈｅｄｕｌｅ　周五１５:00", "/ｓｃｈｅｄｕｌｅ 周五15:00"),
        ("@研伴，日程", "日程"),
        ("@研伴 ：帮助", "帮助"),
        ("帮我看看日程 @研伴", "帮我看看日程"),
        ("帮我看看 @研伴 日程", "帮我看看 日程"),
        ("请 @王老师 和 @研伴 看看", "请 @王老师 和 @研伴 看看"),
        ("@研伴 请 @王老师 来", "请 @王老师 来"),
        ("@研伴", "/start"),
        ("@研伴 做：题目１\n　　学：不变", "做：题目１\n　　学：不变"),
        ("@研伴 ＃3", "#3"),
    ],
    ids=[
        "name",
        "odd space",
        "wide space",
        "wide command",
        "comma",
        "colon",
        "name last",
        "name within",
        "whose name",
        "others stay",
        "only the name",
        "prose",
        "number",
    ],
)
def test_what_is_typed_in_a_group(typed: str, read_as: str) -> None:
    assert group(typed).text == read_as


def test_a_name_in_private_belongs_to_the_words() -> None:
    body = sample("msg_text_group.body") | {"chattype": "single", "text": {"content": "@王老师 说得对"}}
    del body["chatid"]
    found = read(frame_of(body), NOW)
    assert found is not None
    assert (found.text, found.place.private, found.place.address) == ("@王老师 说得对", True, "USERID")


def test_a_quoted_post_of_ours_is_known_by_its_sign() -> None:
    quote = {"msgtype": "text", "text": {"content": "本周反思题\n这周你试了什么？\n#R12 "}}
    found = group("@研伴 试了折纸", quote=quote).reply_to
    assert found is not None
    assert (found.ours, found.message_id, found.text) == (True, "R12", "本周反思题\n这周你试了什么？")


def test_a_quoted_file_can_be_fetched() -> None:
    quote = {"msgtype": "file", "file": {"url": "https://x.example.cn/1?a", "aeskey": "K"}}
    found = group("@研伴 分享 小数乘法", quote=quote).reply_to
    assert found is not None
    assert found.attachment is not None
    assert (found.attachment.kind, found.attachment.file) == ("document", "K https://x.example.cn/1?a")


def test_words_and_picture_of_a_mixed_message() -> None:
    items = [
        {"msgtype": "text", "text": {"content": "@研伴 分享 板书"}},
        {"msgtype": "image", "image": {"url": "https://x.example.cn/2", "aeskey": "K"}},
    ]
    body = sample("msg_text_group.body") | {"msgtype": "mixed", "mixed": {"msg_item": items}}
    found = read(frame_of(body), NOW)
    assert found is not None
    assert found.text == "分享 板书"
    assert found.attachment is not None
    assert found.attachment.kind == "photo"


def test_a_voice_message_is_its_words() -> None:
    body = sample("msg_text_group.body") | {"msgtype": "voice", "voice": {"content": "日程"}}
    found = read(frame_of(body), NOW)
    assert found is not None
    assert found.text == "日程"


@pytest.mark.parametrize(
    "changes",
    [
        {"msgtype": "location", "location": {"x": 1}},
        {"msgtype": "event", "event": {"eventtype": "feedback_event", "feedback_event": {}}},
        {"msgtype": "event", "event": {"eventtype": "something_new"}},
        {"msgtype": "text", "text": {}},
    ],
    ids=["kind", "feedback", "event", "no words"],
)
def test_what_does_not_concern_us_is_passed_over(changes: dict[str, Any]) -> None:
    body = {name: value for name, value in sample("msg_text_group.body").items() if name != "quote"}
    assert read(frame_of(body | changes), NOW) is None


@pytest.mark.parametrize(
    "frame",
    [
        {},
        {"body": []},
        frame_of({"msgtype": "text", "text": {"content": "x"}}),
        frame_of({"msgid": "1", "msgtype": "text", "text": {"content": "x"}, "chattype": "group"}),
        frame_of({"msgid": "1", "msgtype": "text", "text": {"content": "x"}, "chatid": "C", "from": "U"}),
    ],
    ids=["empty", "no body", "no msgid", "no chat", "no sender"],
)
def test_what_is_no_callback_is_unreadable(frame: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no "):
        read(frame, NOW)
