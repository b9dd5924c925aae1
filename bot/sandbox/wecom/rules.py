"""What WeCom demands of the frames a bot sends; every broken rule is a complaint."""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.wecom.people import Json

LONGEST_CONTENT, LONGEST_KEY, LONGEST_TASK = 20_480, 1024, 128
MOST_BUTTONS, MOST_OPTIONS = 6, 20
TASK = re.compile(r"[0-9A-Za-z_\-@]+")
SENDING = {"markdown", "template_card", "file", "image", "voice", "video"}
ANSWERING = SENDING | {"stream", "stream_with_template_card"}
WELCOMING = {"text", "template_card"}
BODIES: dict[str, tuple[set[str], set[str], set[str]]] = {
    "aibot_subscribe": ({"bot_id", "secret"}, {"scene", "plug_version"}, set()),
    "aibot_send_msg": ({"chatid", "chat_type", "msgtype"}, set(), SENDING),
    "aibot_respond_msg": ({"msgtype"}, set(), ANSWERING),
    "aibot_respond_welcome_msg": ({"msgtype"}, set(), WELCOMING),
    "aibot_respond_update_msg": ({"response_type", "template_card"}, {"userids"}, set()),
    "aibot_upload_media_init": ({"type", "filename", "total_size", "total_chunks", "md5"}, set(), set()),
    "aibot_upload_media_chunk": ({"upload_id", "chunk_index", "base64_data"}, set(), set()),
    "aibot_upload_media_finish": ({"upload_id"}, set(), set()),
}
CONTENT: dict[str, tuple[set[str], set[str]]] = {
    "markdown": ({"content"}, set()),
    "text": ({"content"}, set()),
    "file": ({"media_id"}, set()),
    "image": ({"media_id"}, set()),
    "voice": ({"media_id"}, set()),
    "video": ({"media_id"}, {"title", "description"}),
    "stream": ({"id"}, {"content", "finish", "msg_item", "feedback"}),
}
WORDS = {"source", "main_title", "sub_title_text", "task_id", "card_type"}
CARDS: dict[str, tuple[set[str], set[str]]] = {
    "button_interaction": ({"card_type", "button_list", "task_id"}, WORDS),
    "vote_interaction": ({"card_type", "main_title", "checkbox", "submit_button", "task_id"}, WORDS),
    "text_notice": ({"card_type", "card_action"}, WORDS),
}


def complaints(frame: Json) -> Iterator[str]:
    """What is wrong with a frame, one line each."""
    yield from _fields("frame", frame, {"cmd", "headers"}, {"body"})
    cmd, headers = frame.get("cmd"), frame.get("headers")
    if not isinstance(headers, dict) or not isinstance(headers.get("req_id"), str) or not headers["req_id"]:
        yield f"{cmd}: no req_id"
    if cmd == "ping":
        yield from ["ping: has a body"] if "body" in frame else []
    elif cmd not in BODIES:
        yield f"{cmd}: no such command"
    elif isinstance(frame.get("body"), dict):
        yield from _body(str(cmd), frame["body"])
    else:
        yield f"{cmd}: no body"


def _body(cmd: str, body: Json) -> Iterator[str]:
    needed, allowed, kinds = BODIES[cmd]
    kind = body.get("msgtype")
    yield from _fields(cmd, body, needed | ({kind} if kind in kinds else set()), allowed)
    if kinds and kind not in kinds:
        yield f"{cmd}: msgtype {kind}"
    if cmd == "aibot_send_msg" and body.get("chat_type") not in (1, 2):
        yield f"{cmd}: chat_type {body.get('chat_type')}"
    if "template_card" in body:
        yield from _card(body["template_card"])
    elif kind in CONTENT and kind in kinds:
        yield from _content(str(kind), body.get(kind))


def _content(kind: str, content: Any) -> Iterator[str]:
    if not isinstance(content, dict):
        yield f"{kind}: no content"
        return
    yield from _fields(kind, content, *CONTENT[kind])
    words = content.get("content", "-")
    if not isinstance(words, str) or not words:
        yield f"{kind}: empty"
    elif len(words.encode()) > LONGEST_CONTENT:
        yield f"{kind}: {len(words.encode())} bytes"


def _card(card: Any) -> Iterator[str]:
    if not isinstance(card, dict) or card.get("card_type") not in CARDS:
        yield "card: unknown card_type"
        return
    kind = str(card["card_type"])
    yield from _fields(kind, card, *CARDS[kind])
    if not (card.get("main_title", {}).get("title") or card.get("sub_title_text")):
        yield f"{kind}: no words"
    task = card.get("task_id", "-")
    if not TASK.fullmatch(task) or len(task) > LONGEST_TASK:
        yield f"{kind}: task_id {task!r}"
    if kind == "button_interaction":
        yield from _choices(kind, card.get("button_list"), "key", {"style"}, MOST_BUTTONS)
    if kind == "vote_interaction":
        box = card.get("checkbox", {})
        yield from _fields("checkbox", box, {"question_key", "option_list"}, {"mode", "disable"})
        yield from _choices(kind, box.get("option_list"), "id", {"is_checked"}, MOST_OPTIONS)
        yield from _fields("submit_button", card.get("submit_button", {}), {"text", "key"}, set())
    if kind == "text_notice" and card.get("card_action", {}).get("type") not in (1, 2):
        yield "text_notice: card_action"


def _choices(kind: str, given: Any, key: str, allowed: set[str], most: int) -> Iterator[str]:
    if not isinstance(given, list) or not 0 < len(given) <= most:
        yield f"{kind}: {len(given) if isinstance(given, list) else 'no'} choices"
        return
    for one in given:
        yield from _fields(kind, one, {"text", key}, allowed)
        if not one.get("text") or not 0 < len(str(one.get(key, "")).encode()) <= LONGEST_KEY:
            yield f"{kind}: a choice without words or with a bad {key}"
    if len({one.get(key) for one in given}) < len(given):
        yield f"{kind}: the same {key} twice"


def _fields(what: str, given: Any, needed: set[str], allowed: set[str]) -> Iterator[str]:
    if not isinstance(given, dict):
        yield f"{what}: not an object"
        return
    yield from (f"{what}: no {name}" for name in sorted(needed - given.keys()))
    yield from (f"{what}: unknown {name}" for name in sorted(given.keys() - needed - allowed))
