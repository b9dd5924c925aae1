"""A raw message of an Official Account becomes a neutral one; every follower is a private chat."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.adapters.wechat_oa.envelope import key_of
from handlers.core.message import Attachment, Kind, Message, Place, Sender

PLATFORM = "wechat"
Raw = Mapping[str, Any]
# How often we may speak afterwards: five times in 48 hours, after a click three times in a minute.
WORD = {"kind": "word", "seconds": 48 * 3600, "left": 5}
EVENT = {"kind": "event", "seconds": 60, "left": 3}
NOTICE_DAYS = 30


def read(raw: Raw) -> Message | None:
    """The message in *raw*, or None if it does not concern us; ValueError if it is none."""
    try:
        kind = str(raw["MsgType"]).lower()
        reader = _EVENTS.get(str(raw.get("Event")).lower()) if kind == "event" else _WORDS.get(kind)
        return reader(raw) if reader else None
    except (LookupError, TypeError, AttributeError, OverflowError, OSError) as error:
        raise ValueError(f"unreadable: {type(error).__name__}") from error


def _text(raw: Raw) -> Message:
    return _said(raw, _words(raw, "Content"))


def _link(raw: Raw) -> Message:
    title, address = _words(raw, "Title"), _words(raw, "Url")
    return _said(raw, f"{title}\n{address}".strip(), links=(address,) if address else ())


def _location(raw: Raw) -> Message:
    return _said(raw, _words(raw, "Label"))


def _voice(raw: Raw) -> Message:
    """What the platform heard, where the account has that switched on; else the recording."""
    heard = _words(raw, "Recognition")
    return _said(raw, heard) if heard else _said(raw, "", _file(raw, "voice"))


def _photo(raw: Raw) -> Message:
    return _said(raw, "", _file(raw, "photo"))


def _video(raw: Raw) -> Message:
    return _said(raw, "", _file(raw, "video"))


def _clicked(raw: Raw) -> Message:
    return _happened(raw, _words(raw, "EventKey"))


def _followed(raw: Raw) -> Message:
    return _happened(raw, payload={"start": "hello"})


def _scanned(raw: Raw) -> Message:
    code = _words(raw, "EventKey").removeprefix("qrscene_")
    return _happened(raw, payload={"start": f"join-{code}" if code else "hello"})


def _left(raw: Raw) -> Message:
    return _message(raw, Kind.REMOVED)


def _allowed(raw: Raw) -> Message | None:
    """Notices somebody just allowed us, one for each template they accepted."""
    popup = raw.get("SubscribeMsgPopupEvent") or {}
    found = popup.get("List") or []
    accepted = [
        str(one["TemplateId"])
        for one in (found if isinstance(found, list) else [found])
        if one.get("SubscribeStatusString") == "accept"
    ]
    if not accepted:
        return None
    allowed = {"kind": f"notice:{accepted[0]}", "seconds": NOTICE_DAYS * 86400, "left": 1, "adds": True}
    return _message(raw, Kind.ALLOWED, payload={"talk": allowed})


def _said(raw: Raw, text: str, attachment: Attachment | None = None, links: tuple[str, ...] = ()) -> Message:
    return _message(raw, Kind.TEXT, text, {"talk": WORD}, attachment, links)


def _happened(raw: Raw, text: str = "", payload: dict[str, Any] | None = None) -> Message:
    return _message(raw, Kind.TEXT, text, {"talk": EVENT} | (payload or {}))


def _message(
    raw: Raw,
    kind: Kind,
    text: str = "",
    payload: dict[str, Any] | None = None,
    attachment: Attachment | None = None,
    links: tuple[str, ...] = (),
) -> Message:
    who = str(raw["FromUserName"])
    return Message(
        PLATFORM,
        key_of(dict(raw)),
        kind,
        Place(who, private=True),
        _instant(raw),
        # No interface tells us a follower's name any more; /me NAME is how they give it.
        Sender(who, f"微信{who[-4:]}"),
        text,
        message_id=None,
        addressed=True,
        attachment=attachment,
        links=links,
        payload=payload or {},
    )


def _file(raw: Raw, kind: str) -> Attachment | None:
    media = _words(raw, "MediaId")
    return Attachment(kind, media, media) if media else None


def _words(raw: Raw, name: str) -> str:
    found = raw.get(name)
    return found.strip() if isinstance(found, str) else ""


def _instant(raw: Raw) -> datetime:
    given = str(raw.get("CreateTime", ""))
    seconds = int(given) if given.isascii() and given.isdigit() and len(given) <= 10 else 0
    return datetime.fromtimestamp(seconds, UTC)


_WORDS: dict[str, Callable[[Raw], Message | None]] = {
    "text": _text,
    "image": _photo,
    "voice": _voice,
    "video": _video,
    "shortvideo": _video,
    "link": _link,
    "location": _location,
}
_EVENTS: dict[str, Callable[[Raw], Message | None]] = {
    "subscribe": _followed,
    "subscribe_scan": _scanned,
    "scan": _scanned,
    "unsubscribe": _left,
    "click": _clicked,
    "subscribe_msg_popup_event": _allowed,
}
