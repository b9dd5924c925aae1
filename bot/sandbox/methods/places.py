"""The table of methods, and how a request finds its chat, its message and its words."""

from collections.abc import Callable
from typing import Any

from bot.sandbox import html
from bot.sandbox.people import PRESENT, Chat, Post
from bot.sandbox.refusal import Refusal
from bot.sandbox.units import found_entities, length
from bot.sandbox.world import World

Json = dict[str, Any]
Method = Callable[[World, Json], Any]

METHODS: dict[str, Method] = {}
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})


def method(name: str) -> Callable[[Method], Method]:
    """Enter a function into the table under the method's documented name."""

    def enter(function: Method) -> Method:
        METHODS[name] = function
        return function

    return enter


def find_chat(world: World, number: int | str) -> Chat:
    """The chat a request names. Raises Refusal as Telegram words it."""
    chat = world.chats.get(int(number)) if str(number).lstrip("-").isdigit() else None
    if chat is None:
        raise Refusal(400, "chat not found")
    if chat.migrated_to:
        words = "group chat was upgraded to a supergroup chat"
        raise Refusal(400, words, migrate_to_chat_id=chat.migrated_to)
    return chat


def present_chat(world: World, number: int | str) -> Chat:
    """A chat where the bot is. Raises Refusal when it was removed."""
    chat = find_chat(world, number)
    named = "supergroup" if chat.kind == "supergroup" else "group"
    if not chat.private and chat.bot not in PRESENT:
        words = (
            f"bot was kicked from the {named} chat"
            if chat.bot == "kicked"
            else f"bot is not a member of the {named} chat"
        )
        raise Refusal(403, words)
    return chat


def writable_chat(world: World, number: int | str) -> Chat:
    """A chat where the bot may write now."""
    chat = present_chat(world, number)
    if chat.private and world.people[chat.id].blocked:
        raise Refusal(403, "bot was blocked by the user")
    if chat.private and not chat.started:
        raise Refusal(403, "bot can't initiate conversation with a user")
    return chat


def own_message(world: World, params: Json, what: str) -> Post:
    """The bot's own message that a request names."""
    chat = present_chat(world, params["chat_id"])
    post = world.posts.get((chat.id, params["message_id"]))
    if post is None or post.deleted:
        raise Refusal(400, f"message to {what} not found")
    if post.author["id"] != world.bot.id:
        raise Refusal(400, f"message can't be {what}ed")
    return post


def thread_of(chat: Chat, params: Json) -> int | None:
    """The topic to write to."""
    thread: int | None = params.get("message_thread_id")
    if thread is None:
        return None
    if not chat.forum or thread not in chat.topics:
        raise Refusal(400, "message thread not found")
    if thread in chat.closed_topics:
        raise Refusal(400, "TOPIC_CLOSED")
    return thread


def replied_to(world: World, chat: Chat, params: Json) -> int | None:
    """The message to reply to, if it is still there."""
    wanted = params.get("reply_parameters")
    if not wanted:
        return None
    post = world.posts.get((chat.id, wanted["message_id"]))
    if post and not post.deleted:
        return post.id
    if wanted.get("allow_sending_without_reply"):
        return None
    raise Refusal(400, "message to be replied not found")


def words(world: World, params: Json, field: str = "text", most: int = 4096, prefix: str = "") -> Json:
    """Text and entities of a request as a message carries them: markup parsed, lengths checked."""
    text, entities = _parsed(params, field, prefix)
    if length(text) > most:
        name = "message" if field == "text" else f"message {field}"
        raise Refusal(400, f"{name} is too long", fault_of_bot=True)
    taken = [entity for entity in entities if entity["type"] in OPAQUE]
    entities += [
        extra for extra in found_entities(text) if not any(_overlap(extra, other) for other in taken)
    ]
    known = [
        _with_user(world, entity) for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"]))
    ]
    kept = [entity for entity in known if entity]
    return ({field: text} if text else {}) | ({f"{prefix}entities": kept} if kept else {})


def _parsed(params: Json, field: str, prefix: str) -> tuple[str, list[Json]]:
    text, mode = params.get(field, ""), params.get("parse_mode", "")
    if not mode:
        return html.trimmed(text, [dict(entity) for entity in params.get(f"{prefix}entities", [])])
    if mode.upper() != "HTML":
        raise Refusal(400, f"unsupported parse_mode {mode} (the sandbox reads HTML)", fault_of_bot=True)
    try:
        return html.parse(text)
    except html.BadHtml as error:
        raise Refusal(400, f"can't parse entities: {error}", fault_of_bot=True) from error


def _overlap(one: Json, other: Json) -> bool:
    ends = one["offset"] + one["length"], other["offset"] + other["length"]
    return bool(one["offset"] < ends[1] and other["offset"] < ends[0])


def _with_user(world: World, entity: Json) -> Json | None:
    if "user_id" not in entity:
        return entity
    person = world.people.get(entity["user_id"])
    rest = {key: value for key, value in entity.items() if key != "user_id"}
    return rest | {"user": person.user()} if person else None
