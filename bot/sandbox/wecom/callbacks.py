"""What the gateway tells the bot, in the shapes of the documentation."""

import base64
import secrets
from typing import TYPE_CHECKING

from bot.sandbox.wecom.people import Json, Post, StoredFile

if TYPE_CHECKING:
    from bot.sandbox.wecom.world import World


def new_key() -> str:
    """A key of its own for every file, as WeCom gives one."""
    return base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def message(world: "World", post: Post) -> Json:
    """Somebody wrote or sent a file."""
    content = _content(world, post)
    quoted = {"quote": _content(world, world.post(post.quote))} if post.quote is not None else {}
    return _about(world, post.room, post.author) | content | quoted


def pressed(world: "World", post: Post, userid: str, key: str) -> Json:
    """Somebody pressed a button or sent a vote."""
    card = post.card or {}
    details: Json = {"card_type": card["card_type"], "task_id": post.task_id, "event_key": key}
    if card["card_type"] == "vote_interaction":
        chosen = {"question_key": card["checkbox"]["question_key"], "option_ids": {"option_id": [key]}}
        details |= {
            "event_key": card["submit_button"]["key"],
            "selected_items": {"selected_item": [chosen]},
        }
    event = {"eventtype": "template_card_event", "template_card_event": details}
    return _about(world, post.room, userid) | {"msgtype": "event", "event": event}


def entered(world: "World", userid: str) -> Json:
    """Somebody opened the private chat."""
    about = _about(world, userid, userid)
    return about | {"msgtype": "event", "event": {"eventtype": "enter_chat"}}


def disconnected(world: "World") -> Json:
    """Another connection took over; it has no chat and no person."""
    return {
        "msgid": f"D{world.next_number()}",
        "create_time": world.seconds(),
        "aibotid": world.bot_id,
        "msgtype": "event",
        "event": {"eventtype": "disconnected_event"},
    }


def _about(world: "World", chatid: str, userid: str) -> Json:
    group = {} if world.rooms[chatid].private else {"chatid": chatid}
    return {
        "msgid": f"CAIQ{world.next_number():08d}",
        "create_time": world.seconds(),
        "aibotid": world.bot_id,
        **group,
        "chattype": "group" if group else "single",
        "from": {"userid": userid},
    }


def _content(world: "World", post: Post) -> Json:
    if post.file is None:
        return {"msgtype": "text", "text": {"content": post.text}}
    file = world.files[post.file]
    return {"msgtype": file.kind, file.kind: _media(world, file)}


def _media(world: "World", file: StoredFile) -> Json:
    """Where it can be fetched for five minutes, and the key it is sealed with."""
    address = f"{world.media_root}/media/{file.id}?until={world.seconds() + 300}"
    return {"url": address, "aeskey": file.key}
