"""The pretend world of a WeCom enterprise: people, groups, posts. Pure state, no network."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.sandbox.wecom import callbacks
from bot.sandbox.wecom.people import Json, Person, Post, Room, StoredFile

BOT = "研伴"
MESSAGE, EVENT = "aibot_msg_callback", "aibot_event_callback"


class World:
    """Everything people can do, and what the bot posted.

    A person is named by name or userid, a group by title or chatid; None is the private chat of who acts.
    *waiting*: callbacks the gateway has not handed over yet, oldest first; *emitted*: the msgid of every one.
    """

    def __init__(self, clock: Callable[[], datetime], bot_id: str) -> None:
        self.clock, self.bot_id = clock, bot_id
        self.people: dict[str, Person] = {}
        self.rooms: dict[str, Room] = {}
        self.posts: list[Post] = []
        self.files: dict[int, StoredFile] = {}
        self.waiting: list[Json] = []
        self.emitted: list[str] = []
        self.tasks: set[str] = set()
        self.counter = 0
        self.version = 0
        self.media_root = "http://127.0.0.1"
        self.on_waiting: Callable[[], None] = lambda: None
        self._next_change = asyncio.Event()

    def add_person(self, name: str, userid: str) -> Person:
        """Somebody new, with a private chat that is not open yet."""
        person = self.people[userid] = Person(userid, name)
        self.rooms[userid] = Room(userid, name, [userid], owner=userid)
        return person

    def add_group(self, title: str, *names: str, chatid: str = "") -> Room:
        """A group with the bot in it."""
        chatid = chatid or f"wrGroup{self.next_number()}"
        room = self.rooms[chatid] = Room(chatid, title, [self.person(name).userid for name in names])
        return room

    def person(self, name: str | Person) -> Person:
        """The person of that name or userid; raises StopIteration for nobody."""
        if isinstance(name, Person):
            return name
        return next(one for one in self.people.values() if name in (one.name, one.userid))

    def room(self, name: str | Room) -> Room:
        """The chat of that title or chatid; raises StopIteration for none."""
        if isinstance(name, Room):
            return name
        return next(one for one in self.rooms.values() if name in (one.chatid, one.title))

    def private(self, person: str | Person) -> Room:
        """The person's private chat with the bot."""
        return self.rooms[self.person(person).userid]

    @property
    def group(self) -> Room:
        """The first group."""
        return next(room for room in self.rooms.values() if not room.private)

    def messages(self, room: str | Room) -> list[Post]:
        """Everything said in a chat, oldest first."""
        chatid = self.room(room).chatid
        return [post for post in self.posts if post.room == chatid]

    def post(self, number: int) -> Post:
        """The post of that id; raises StopIteration for none."""
        return next(post for post in self.posts if post.id == number)

    def say(
        self, person: str | Person, group: str | Room | None, text: str, quote: Post | None = None
    ) -> Post:
        """A person writes; in a group the bot hears it only when it is named with @."""
        post = self._write(person, group, raw=text, quote=quote.id if quote else None)
        if self.room(post.room).private or f"@{BOT}" in text:
            self._emit(MESSAGE, callbacks.message(self, post))
        return post

    def send_file(
        self, person: str | Person, group: str | Room | None, name: str, content: bytes, kind: str = "file"
    ) -> Post:
        """A person sends a file, an image or a video; in a group the bot cannot hear it."""
        file = StoredFile(self.next_number(), name, content, kind, callbacks.new_key())
        self.files[file.id] = file
        post = self._write(person, group, file=file.id, file_name=name)
        if self.room(post.room).private:
            self._emit(MESSAGE, callbacks.message(self, post))
        return post

    def press(self, person: str | Person, post: Post, button: str) -> str:
        """A person presses a button, or chooses an option and sends it; the request id of what that became.

        Raises StopIteration when the post has no such button.
        """
        key = str(next(one["key"] for one in post.buttons if one["text"] == button))
        userid = self.person(person).userid
        post.chosen[userid] = key
        self.room(post.room).spoken = True
        return self._emit(EVENT, callbacks.pressed(self, post, userid, key))

    def enter(self, person: str | Person) -> str:
        """A person opens the private chat for the first time that day."""
        return self._emit(EVENT, callbacks.entered(self, self.person(person).userid))

    def raw(self, cmd: str, body: Json) -> str:
        """Queue any callback as it stands."""
        return self._emit(cmd, body)

    def answer(self, chatid: str, **content: Any) -> Post:
        """The bot posts."""
        return self._add(Post(self.next_number(), chatid, "", self.seconds(), **content))

    def next_number(self) -> int:
        """A number nobody has had."""
        self.counter += 1
        return self.counter

    def seconds(self) -> int:
        """The time as the protocol tells it."""
        return int(self.clock().timestamp())

    def changed(self) -> None:
        """Tell who waits that something looks different."""
        self.version += 1
        self._next_change.set()
        self._next_change = asyncio.Event()

    async def change(self, since: int) -> int:
        """Return the version once it is newer than *since*."""
        while self.version <= since:
            await self._next_change.wait()
        return self.version

    def _write(self, person: str | Person, group: str | Room | None, **content: Any) -> Post:
        who = self.person(person)
        room = self.private(who) if group is None else self.room(group)
        if room.private or f"@{BOT}" in str(content.get("raw", "")):
            room.spoken = True
        return self._add(Post(self.next_number(), room.chatid, who.userid, self.seconds(), **content))

    def _add(self, post: Post) -> Post:
        self.posts.append(post)
        self.changed()
        return post

    def _emit(self, cmd: str, body: Json) -> str:
        self.emitted.append(str(body.get("msgid", "")))
        request = f"req-{self.next_number()}"
        self.waiting.append({"cmd": cmd, "headers": {"req_id": request}, "body": body})
        self.on_waiting()
        return request

    def dump(self) -> Json:
        """The whole world as JSON."""
        files = [
            asdict(one) | {"content": base64.b64encode(one.content).decode()} for one in self.files.values()
        ]
        return {
            "people": [asdict(one) for one in self.people.values()],
            "rooms": [asdict(one) for one in self.rooms.values()],
            "posts": [asdict(one) for one in self.posts],
            "files": files,
            "waiting": self.waiting,
            "tasks": sorted(self.tasks),
            "counter": self.counter,
        }

    def load(self, kept: Json) -> None:
        """Bring a dumped world back into an empty one."""
        self.people = {one["userid"]: Person(**one) for one in kept["people"]}
        self.rooms = {one["chatid"]: Room(**one) for one in kept["rooms"]}
        self.posts = [Post(**one) for one in kept["posts"]]
        opened = [one | {"content": base64.b64decode(one["content"])} for one in kept["files"]]
        self.files = {one["id"]: StoredFile(**one) for one in opened}
        self.waiting, self.tasks, self.counter = kept["waiting"], set(kept["tasks"]), kept["counter"]
        self.changed()
