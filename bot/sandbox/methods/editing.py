"""Changing what is there: edit, delete, pin; and answering presses."""

from typing import Any

from bot.sandbox.methods.messages import inline_keyboard
from bot.sandbox.methods.places import Json, method, own_message, present_chat, words
from bot.sandbox.people import Post
from bot.sandbox.refusal import Refusal
from bot.sandbox.world import World

UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
STALE = "query is too old and response timeout expired or query ID is invalid"


@method("editMessageText")
def edit_message_text(world: World, params: Json) -> Json:
    """Another text, and the buttons given or none."""
    post = own_message(world, params, "edit")
    if "text" not in post.body:
        raise Refusal(400, "there is no text in the message to edit")
    body = words(world, params)
    if not body:
        raise Refusal(400, "message text is empty", fault_of_bot=True)
    return _replace(world, post, body | inline_keyboard(params.get("reply_markup", {})))


@method("editMessageCaption")
def edit_message_caption(world: World, params: Json) -> Json:
    """Another caption, and the buttons given or none."""
    post = own_message(world, params, "edit")
    media = {key: post.body[key] for key in ("document", "photo") if key in post.body}
    body = media | words(world, params, "caption", 1024, "caption_")
    return _replace(world, post, body | inline_keyboard(params.get("reply_markup", {})))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Json) -> Json:
    """Other buttons, or none, under the same text."""
    post = own_message(world, params, "edit")
    body = {key: value for key, value in post.body.items() if key != "reply_markup"}
    return _replace(world, post, body | inline_keyboard(params.get("reply_markup", {})))


def _replace(world: World, post: Post, body: Json) -> Json:
    if body == {key: value for key, value in post.body.items() if key != "link_preview_options"}:
        raise Refusal(400, UNCHANGED)
    post.body, post.edit_date = body, world.seconds
    world.changed("post", (post.chat, post.id))
    return world.shown(post)


@method("deleteMessage")
def delete_message(world: World, params: Json) -> bool:
    """Remove a message of its own, or anybody's where the bot leads the group."""
    chat = present_chat(world, params["chat_id"])
    _delete(world, chat.id, params["message_id"])
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Json) -> bool:
    """Remove several; those that cannot be found are passed over."""
    chat = present_chat(world, params["chat_id"])
    for number in params["message_ids"]:
        if (chat.id, number) in world.posts:
            _delete(world, chat.id, number)
    return True


def _delete(world: World, chat: int, number: int) -> None:
    post = world.posts.get((chat, number))
    if post is None or post.deleted:
        raise Refusal(400, "message to delete not found")
    group = world.chats[chat]
    if post.author["id"] != world.bot.id and group.bot != "administrator" and not group.private:
        raise Refusal(400, "message can't be deleted")
    post.deleted = True
    world.changed("post", (chat, number))


@method("pinChatMessage")
def pin_chat_message(world: World, params: Json) -> bool:
    """Pin; in a group only where the bot leads."""
    chat = present_chat(world, params["chat_id"])
    if not chat.private and chat.bot != "administrator":
        raise Refusal(400, "not enough rights to manage pinned messages in the chat")
    post = world.posts.get((chat.id, params["message_id"]))
    if post is None or post.deleted:
        raise Refusal(400, "message to pin not found")
    chat.pinned.append(post.id)
    world.changed("chat", chat.id)
    return True


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Json) -> bool:
    """Answer a press, once."""
    query = world.queries.get(params["callback_query_id"])
    if query is None or query.answer is not None:
        raise Refusal(400, STALE)
    answer: dict[str, Any] = {key: params[key] for key in ("text", "url") if key in params}
    query.answer = answer | {"show_alert": bool(params.get("show_alert"))}
    world.changed("query", query.id)
    return True
