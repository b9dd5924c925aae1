"""The pretend WeCom on the demo's page."""

import mimetypes
from typing import Any

from bot.sandbox.guests import Upload, hue
from bot.sandbox.units import found_entities
from bot.sandbox.wecom.people import Json, Person, Post, Room
from bot.sandbox.wecom.rich import spans
from bot.sandbox.wecom.world import BOT, World

MOST_MESSAGES = 300
IN_A_ROW = 3
KINDS = {"image": "image", "video": "video"}


class WecomGuest:
    """What the page asks of a platform, see `bot.sandbox.guests.Guest`."""

    platform = "wecom"

    def __init__(self, world: World) -> None:
        self._world = world
        self.listeners = world.listeners

    def people(self) -> list[str]:
        return [person.name for person in self._world.people.values()]

    def chats(self, name: str) -> list[Json]:
        person = self._person(name)
        rooms = [room for room in self._world.rooms.values() if person and person.userid in room.members]
        return [self._chat(room, person) for room in sorted(rooms, key=lambda room: room.private) if person]

    def say(self, name: str, chat: str, text: str, reply_to: str | None) -> None:
        room, person = self._place(name, chat)
        self._world.say(person, room, text, self._post(room, reply_to) if reply_to else None)

    def press(self, name: str, chat: str, message: str, data: str) -> None:
        room, person = self._place(name, chat)
        post = self._post(room, message)
        if data not in {one["key"] for one in post.buttons}:
            raise KeyError(data)
        self._world.choose(person, post, data)

    def send(self, name: str, chat: str, upload: Upload) -> None:
        """A file; WeCom's have no caption, so words sent with it quote it."""
        room, person = self._place(name, chat)
        kind = KINDS.get(upload.mime.partition("/")[0], "file")
        post = self._world.send_file(person, room, upload.name, upload.content, kind)
        if upload.caption.strip():
            self._world.say(person, room, upload.caption.strip(), post)

    def file(self, number: str) -> Upload | None:
        wanted = number.rpartition(":")[2]
        found = self._world.files.get(int(wanted)) if wanted.isdecimal() else None
        return Upload(found.name, _mime(found.name), found.content) if found else None

    def dump(self) -> Json:
        return self._world.dump()

    def load(self, kept: Json) -> None:
        self._world.load(kept)

    def _person(self, name: str) -> Person | None:
        return next((one for one in self._world.people.values() if one.name == name), None)

    def _place(self, name: str, chat: str) -> tuple[Room, Person]:
        room, person = self._world.rooms[chat.partition(":")[2]], self._person(name)
        if person is None or person.userid not in room.members:
            raise KeyError(chat)
        return room, person

    def _post(self, room: Room, number: str | int) -> Post:
        found = (post for post in self._world.messages(room) if str(post.id) == str(number))
        post = next(found, None)
        if post is None:
            raise KeyError(number)
        return post

    def _chat(self, room: Room, person: Person) -> Json:
        return {
            "id": f"{self.platform}:{room.chatid}",
            "platform": self.platform,
            "title": BOT if room.private else room.title,
            "private": room.private,
            "members": len(room.members),
            "bot": not room.gone,
            "sees_all": room.private,
            "started": room.spoken,
            "mention": BOT,
            "commands": [],
            "messages": [
                self._message(post, room, person) for post in self._world.messages(room)[-MOST_MESSAGES:]
            ],
        }

    def _message(self, post: Post, room: Room, person: Person) -> Json:
        text, entities = _rich(post)
        return {
            "id": post.id,
            "from": self._author(post),
            "mine": post.author == person.userid,
            "date": post.date,
            "edited": False,
            "text": text,
            "entities": entities,
            "buttons": _rows(post),
            "file": self._file(post),
            "reply_to": post.quote,
            "seen": post.from_bot or room.private or f"@{BOT}" in post.raw,
            "force_reply": None,
            "service": None,
            "reactions": [],
            "via": False,
            "pressed": bool(post.chosen),
        }

    def _author(self, post: Post) -> Json:
        name = BOT if post.from_bot else self._world.people[post.author].name
        return {"id": name, "name": name, "bot": post.from_bot, "hue": hue(name)}

    def _file(self, post: Post) -> Json | None:
        if post.file is None:
            return None
        file = self._world.files[post.file]
        shown = {"id": f"{self.platform}:{file.id}", "name": file.name, "size": len(file.content)}
        return shown | {"image": file.kind == "image"}


def _rich(post: Post) -> tuple[str, list[Json]]:
    if post.card is not None:
        title = str(post.card.get("main_title", {}).get("title", ""))
        return post.text, [{"type": "bold", "offset": 0, "length": len(title)}] if title else []
    return spans(post.raw) if post.from_bot else (post.raw, found_entities(post.raw))


def _rows(post: Post) -> list[list[dict[str, Any]]]:
    shown = [{"text": one["text"], "callback_data": one["key"]} for one in post.buttons]
    return [shown[at : at + IN_A_ROW] for at in range(0, len(shown), IN_A_ROW)]


def _mime(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
