"""What people say and do in the pretend chats."""

import mimetypes
from typing import Any

from bot.sandbox.people import ANONYMOUS, Chat, Person, Post
from bot.sandbox.registry import Json, Query, Registry, StoredFile, Wherever, Whoever
from bot.sandbox.units import found_entities


class Talk(Registry):
    """Messages, edits, presses, files, reactions and inline queries of people."""

    def say(
        self,
        person: Whoever,
        chat: Wherever | None,
        text: str,
        reply_to: Post | int | None = None,
        thread: int | None = None,
        entities: list[Json] | None = None,
        **body: Any,
    ) -> Post:
        """A person writes; entities are found as a Telegram client would unless given."""
        found = found_entities(text) if entities is None else entities
        content = {"text": text, **({"entities": found} if found else {}), **body}
        return self._write(self.person(person), self.chat(chat), content, reply_to, thread)

    def tell(self, person: Whoever, text: str, reply_to: Post | int | None = None) -> Post:
        """A person writes to the bot in private."""
        return self.say(person, self.private(person), text, reply_to)

    def send_file(
        self,
        person: Whoever,
        chat: Wherever | None,
        name: str,
        content: bytes,
        caption: str = "",
        reply_to: Post | int | None = None,
        mime: str | None = None,
    ) -> Post:
        """A person sends a document."""
        file = self.keep_file(name, content, mime)
        body = {"document": self.document(file)} | captioned(caption)
        return self._write(self.person(person), self.chat(chat), body, reply_to, None)

    def send_photo(self, person: Whoever, chat: Wherever | None, content: bytes, caption: str = "") -> Post:
        """A person sends a photo."""
        file = self.keep_file("photo.jpg", content, "image/jpeg")
        body = {"photo": [self.photo(file)]} | captioned(caption)
        return self._write(self.person(person), self.chat(chat), body, None, None)

    def _write(
        self, person: Person, chat: Chat, body: Json, reply_to: Post | int | None, thread: int | None
    ) -> Post:
        number = reply_to.id if isinstance(reply_to, Post) else reply_to
        if chat.private and (not chat.started or person.blocked):
            chat.started, chat.bot, person.blocked = True, "member", False
            self.changed("person", person.id)
        return self.publish(self.post(chat, person.user(), body, reply_to=number, thread=thread))

    def keep_file(self, name: str, content: bytes, mime: str | None = None) -> StoredFile:
        """Keep a file's bytes under a new file_id."""
        kind = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = StoredFile(f"FILE{self.next_number():08d}", name, kind, content)
        self.files[file.id] = file
        self.changed("file", file.id)
        return file

    def document(self, file: StoredFile) -> Json:
        """As the Document of the Bot API."""
        ids = {"file_id": file.id, "file_unique_id": f"U{file.id}", "file_size": len(file.content)}
        return ids | {"file_name": file.name, "mime_type": file.mime}

    def photo(self, file: StoredFile) -> Json:
        """As one PhotoSize of the Bot API."""
        ids = {"file_id": file.id, "file_unique_id": f"U{file.id}", "file_size": len(file.content)}
        return ids | {"width": 1280, "height": 960}

    def edit(self, post: Post, text: str) -> Post:
        """The writer changes a message."""
        found = found_entities(text)
        post.body |= {"text": text, "entities": found} if "text" in post.body else captioned(text)
        post.body = {key: value for key, value in post.body.items() if value != []}
        post.edit_date = self.seconds
        self.changed("post", (post.chat, post.id))
        return self.publish(post, "edited_message")

    def press(self, person: Whoever, post: Post, button: str) -> Query:
        """A person presses the button with that text or data. Raises KeyError when there is none."""
        rows = [item for row in post.buttons for item in row if "callback_data" in item]
        chosen = next((item for item in rows if button in (item["text"], item["callback_data"])), None)
        if chosen is None:
            raise KeyError(button)
        return self.press_data(person, post, chosen["callback_data"])

    def press_data(self, person: Whoever, post: Post, data: str) -> Query:
        """A callback query with any data, as from a button of an older state of the message."""
        who = self.person(person)
        query = Query(str(3_006_480_000_000_000_000 + self.next_number()), who.id, post.chat, post.id, data)
        self.queries[query.id] = query
        self.changed("query", query.id)
        payload = {"id": query.id, "from": who.user(), "message": self.shown(post)}
        instance = {"chat_instance": str(7_712_345_678_901_234_567 + post.chat), "data": data}
        self.updates.emit("callback_query", payload | instance)
        return query

    def react(self, person: Whoever, post: Post, *emoji: str) -> None:
        """A person sets reactions; only a bot that leads the group and asked hears of it."""
        who, chat = self.person(person), self.chats[post.chat]
        old = post.reactions.get(str(who.id), [])
        post.reactions[str(who.id)] = list(emoji)
        self.changed("post", (post.chat, post.id))
        told = {"chat": chat.shown(), "message_id": post.id, "user": who.user(), "date": self.seconds}
        told |= {"old_reaction": _reactions(old), "new_reaction": _reactions(list(emoji))}
        if chat.private or chat.bot == "administrator":
            self.updates.emit("message_reaction", told)

    def anonymous(self, chat: Wherever | None, text: str, signature: str | None = None) -> Post:
        """An administrator writes in the name of the group."""
        group = self.chat(chat)
        found = found_entities(text)
        body = {"text": text, "sender_chat": group.shown()} | ({"entities": found} if found else {})
        return self.publish(
            self.post(group, dict(ANONYMOUS), body | ({"author_signature": signature} if signature else {}))
        )

    def other_bot(self, chat: Wherever | None, text: str) -> Post:
        """Another bot of the group speaks: ours never sees it, but bare commands are no longer for ours."""
        author = Person(987654, "Other", "other_bot", None, is_bot=True).user()
        return self.publish(self.post(self.chat(chat), author, {"text": text}))

    def inline(self, person: Whoever, query: str, chat_type: str = "supergroup", offset: str = "") -> str:
        """A person types @bot and words; returns the key of the results in `inline_answers`."""
        number = str(3_006_480_000_000_000_000 + self.next_number())
        payload = {"id": number, "from": self.person(person).user(), "query": query, "offset": offset}
        self.inline_answers[number] = {}
        self.updates.emit("inline_query", payload | {"chat_type": chat_type})
        return number

    def choose(self, person: Whoever, chat: Wherever | None, inline_id: str, result_id: str) -> Post:
        """A person sends one of the inline results. Raises StopIteration when it was not offered."""
        results = self.inline_answers[inline_id]["results"]
        body = next(result["body"] for result in results if result["id"] == result_id)
        return self._write(
            self.person(person), self.chat(chat), body | {"via_bot": self.bot.user()}, None, None
        )

    def raw(self, update: Json) -> Json:
        """Queue any update as it stands."""
        return self.updates.add(update)


def captioned(caption: str) -> Json:
    """Caption with the entities a client would find; nothing for an empty one."""
    found = found_entities(caption)
    return ({"caption": caption} if caption else {}) | ({"caption_entities": found} if found else {})


def _reactions(emoji: list[str]) -> list[Json]:
    return [{"type": "emoji", "emoji": item} for item in emoji]
