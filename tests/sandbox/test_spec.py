"""The checker finds what the documentation forbids, and nothing else."""

from typing import Any

import pytest

from bot.sandbox.spec import check_object, check_request, method_named, spec

BUTTON = {"text": "参加", "callback_data": "r:42:y"}


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


GOOD: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"chat_id": 1, "text": "好"}),
    ("sendMessage", {"chat_id": "@group", "text": "好", "reply_markup": keyboard(BUTTON)}),
    ("sendMessage", {"chat_id": 1, "text": "好", "reply_markup": {"force_reply": True}}),
    ("sendMessage", {"chat_id": 1, "text": "好", "reply_parameters": {"message_id": 3}}),
    ("setMyCommands", {"commands": [{"command": "find", "description": "找"}], "scope": {"type": "default"}}),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "字" * 200}),
    ("getUpdates", {"offset": -1, "limit": 100, "allowed_updates": ["message"]}),
    ("setMessageReaction", {"chat_id": 1, "message_id": 2, "reaction": [{"type": "emoji", "emoji": "👍"}]}),
]
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "好"}, "chat_id is missing"),
    ("sendMessage", {"chat_id": 1, "text": "好", "disable_web_page_preview": True}, "unknown parameter"),
    ("sendMessage", {"chat_id": True, "text": "好"}, "expected"),
    ("sendMessage", {"chat_id": 1, "text": 5}, "String expected"),
    (
        "sendMessage",
        {"chat_id": 1, "text": "好", "reply_markup": keyboard({"callback_data": "x"})},
        "text is missing",
    ),
    (
        "sendMessage",
        {"chat_id": 1, "text": "好", "reply_markup": keyboard({"text": "x"})},
        "exactly one kind",
    ),
    (
        "sendMessage",
        {"chat_id": 1, "text": "好", "reply_markup": keyboard({"text": "x", "callback_data": "字" * 22})},
        "1 to 64 bytes",
    ),
    (
        "sendMessage",
        {"chat_id": 1, "text": "好", "reply_markup": keyboard({"text": "x", "callback_data": ""})},
        "1 to 64 bytes",
    ),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "字" * 201}, "0 to 200 characters"),
    ("sendPoll", {"chat_id": 1, "question": "?", "options": ["a", "b"]}, "InputPollOption expected"),
    ("setMyCommands", {"commands": [{"command": "找", "description": "找"}]}, "[a-z0-9_]+"),
    ("setMyCommands", {"commands": [{"command": "find", "description": ""}]}, "1 to 256 characters"),
    ("setMyCommands", {"commands": [{"command": "c", "description": "d"}] * 101}, "0 to 100 items"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chatt", "chat_id": 1}}, "must be chat"),
    ("getUpdates", {"limit": 101}, "1 to 100 number"),
    ("sendDocument", {"chat_id": 1, "document": 5}, "expected"),
]


@pytest.mark.parametrize(("method", "params"), GOOD)
def test_what_is_documented_passes(method: str, params: dict[str, Any]) -> None:
    assert check_request(method, params) == []


@pytest.mark.parametrize(("method", "params", "words"), BAD)
def test_what_is_not_is_named(method: str, params: dict[str, Any], words: str) -> None:
    assert words in " ".join(check_request(method, params))


def test_updates_are_read_by_subtype() -> None:
    user = {"id": 1, "is_bot": False, "first_name": "林"}
    told = {
        "chat": {"id": -1, "type": "group"},
        "from": user,
        "date": 1,
        "old_chat_member": {},
        "new_chat_member": {},
    }
    told["old_chat_member"] = {"status": "left", "user": user}
    told["new_chat_member"] = {"status": "kicked", "user": user}
    assert check_object("Update", {"update_id": 1, "chat_member": told}) == [
        "Update.chat_member.new_chat_member: until_date is missing"
    ]


def test_method_names_are_read_without_case() -> None:
    assert method_named("SENDMESSAGE") == "sendMessage"
    assert method_named("sendNothing") is None


def test_the_source_is_named() -> None:
    assert "PaulSonOfLars/telegram-bot-api-spec" in spec()["source"]
    assert len(spec()["methods"]) == 180
