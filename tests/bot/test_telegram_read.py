"""Raw Telegram updates and what is understood of them. Files: tests/data/updates (sources in its README)."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.telegram.read import Me, read
from handlers.core.message import Kind, Message

UPDATES = Path(__file__).parent.parent / "data" / "updates"
FILES = sorted(UPDATES.glob("*/*.json"))
ME = Me(5201314, "plc_lab_bot")


def load(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(next(UPDATES.glob(f"*/{name}.json")).read_text(encoding="utf-8"))
    return found


def understood(name: str) -> Message:
    message = read(load(name), ME)
    assert message is not None
    return message


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_genuine_update_is_refused(path: Path) -> None:
    message = read(json.loads(path.read_text(encoding="utf-8")), ME)
    assert message is None or message.key


KINDS = [
    ("group_command_bare", Kind.TEXT),
    ("callback_query", Kind.BUTTON),
    ("edited_message", Kind.EDITED),
    ("inline_query", Kind.QUERY),
    ("my_chat_member_added", Kind.ADDED),
    ("my_chat_member_removed", Kind.REMOVED),
    ("chat_member_joined_by_link", Kind.JOINED),
    ("new_chat_members", Kind.JOINED),
    ("left_chat_member", Kind.LEFT),
    ("migrate_to_chat_id", Kind.MIGRATED),
    ("migrate_from_chat_id", Kind.MIGRATED),
    ("my_chat_member_added_2025", Kind.ADDED),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_each_kind_is_told_apart(name: str, kind: Kind) -> None:
    assert understood(name).kind is kind


NOT_OURS = ["channel_post", "unknown_future_kind", "message_reaction", "poll_answer", "via_bot"]


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_does_not_concern_us_is_passed_over(name: str) -> None:
    assert read(load(name), ME) is None


@pytest.mark.parametrize("name", ["callback_query", "inline_query"])
@pytest.mark.parametrize("number", [None, "", True, 7, {"a": 1}])
def test_what_cannot_be_answered_is_passed_over(name: str, number: object) -> None:
    update = load(name)
    update[name]["id"] = number
    assert read(update, ME) is None


def test_the_name_after_a_command_is_taken_off() -> None:
    message = understood("group_command_at_bot")
    assert (message.text, message.addressed) == ("/schedule 周五 15:30 《背影》说课", True)


def test_a_command_for_another_bot_is_left_as_it_is() -> None:
    message = understood("group_command_other_bot")
    assert not message.addressed
    assert "@" in message.text.split()[0]


def test_a_message_in_a_topic_is_no_reply() -> None:
    message = understood("forum_topic_message")
    assert (message.place.thread, message.reply_to) == ("20", None)


def test_a_reply_thread_is_no_topic() -> None:
    assert understood("supergroup_thread_not_topic").place.thread is None


def test_a_reply_to_us_is_addressed_to_us() -> None:
    message = understood("reply_to_bot_with_quote")
    assert message.addressed
    assert message.reply_to is not None
    assert message.reply_to.ours


def test_links_are_cut_by_utf16_units() -> None:
    assert understood("group_text_entities_utf16").links == ("https://example.edu.cn/a?b=1&c=2",)


def test_a_photo_is_its_largest_size_with_its_caption() -> None:
    message = understood("photo_with_caption")
    assert message.attachment is not None
    assert message.attachment.file == "AgACAgUAAx"
    assert message.text == "板书照片"


def test_an_anonymous_administrator_is_nobody_in_particular() -> None:
    sender = understood("anonymous_admin_command").sender
    assert sender is not None
    assert sender.anonymous


def test_a_linked_channel_speaks_for_no_person() -> None:
    assert read(load("discussion_auto_forward"), ME) is None


def test_a_deep_link_is_taken_apart() -> None:
    assert understood("private_start_deeplink").payload == {"start": "g_-1001700000001"}


def test_both_notices_of_a_migration_name_the_other_address() -> None:
    assert understood("migrate_to_chat_id").payload["new"].startswith("-100")
    assert understood("migrate_from_chat_id").payload["old"].startswith("-")


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def mutate(value: Any, path: list[int], odd: Any) -> Any:
    """*value* with one place, found by *path*, replaced by something odd."""
    if not path or not isinstance(value, dict | list) or not value:
        return odd
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[path[0] % len(keys)]
    changed = value.copy()
    changed[key] = mutate(value[key], path[1:], odd)
    return changed


@given(st.sampled_from(FILES), st.lists(st.integers(0, 30), max_size=5), ODD)
@settings(max_examples=1000, deadline=None)
def test_a_bent_update_is_read_or_refused_but_never_worse(path: Path, where: list[int], odd: Any) -> None:
    bent = mutate(json.loads(path.read_text(encoding="utf-8")), where, odd)
    try:
        message = read(bent, ME)
    except ValueError:
        return
    assert message is None or isinstance(message, Message)
