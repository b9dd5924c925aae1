"""Outbox rows become Bot API calls, and Telegram's refusals the ways sending can end."""

import base64
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from telegram import (
    Bot,
    InlineQueryResultArticle,
    InputFile,
    InputTextMessageContent,
    Message,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.adapters.base import Gone, Moved, Parcel, Paused, Refused, Undelivered, Unknown, Unreachable
from bot.adapters.telegram.call import Api
from bot.adapters.telegram.request import NotConnected, seconds

HTML = "HTML"
NO_PREVIEW = {"is_disabled": True}
ASKING = {"force_reply": True, "selective": True}
NOTICE_LENGTH, ALERT_LENGTH = 200, 40
UNCHANGED = "message is not modified"
NO_CHAT = (
    "chat not found",
    "user is deactivated",
    "group chat was deactivated",
    "bot was kicked",
    "peer_id_invalid",
)
NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")


async def deliver(api: Api, parcel: Parcel) -> str | None:
    """Send one parcel; the new message's id, if one was made. Raises Undelivered."""
    try:
        return await _SENDERS[parcel.method](api, parcel)
    except TelegramError as error:
        if UNCHANGED in str(error).lower():
            return None
        if any(words in str(error).lower() for words in NO_TOPIC) and parcel.payload.get("thread"):
            parcel.payload["thread"] = None
            return await deliver(api, parcel)
        raise undelivered(error) from None


def undelivered(error: TelegramError) -> Undelivered:
    """What a Bot API error means for the parcel."""
    match error:
        case RetryAfter():
            return Paused(seconds(error.retry_after))
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Gone(error.message)
        case BadRequest():
            words = error.message.lower()
            return Gone(words) if any(said in words for said in NO_CHAT) else Refused(error.message)
        case InvalidToken() | NotConnected():
            return Unreachable(type(error).__name__)
        case NetworkError() if not _maybe_posted(error):
            return Unreachable(type(error).__name__)
        case _:
            return Unknown(type(error).__name__)


def _maybe_posted(error: NetworkError) -> bool:
    # A 5xx is an answer: Telegram says itself that it did not do it.
    return not any(words in str(error) for words in ("Bad Gateway", "Internal Server Error", "(5", "Service"))


async def _post(api: Api, parcel: Parcel) -> str:
    payload = parcel.payload
    message = await api.call(
        "sendMessage",
        chat_id=parcel.address,
        text=payload["html"],
        parse_mode=HTML,
        link_preview_options=NO_PREVIEW,
        message_thread_id=_number(payload.get("thread")),
        reply_parameters=_reply(payload),
        reply_markup=_markup(payload),
        disable_notification=payload.get("silent"),
    )
    return str(message["message_id"])


async def _file(api: Api, parcel: Parcel) -> str:
    payload, file = parcel.payload, parcel.payload["file"]
    content = base64.b64decode(file["content"])
    kind, send = _sender_of(api.bot, file)
    message = await send(
        chat_id=parcel.address,
        **{kind: file["file"] or InputFile(content, filename=file["name"])},
        caption=payload["html"] or None,
        parse_mode=HTML,
        message_thread_id=_number(payload.get("thread")),
        # The library takes its own classes or the JSON they would become.
        reply_markup=cast(Any, _markup(payload)),
    )
    return str(message.message_id)


def _sender_of(bot: Bot, file: Mapping[str, Any]) -> tuple[str, Callable[..., Awaitable[Message]]]:
    """Telegram sends a file it knows again only as what it was; what we made is a document."""
    senders: dict[str, Callable[..., Awaitable[Message]]] = {
        "photo": bot.send_photo,
        "video": bot.send_video,
        "audio": bot.send_audio,
        "voice": bot.send_voice,
        "animation": bot.send_animation,
    }
    kind = file.get("kind", "document") if file["file"] else "document"
    return (kind, senders[kind]) if kind in senders else ("document", bot.send_document)


async def _edit(api: Api, parcel: Parcel) -> None:
    payload = parcel.payload
    if not payload.get("message_id"):
        raise BadRequest("the card was never posted")
    await api.call(
        "editMessageText",
        text=payload["html"],
        chat_id=parcel.address,
        message_id=_number(payload["message_id"]),
        parse_mode=HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=_keyboard(payload),
    )


async def _ack(api: Api, parcel: Parcel) -> None:
    payload, words = parcel.payload, parcel.payload["text"]
    short = words if len(words) <= NOTICE_LENGTH else words[: NOTICE_LENGTH - 1] + "…"
    await api.call(
        "answerCallbackQuery",
        callback_query_id=payload["query"],
        text=short or None,
        show_alert=len(words) > ALERT_LENGTH or None,
        url=payload.get("url"),
    )


async def _inline(api: Api, parcel: Parcel) -> None:
    results = [
        InlineQueryResultArticle(
            hit["id"],
            hit["title"],
            InputTextMessageContent(hit["html"], parse_mode=HTML),
            description=hit["description"] or None,
        )
        for hit in parcel.payload["hits"]
    ]
    await api.bot.answer_inline_query(parcel.payload["query"], results, cache_time=5, is_personal=True)


async def _delete(api: Api, parcel: Parcel) -> None:
    message_id = _number(parcel.payload.get("message_id"))
    if message_id is not None:
        await api.call("deleteMessage", chat_id=parcel.address, message_id=message_id)


def _reply(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    message_id = _number(payload.get("reply_to"))
    return {"message_id": message_id, "allow_sending_without_reply": True} if message_id else None


def _keyboard(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    rows = payload.get("buttons")
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]} if rows else None


def _button(button: Mapping[str, str]) -> dict[str, str]:
    where = {"url": button["url"]} if button.get("url") else {"callback_data": button["data"]}
    return {"text": button["text"], **where}


def _markup(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    return ASKING if payload.get("ask") and not payload.get("buttons") else _keyboard(payload)


def _number(value: Any) -> int | None:
    return int(value) if value else None


_SENDERS: dict[str, Callable[[Api, Parcel], Awaitable[str | None]]] = {
    "post": _post,
    "file": _file,
    "edit": _edit,
    "ack": _ack,
    "inline": _inline,
    "delete": _delete,
}
