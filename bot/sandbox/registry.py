"""The state of the pretend world: who and what there is, and how it is told to the bot."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.people import Chat, Person, Post
from bot.sandbox.privacy import bot_sees
from bot.sandbox.updates import Updates

Json = dict[str, Any]
Whoever = Person | str
Wherever = Chat | int | str


@dataclass
class Query:
    """A press on a button: *answer* is what the bot said to it (answerCallbackQuery), once it did."""

    id: str
    person: int
    chat: int
    message: int
    data: str
    answer: Json | None = None


@dataclass
class StoredFile:
    """A file somebody sent: *path* is where the bot downloads it."""

    id: str
    name: str
    mime: str
    content: bytes = field(repr=False)

    @property
    def path(self) -> str:
        return f"documents/{self.id}"


class Registry:
    """People, chats, messages, files, presses and commands, with no HTTP and no clock of its own."""

    def __init__(self, clock: Callable[[], datetime], bot_id: int = 123456) -> None:
        self.clock = clock
        self.bot = Person(bot_id, "研伴", "yanban_bot", language_code=None, is_bot=True)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.posts: dict[tuple[int, int], Post] = {}
        self.queries: dict[str, Query] = {}
        self.files: dict[str, StoredFile] = {}
        self.inline_answers: dict[str, Json] = {}
        self.commands: dict[str, list[Json]] = {}
        self.updates = Updates()
        self.counter = 1
        self.dirty: set[tuple[str, Any]] = set()
        self.listeners: list[Callable[[], None]] = []

    def next_number(self) -> int:
        """A number never given before in this world."""
        self.counter += 1
        return self.counter

    def changed(self, kind: str, key: Any) -> None:
        """Note that something is to be kept and shown anew."""
        self.dirty.add((kind, key))
        for listener in list(self.listeners):
            listener()

    @property
    def seconds(self) -> int:
        """Now, as the Bot API gives dates."""
        return int(self.clock().timestamp())

    @property
    def group(self) -> Chat:
        """The first group of the world."""
        return next(chat for chat in self.chats.values() if not chat.private)

    def person(self, whoever: Whoever) -> Person:
        """The person, or the one of that name. Raises KeyError for a stranger."""
        if isinstance(whoever, Person):
            return whoever
        if found := next((person for person in self.people.values() if person.name == whoever), None):
            return found
        raise KeyError(whoever)

    def chat(self, wherever: Wherever | None) -> Chat:
        """The chat, by itself, id, title or `None` for the first group. Raises KeyError if there is none."""
        if wherever is None:
            return self.group
        if isinstance(wherever, Chat):
            return wherever
        if isinstance(wherever, int):
            return self.chats[wherever]
        return next(chat for chat in self.chats.values() if chat.title == wherever and not chat.private)

    def private(self, whoever: Whoever) -> Chat:
        """The private chat of a person with the bot, which exists as soon as the person does."""
        return self.chats[self.person(whoever).id]

    def message(self, chat: Wherever, number: int) -> Post:
        """One message. Raises KeyError when it is not there or deleted."""
        post = self.posts[self.chat(chat).id, number]
        if post.deleted:
            raise KeyError(number)
        return post

    def messages(self, chat: Wherever | None = None) -> list[Post]:
        """The messages that can be seen in a chat now, oldest first."""
        number = self.chat(chat).id
        return [post for post in self.posts.values() if post.chat == number and not post.deleted]

    def pending_updates(self) -> list[Json]:
        """Updates the bot has not confirmed by an offset."""
        return list(self.updates.waiting)

    def post(self, chat: Chat, author: Json, body: Json, **more: Any) -> Post:
        """Put a message into a chat without telling the bot."""
        post = Post(chat.id, chat.next_message, author, self.seconds, body, **more)
        chat.next_message += 1
        if post.from_bot:
            chat.last_bot = int(author["id"])
        self.posts[chat.id, post.id] = post
        self.changed("chat", chat.id)
        self.changed("post", (chat.id, post.id))
        return post

    def publish(self, post: Post, kind: str = "message") -> Post:
        """Tell the bot of a message, if Telegram would."""
        chat = self.chats[post.chat]
        replied = self.posts.get((post.chat, post.reply_to)) if post.reply_to else None
        post.seen = bot_sees(chat, post, self.bot, replied)
        if post.seen:
            self.updates.emit(kind, self.shown(post))
        return post

    def shown(self, post: Post, nested: bool = True) -> Json:
        """The Message of the Bot API for a post, with what it replies to one level deep."""
        chat = self.chats[post.chat]
        message = {"message_id": post.id, "from": post.author, "chat": chat.shown(), "date": post.date}
        message |= {"edit_date": post.edit_date} if post.edit_date else {}
        if post.thread:
            message |= {"message_thread_id": post.thread} | ({"is_topic_message": True} if chat.forum else {})
        replied = post.reply_to or (post.thread if chat.forum else None)
        original = self.posts.get((post.chat, replied)) if replied and nested else None
        if original and not original.deleted and original is not post:
            message["reply_to_message"] = self.shown(original, nested=False)
        return message | post.body
