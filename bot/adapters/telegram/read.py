"""A raw Telegram update becomes a neutral message.

Read from the plain JSON and not through the library's classes, which refuse genuine updates (old recordings,
members without newer rights): a field that is missing or unknown must never cost a teacher their message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.adapters.telegram.content import addressing, attachment_of, links_in, words_of
from handlers.core.message import Kind, Message, Place, Quoted, Sender

PLATFORM = "telegram"
SERVICE = 777000
INSIDE = {"member", "administrator", "creator", "restricted"}
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str


def read(raw: Raw, me: Me) -> Message | None:
    """The message in *raw*, or None if it does not concern us; ValueError if it is no update."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("update_id"), int):
        raise ValueError("no update_id")
    try:
        for field, reader in _READERS.items():
            if isinstance(content := raw.get(field), Mapping):
                return reader(content, str(raw["update_id"]), me)
    except (LookupError, TypeError, AttributeError, OverflowError, OSError) as error:
        raise ValueError(f"unreadable {field}: {type(error).__name__}") from error
    return None


def _message(content: Raw, key: str, me: Me) -> Message | None:
    for field, kind in _SERVICES.items():
        if field in content:
            return _service(content, key, kind, me)
    return _said(content, key, Kind.TEXT, me)


def _edited(content: Raw, key: str, me: Me) -> Message | None:
    return _said(content, key, Kind.EDITED, me)


def _said(content: Raw, key: str, kind: Kind, me: Me) -> Message | None:
    sender = _sender(content)
    via = content.get("via_bot")
    if sender is None or (isinstance(via, Mapping) and via.get("id") == me.id):
        return None
    place = _place(content)
    quoted = _quoted(content, me)
    text = words_of(content)
    named, text = addressing(content, text, me.username)
    return Message(
        PLATFORM,
        key,
        kind,
        place,
        _instant(content),
        sender,
        text,
        message_id=str(content.get("message_id", "")),
        addressed=place.private or named or bool(quoted and quoted.ours),
        reply_to=quoted,
        attachment=attachment_of(content),
        links=links_in(content),
        payload=_start(text) if place.private else {},
    )


def _service(content: Raw, key: str, kind: Kind, me: Me) -> Message | None:
    people = [*content.get("new_chat_members", []), *_one(content.get("left_chat_member"))]
    if people and all(person.get("id") == me.id for person in people):
        # Our own coming and going arrives as my_chat_member, with the rights we have.
        return None
    payload = {
        name: str(content[field])
        for name, field in (("new", "migrate_to_chat_id"), ("old", "migrate_from_chat_id"))
        if field in content
    }
    return Message(
        PLATFORM,
        key,
        kind,
        _place(content),
        _instant(content),
        people=tuple(_person(person) for person in people if not person.get("is_bot")),
        payload=payload,
    )


def _pressed(content: Raw, key: str, me: Me) -> Message | None:
    message = content.get("message")
    payload = {"data": content.get("data", ""), "query": content.get("id")}
    if not isinstance(message, Mapping) or "from" not in content or not _can_be_answered(content):
        return None
    return Message(
        PLATFORM,
        key,
        Kind.BUTTON,
        _place(message),
        _instant(message),
        _person(content["from"]),
        message_id=str(message.get("message_id", "")),
        addressed=True,
        payload=payload,
    )


def _can_be_answered(content: Raw) -> bool:
    """Whether what waits for an answer within seconds says where that goes."""
    return bool(content.get("id")) and isinstance(content["id"], str)


def _query(content: Raw, key: str, me: Me) -> Message | None:
    if not _can_be_answered(content):
        return None
    person = _person(content["from"])
    # An inline search has no chat of its own: what it may show is what its writer may see in private.
    return Message(
        PLATFORM,
        key,
        Kind.QUERY,
        Place(person.address, private=True),
        datetime.fromtimestamp(0, UTC),
        person,
        str(content.get("query", "")),
        addressed=True,
        payload={"query": content.get("id"), "offset": content.get("offset", "")},
    )


def _ours(content: Raw, key: str, me: Me) -> Message | None:
    return _membership(content, key, ours=True)


def _theirs(content: Raw, key: str, me: Me) -> Message | None:
    return _membership(content, key, ours=False)


def _membership(content: Raw, key: str, ours: bool) -> Message | None:
    old, new = (content.get(name) or {} for name in ("old_chat_member", "new_chat_member"))
    was, now = _inside(old), _inside(new)
    if was == now:
        return None
    user = new.get("user") or {}
    kind = {(True, True): Kind.ADDED, (True, False): Kind.REMOVED, (False, True): Kind.JOINED}
    return Message(
        PLATFORM,
        key,
        kind.get((ours, now), Kind.LEFT),
        _place(content),
        _instant(content),
        _person(content["from"]) if ours and "from" in content else None,
        people=() if ours or user.get("is_bot") else (_person(user),),
    )


def _inside(member: Raw) -> bool:
    return member.get("status") in INSIDE and member.get("is_member", True) is not False


def _place(content: Raw) -> Place:
    chat = content["chat"]
    thread = content.get("message_thread_id") if content.get("is_topic_message") else None
    private = chat.get("type") == "private"
    title = "" if private else str(chat.get("title", ""))
    return Place(str(chat["id"]), private, title, str(thread) if thread is not None else None)


def _sender(content: Raw) -> Sender | None:
    """Who wrote: None for what no person wrote (other bots, linked channels, posts in a channel)."""
    user, chat = content.get("from"), content.get("sender_chat")
    if isinstance(chat, Mapping):
        own = chat.get("id") == content["chat"].get("id") and content["chat"].get("type") != "channel"
        return Sender(str(chat["id"]), str(chat.get("title", "")), anonymous=True) if own else None
    if not isinstance(user, Mapping) or user.get("is_bot") or user.get("id") == SERVICE:
        return None
    return _person(user)


def _person(user: Raw) -> Sender:
    name = " ".join(str(part) for part in (user.get("first_name"), user.get("last_name")) if part)
    return Sender(str(user["id"]), name or "?", _word(user.get("username")), _word(user.get("language_code")))


def _quoted(content: Raw, me: Me) -> Quoted | None:
    quoted = content.get("reply_to_message")
    if not isinstance(quoted, Mapping) or "forum_topic_created" in quoted:
        # Every message in a topic "replies" to the topic's first line: nobody meant that as a reply.
        return None
    return Quoted(
        str(quoted.get("message_id", "")),
        words_of(quoted),
        links_in(quoted),
        attachment_of(quoted),
        _sender(quoted) if "chat" in quoted else None,
        ours=(quoted.get("from") or {}).get("id") == me.id,
    )


def _instant(content: Raw) -> datetime:
    date = content.get("date", 0)
    return datetime.fromtimestamp(date if isinstance(date, int) and 0 <= date < 1 << 33 else 0, UTC)


def _start(text: str) -> dict[str, Any]:
    word, _, link = text.partition(" ")
    return {"start": link.strip()} if word == "/start" and link.strip() else {}


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _one(value: Any) -> list[Any]:
    return [value] if isinstance(value, Mapping) else []


_SERVICES = {
    "new_chat_members": Kind.JOINED,
    "left_chat_member": Kind.LEFT,
    "migrate_to_chat_id": Kind.MIGRATED,
    "migrate_from_chat_id": Kind.MIGRATED,
}
_READERS = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "inline_query": _query,
    "my_chat_member": _ours,
    "chat_member": _theirs,
}
