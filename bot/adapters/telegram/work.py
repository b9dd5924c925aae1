"""Network work only Telegram can do for a handler: rights in a chat, names, menus."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeAllChatAdministrators, BotCommandScopeDefault

ADMINISTRATORS = {"creator", "administrator"}
OUTSIDE = {"left", "kicked"}
LARGEST_DOWNLOAD = 2**20


async def _rights(bot: Bot, content: dict[str, Any]) -> dict[str, Any]:
    """Whether *user* runs *chat* on the platform, and is in it at all: {"admin": bool, "inside": bool}."""
    member = await bot.get_chat_member(content["chat"], int(content["user"]))
    inside = member.status not in OUTSIDE and getattr(member, "is_member", True)
    return {"admin": member.status in ADMINISTRATORS, "inside": inside}


async def _menu(bot: Bot, content: dict[str, Any]) -> dict[str, Any]:
    """Publish the command menu of one language, for everybody or for who runs a group (*leaders*)."""
    commands = [BotCommand(name, words) for name, words in content["commands"]]
    scope = BotCommandScopeAllChatAdministrators() if content["leaders"] else BotCommandScopeDefault()
    await bot.set_my_commands(commands, scope=scope, language_code=content.get("language") or None)
    return {}


async def _download(bot: Bot, content: dict[str, Any]) -> dict[str, Any]:
    """The bytes of *file*: {"content": base64}, or {"large": True} for more than a mebibyte."""
    file = await bot.get_file(content["file"])
    if (file.file_size or 0) > LARGEST_DOWNLOAD:
        return {"large": True}
    read = bytes(await file.download_as_bytearray())
    return {"large": True} if len(read) > LARGEST_DOWNLOAD else {"content": base64.b64encode(read).decode()}


WORK: dict[str, Callable[[Bot, dict[str, Any]], Awaitable[dict[str, Any]]]] = {
    "rights": _rights,
    "menu": _menu,
    "download": _download,
}
