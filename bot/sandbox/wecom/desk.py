"""What the pretend WeCom does with each command of a bot: an error code, and what the ack carries."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.wecom.limits import Limits
from bot.sandbox.wecom.people import Json, Room, StoredFile
from bot.sandbox.wecom.world import World

OK, BAD, UNKNOWN_MEDIA = 0, 40058, 40007
TOO_OFTEN, STALE = 45009, 846605
NOT_REACHABLE, NO_CHAT, NOT_IN_GROUP = 93001, 93006, 93008
AN_ANSWER, AN_EVENT = timedelta(hours=24), timedelta(seconds=5)
LARGEST_PIECE, MOST_PIECES = 512 * 1024, 100
MOST_REQUESTS = 20_000
Done = tuple[int, Json]


@dataclass
class Request:
    """A callback that was handed over: what it was, when, and what answers it."""

    cmd: str
    at: datetime
    room: str
    task_id: str = ""
    used: bool = False


@dataclass
class Upload:
    """A file on its way."""

    name: str
    pieces: int
    md5: str
    got: dict[int, bytes] = field(default_factory=dict)


class Desk:
    """Keeps the rules of time and number that a single frame does not show."""

    def __init__(self, world: World) -> None:
        self.world, self.limits = world, Limits()
        self.requests: dict[str, Request] = {}
        self.uploads: dict[str, Upload] = {}
        self._media: dict[str, int] = {}

    def handed_over(self, frame: Json) -> None:
        """Remember a callback, to know what may answer it."""
        body, event = frame["body"], frame["body"].get("event", {})
        person = body.get("from", {}).get("userid", "")
        room = str(body.get("chatid", "") if body.get("chattype", "group") == "group" else person)
        kinds = {
            "enter_chat": "aibot_respond_welcome_msg",
            "template_card_event": "aibot_respond_update_msg",
        }
        cmd = kinds.get(event.get("eventtype", ""), "aibot_respond_msg")
        details = event.get("template_card_event") or event
        request = Request(cmd, self.world.clock(), room, str(details.get("task_id", "")))
        self.requests.setdefault(frame["headers"]["req_id"], request)
        if len(self.requests) > MOST_REQUESTS:
            del self.requests[next(iter(self.requests))]

    def do(self, cmd: str, body: Json, req_id: str) -> Done:
        """Carry out a command whose frame is right."""
        return _DOINGS[cmd](self, body, req_id)

    def push(self, body: Json, _req_id: str) -> Done:
        """aibot_send_msg."""
        room = self.world.rooms.get(body["chatid"])
        if room is None or room.private != (body["chat_type"] == 1):
            return NO_CHAT, {}
        if not room.spoken:
            return (NOT_REACHABLE if room.private else NOT_IN_GROUP), {}
        return self._post(room, body)

    def answer(self, body: Json, req_id: str) -> Done:
        """aibot_respond_msg, for a day."""
        request = self._open("aibot_respond_msg", req_id, AN_ANSWER)
        return self._post(self.world.rooms.get(request.room), body) if request else (STALE, {})

    def welcome(self, body: Json, req_id: str) -> Done:
        """aibot_respond_welcome_msg, once and at once."""
        request = self._open("aibot_respond_welcome_msg", req_id, AN_EVENT)
        if request is None:
            return STALE, {}
        request.used = True
        return self._post(self.world.rooms.get(request.room), body)

    def update(self, body: Json, req_id: str) -> Done:
        """aibot_respond_update_msg, once and at once, for the card that was pressed."""
        request = self._open("aibot_respond_update_msg", req_id, AN_EVENT)
        card = body["template_card"]
        if request is None or card.get("task_id") != request.task_id:
            return STALE, {}
        post = next((one for one in self.world.posts if one.task_id == request.task_id), None)
        if post is None or not self.limits.take(post.room, self.world.clock()):
            return (STALE if post is None else TOO_OFTEN), {}
        request.used = True
        post.replaced += 1
        if "userids" in body:
            post.personal |= dict.fromkeys(body["userids"], card)
        else:
            post.card = card
        self.world.changed()
        return OK, {}

    def upload_init(self, body: Json, _req_id: str) -> Done:
        """aibot_upload_media_init."""
        if not self.limits.take("upload", self.world.clock()):
            return TOO_OFTEN, {}
        if not 0 < body["total_chunks"] <= MOST_PIECES:
            return BAD, {}
        number = f"upload-{self.world.next_number()}"
        self.uploads[number] = Upload(body["filename"], body["total_chunks"], body["md5"])
        return OK, {"upload_id": number}

    def upload_chunk(self, body: Json, _req_id: str) -> Done:
        """aibot_upload_media_chunk."""
        upload, piece = self.uploads.get(body["upload_id"]), base64.b64decode(body["base64_data"])
        if upload is None or len(piece) > LARGEST_PIECE or body["chunk_index"] >= upload.pieces:
            return BAD, {}
        upload.got[body["chunk_index"]] = piece
        return OK, {}

    def upload_finish(self, body: Json, _req_id: str) -> Done:
        """aibot_upload_media_finish."""
        upload = self.uploads.pop(body["upload_id"], None)
        if upload is None or len(upload.got) != upload.pieces:
            return BAD, {}
        content = b"".join(upload.got[index] for index in range(upload.pieces))
        if hashlib.md5(content, usedforsecurity=False).hexdigest() != upload.md5:
            return BAD, {}
        file = StoredFile(self.world.next_number(), upload.name, content)
        self.world.files[file.id] = file
        self._media[f"media-{file.id}"] = file.id
        return OK, {"type": "file", "media_id": f"media-{file.id}", "created_at": self.world.seconds()}

    def _open(self, cmd: str, req_id: str, life: timedelta) -> Request | None:
        found = self.requests.get(req_id)
        if found is None or found.cmd != cmd or found.used or self.world.clock() - found.at > life:
            return None
        return found

    def _post(self, room: Room | None, body: Json) -> Done:
        if room is None or room.gone:
            return (NO_CHAT if room is None else NOT_IN_GROUP), {}
        content, task_id = self._content(body), body.get("template_card", {}).get("task_id")
        if content is None:
            return UNKNOWN_MEDIA, {}
        if task_id in self.world.tasks:
            return BAD, {}
        if not self.limits.take(room.chatid, self.world.clock()):
            return TOO_OFTEN, {}
        if task_id:
            self.world.tasks.add(task_id)
        self.world.answer(room.chatid, **content)
        return OK, {}

    def _content(self, body: Json) -> dict[str, Any] | None:
        kind = body["msgtype"]
        if kind == "template_card":
            return {"card": body["template_card"]}
        if kind in ("markdown", "text", "stream"):
            return {"raw": body[kind].get("content", "")}
        number = self._media.get(body[kind]["media_id"])
        return None if number is None else {"file": number, "file_name": self.world.files[number].name}


_DOINGS: dict[str, Callable[[Desk, Json, str], Done]] = {
    "ping": lambda desk, body, req_id: (OK, {}),
    "aibot_send_msg": Desk.push,
    "aibot_respond_msg": Desk.answer,
    "aibot_respond_welcome_msg": Desk.welcome,
    "aibot_respond_update_msg": Desk.update,
    "aibot_upload_media_init": Desk.upload_init,
    "aibot_upload_media_chunk": Desk.upload_chunk,
    "aibot_upload_media_finish": Desk.upload_finish,
}
