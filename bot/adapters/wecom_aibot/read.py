"""A WeCom callback becomes a neutral message. A field that is missing or unknown costs nobody their words."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.adapters.wecom_aibot.content import (
    Raw,
    attachment_of,
    event_of,
    is_group,
    plainly,
    pressed,
    quoted_in,
    without_name,
    words_of,
)
from bot.adapters.wecom_aibot.frames import request_of
from handlers.core.message import Kind, Message, Place, Sender
from storage.links import find_links

PLATFORM = "wecom"
KNOWN = {"text", "mixed", "voice", "image", "file", "video"}


def key_of(frame: Mapping[str, Any]) -> str:
    """What tells the callback apart for ever; a repeat has the same."""
    body = frame.get("body")
    found = body.get("msgid") if isinstance(body, Mapping) else None
    return found if isinstance(found, str) else ""


def read(frame: dict[str, Any], now: datetime) -> Message | None:
    """The message in a callback, None if it does not concern us; ValueError if it is none."""
    body = frame.get("body")
    if not isinstance(body, Mapping) or not key_of(frame):
        raise ValueError("no msgid")
    kind, details = event_of(body)
    if body.get("msgtype") == "event":
        reader = _EVENTS.get(kind)
        return reader(frame, body, details, now) if reader else None
    return _said(frame, body, now) if body.get("msgtype") in KNOWN else None


def _said(frame: Raw, body: Raw, now: datetime) -> Message | None:
    place, words = _place(body), words_of(body)
    attachment = attachment_of(body)
    if not words and attachment is None:
        return None
    text = plainly(words if place.private else without_name(words))
    if not text and attachment is None and "quote" not in body:
        # Somebody only called our name.
        text = "/start"
    return Message(
        PLATFORM,
        key_of(frame),
        Kind.TEXT,
        place,
        _instant(body, now),
        _sender(body),
        text,
        message_id=key_of(frame),
        addressed=True,
        reply_to=quoted_in(body),
        attachment=attachment,
        links=tuple(find_links(text)),
        payload={"query": request_of(dict(frame))},
    )


def _entered(frame: Raw, body: Raw, details: Raw, now: datetime) -> Message:
    """Somebody opened the private chat for the first time that day."""
    payload = {"start": "hello", "query": request_of(dict(frame))}
    return _event(frame, body, Kind.TEXT, now, None, payload)


def _pressed(frame: Raw, body: Raw, details: Raw, now: datetime) -> Message:
    data, task_id = pressed(details)
    payload = {"data": data, "query": request_of(dict(frame))}
    return _event(frame, body, Kind.BUTTON, now, task_id.partition("-")[0], payload)


def _event(
    frame: Raw, body: Raw, kind: Kind, now: datetime, message_id: str | None, payload: dict[str, Any]
) -> Message:
    return Message(
        PLATFORM,
        key_of(frame),
        kind,
        _place(body),
        _instant(body, now),
        _sender(body),
        message_id=message_id,
        addressed=True,
        payload=payload,
    )


def _place(body: Raw) -> Place:
    chat = body.get("chatid")
    if is_group(body):
        if not isinstance(chat, str) or not chat:
            raise ValueError("no chatid")
        return Place(chat)
    return Place(_sender(body).address, private=True)


def _sender(body: Raw) -> Sender:
    """Who; WeCom tells no names, so people are asked for theirs."""
    sender = body.get("from")
    found = sender.get("userid") if isinstance(sender, Mapping) else None
    if not isinstance(found, str) or not found:
        raise ValueError("no userid")
    return Sender(found, "")


def _instant(body: Raw, now: datetime) -> datetime:
    moment = body.get("create_time")
    return datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) and 0 < moment < 1 << 33 else now


_EVENTS: dict[str, Callable[[Raw, Raw, Raw, datetime], Message]] = {
    "enter_chat": _entered,
    "template_card_event": _pressed,
}
