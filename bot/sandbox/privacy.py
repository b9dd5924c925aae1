"""What a bot gets to see in a group: Telegram's privacy mode, read strictly."""

from bot.sandbox.people import ANONYMOUS, LEADING, PRESENT, Chat, Person, Post
from bot.sandbox.units import cut


def bot_sees(chat: Chat, post: Post, bot: Person, replied: Post | None) -> bool:
    """Whether an update about *post* reaches the bot; *replied* is the message it answers, if any.

    A bare command counts as meant for the bot when no other bot spoke last. A mention alone does not.
    """
    if chat.private:
        return True
    if chat.bot not in PRESENT:
        return False
    if post.author["is_bot"] and post.author["id"] != ANONYMOUS["id"]:
        return False
    if post.service or not chat.privacy or chat.bot in LEADING:
        return True
    if post.body.get("via_bot", {}).get("id") == bot.id or (replied and replied.author["id"] == bot.id):
        return True
    return _commands(chat, post, bot)


def _commands(chat: Chat, post: Post, bot: Person) -> bool:
    first = next((entity for entity in post.entities if entity["offset"] == 0), None)
    if not first or first["type"] != "bot_command":
        return False
    _, _, addressee = cut(post.text, 0, first["length"]).partition("@")
    return addressee.lower() == (bot.username or "").lower() if addressee else chat.last_bot in (None, bot.id)
