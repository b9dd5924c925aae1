"""Every recorded message and event becomes what it is, or nothing; none is an error."""

from pathlib import Path
from typing import Any

import pytest
from wechatpy import parse_message

from bot.adapters.wechat_oa.envelope import key_of
from bot.adapters.wechat_oa.read import read
from handlers.core.message import Attachment, Kind, Message
from tests.wechat.vectors import SAMPLES, words

WORD = {"kind": "word", "seconds": 172800, "left": 5}
EVENT = {"kind": "event", "seconds": 60, "left": 3}


def raw(name: str) -> dict[str, Any]:
    found: dict[str, Any] = vars(parse_message(words(name)))["_data"]
    return found


def message(name: str) -> Message:
    found = read(raw(name))
    assert found is not None
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_can_be_read(sample: Path) -> None:
    found = read(raw(sample.name))
    assert found is None or (found.place.private and found.addressed)
    assert key_of(raw(sample.name))


CONCERN_US = {
    "events__click_event",
    "events__scan_event",
    "events__subscribe_event",
    "events__subscribe_scan_event",
    "events__template_subscribe_msg_popup_event",
    "events__unsubscribe_event",
    "parser__parse_click_event",
    "parser__parse_image_message",
    "parser__parse_link_message",
    "parser__parse_location_message",
    "parser__parse_scan_event",
    "parser__parse_subscribe_event",
    "parser__parse_subscribe_event_with_last_trade_no",
    "parser__parse_subscribe_scan_event",
    "parser__parse_text_message",
    "parser__parse_video_message",
    "parser__parse_voice_message",
}


def test_what_concerns_us() -> None:
    assert {path.stem for path in SAMPLES if read(raw(path.name)) is not None} == CONCERN_US


def test_words() -> None:
    said = message("parser__parse_text_message.xml")
    assert (said.kind, said.text, said.key) == (Kind.TEXT, "this is a test", "1234567890123456")
    assert said.place.address == "fromUser"
    assert said.payload == {"talk": WORD}
    assert said.sent_at.year == 2012


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("parser__parse_image_message.xml", Attachment("photo", "media_id", "media_id")),
        ("parser__parse_voice_message.xml", Attachment("voice", "media_id", "media_id")),
        ("parser__parse_video_message.xml", Attachment("video", "media_id", "media_id")),
    ],
)
def test_files(sample: str, expected: Attachment) -> None:
    assert message(sample).attachment == expected


def test_a_recording_that_was_understood_is_words() -> None:
    said = read(raw("parser__parse_voice_message.xml") | {"Recognition": "周五有研讨吗"})
    assert said is not None
    assert (said.text, said.attachment) == ("周五有研讨吗", None)


def test_a_link_is_its_address() -> None:
    said = message("parser__parse_link_message.xml")
    assert said.links[0] in said.text


def test_a_place_is_its_name() -> None:
    assert message("parser__parse_location_message.xml").text == "位置信息"


@pytest.mark.parametrize(
    ("sample", "text", "start"),
    [
        ("events__subscribe_event.xml", "", "hello"),
        ("parser__parse_subscribe_scan_event.xml", "", "join-123123"),
        ("parser__parse_scan_event.xml", "", "join-123123"),
        ("events__click_event.xml", "EVENTKEY", None),
    ],
)
def test_events(sample: str, text: str, start: str | None) -> None:
    found = message(sample)
    assert (found.kind, found.text, found.payload.get("start")) == (Kind.TEXT, text, start)
    assert found.payload["talk"] == EVENT


def test_going_is_going() -> None:
    assert message("events__unsubscribe_event.xml").kind is Kind.REMOVED


def test_a_notice_allowed_is_counted_by_its_form() -> None:
    allowed = message("events__template_subscribe_msg_popup_event.xml")
    assert allowed.kind is Kind.ALLOWED
    form = "notice:VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc"
    assert allowed.payload["talk"] == {"kind": form, "seconds": 2592000, "left": 1, "adds": True}


def test_events_are_told_apart_by_who_when_and_what() -> None:
    one = raw("events__click_event.xml")
    assert key_of(one) == key_of(dict(one))
    assert "FromUser" not in key_of(one)
    assert key_of(one) != key_of(one | {"CreateTime": "123456790"})
    assert key_of(one) != key_of(one | {"EventKey": "OTHER"})


@pytest.mark.parametrize(
    "odd", [{"Content": None}, {"Content": {"a": "b"}}, {"CreateTime": "x" * 99}, {"CreateTime": None}]
)
def test_odd_fields_cost_nobody_their_message(odd: dict[str, Any]) -> None:
    assert read(raw("parser__parse_text_message.xml") | odd) is not None


@pytest.mark.parametrize("nothing", [{}, {"MsgType": "text"}])
def test_what_is_no_message_is_said_to_be_none(nothing: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="unreadable"):
        read(nothing)
