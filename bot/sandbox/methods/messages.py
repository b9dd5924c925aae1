"""Sending: text, files, photos; fetching files."""

from typing import Any

from bot.sandbox.methods.places import Json, find_chat, method, replied_to, thread_of, words, writable_chat
from bot.sandbox.people import Post
from bot.sandbox.refusal import Refusal
from bot.sandbox.registry import StoredFile
from bot.sandbox.world import World

LARGEST_DOWNLOAD = 20 * 2**20
LARGEST_UPLOAD = 50 * 2**20
SCHEMES = ("http://", "https://", "tg://", "t.me/")


@method("sendMessage")
def send_message(world: World, params: Json) -> Json:
    """Post a text."""
    body = words(world, params)
    if not body:
        raise Refusal(400, "message text is empty", fault_of_bot=True)
    if options := params.get("link_preview_options"):
        body["link_preview_options"] = options
    return world.shown(send(world, params, body))


@method("sendDocument")
def send_document(world: World, params: Json) -> Json:
    """Post a file: new bytes or a file_id."""
    file = file_given(world, params["document"])
    caption = words(world, params, "caption", 1024, "caption_")
    return world.shown(send(world, params, {"document": world.document(file)} | caption))


@method("sendPhoto")
def send_photo(world: World, params: Json) -> Json:
    """Post a picture: new bytes or a file_id."""
    file = file_given(world, params["photo"])
    caption = words(world, params, "caption", 1024, "caption_")
    return world.shown(send(world, params, {"photo": [world.photo(file)]} | caption))


def send(world: World, params: Json, body: Json) -> Post:
    """Post *body* where the request says, as a reply and with buttons if it says so."""
    chat = writable_chat(world, params["chat_id"])
    thread, reply_to = thread_of(chat, params), replied_to(world, chat, params)
    markup = params.get("reply_markup", {})
    return world.post(
        chat,
        world.bot.user(),
        body | inline_keyboard(markup),
        thread=thread,
        reply_to=reply_to,
        force_reply=markup if markup.get("force_reply") else None,
        silent=bool(params.get("disable_notification")),
    )


def inline_keyboard(markup: Json) -> Json:
    """The part of a reply markup that stays with the message. Raises Refusal for a bad link."""
    if not markup.get("inline_keyboard"):
        return {}
    for button in (button for row in markup["inline_keyboard"] for button in row):
        if "url" in button and not button["url"].startswith(SCHEMES):
            raise Refusal(400, f"inline keyboard button URL '{button['url']}' is invalid", fault_of_bot=True)
    return {"reply_markup": {"inline_keyboard": markup["inline_keyboard"]}}


def file_given(world: World, given: Any) -> StoredFile:
    """The stored file a parameter means. Raises Refusal for an unknown file_id."""
    if isinstance(given, StoredFile):
        if len(given.content) > LARGEST_UPLOAD:
            raise Refusal(413, "")
        return given
    if file := world.files.get(str(given)):
        return file
    raise Refusal(400, "wrong file identifier/HTTP URL specified")


@method("getFile")
def get_file(world: World, params: Json) -> Json:
    """Where to download a file, up to 20 MB."""
    file = world.files.get(params["file_id"])
    if file is None:
        raise Refusal(400, "wrong file_id or the file is temporarily unavailable")
    if len(file.content) > LARGEST_DOWNLOAD:
        raise Refusal(400, "file is too big")
    ids = {"file_id": file.id, "file_unique_id": f"U{file.id}", "file_size": len(file.content)}
    return ids | {"file_path": file.path}


@method("sendChatAction")
def send_chat_action(world: World, params: Json) -> bool:
    """Show that the bot is busy; nothing is kept."""
    writable_chat(world, params["chat_id"])
    return True


@method("setMessageReaction")
def set_message_reaction(world: World, params: Json) -> bool:
    """The bot's reaction to a message, in place of its former one."""
    chat = find_chat(world, params["chat_id"])
    post = world.posts.get((chat.id, params["message_id"]))
    if post is None or post.deleted:
        raise Refusal(400, "message to react not found")
    post.reactions[str(world.bot.id)] = [
        item["emoji"] for item in params.get("reaction", []) if "emoji" in item
    ]
    world.changed("post", (post.chat, post.id))
    return True
