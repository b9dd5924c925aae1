"""docs/commands.md and docs/settings.md, written from the code so that they cannot be wrong."""

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from bot.ending import say as tell
from config.moments import Almanac
from config.settings import Settings
from config.texts import Speech, say
from handlers import load
from handlers.core.router import Command
from handlers.help import SITUATIONS

TAG = re.compile(r"</?[a-z]+[^>]*>")
MADE = "<!-- Written by `make docs` from the code; changes here are lost. -->"
ROLES = {
    "anyone": ("谁都可以", "anyone"),
    "member": ("加入的老师", "members"),
    "deputy": ("协助的老师", "deputies"),
    "leader": ("负责人", "leaders"),
}


def refresh(folder: Path, check: bool) -> int:
    """Write what is out of date, or with *check* only name it; 1 when something is."""
    stale = [name for name, text in pages().items() if _read(folder / name) != text]
    for name in stale:
        if check:
            tell(f"docs/{name} is out of date: run make docs")
        else:
            (folder / name).write_text(pages()[name], encoding="utf-8")
            tell(f"docs/{name} is written")
    return int(bool(stale) and check)


def pages() -> dict[str, str]:
    """The pages by file name."""
    return {
        "commands.md": "\n".join([MADE, "", *_commands()]).rstrip() + "\n",
        "settings.md": "\n".join([MADE, "", *_settings()]).rstrip() + "\n",
    }


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _speech(language: str) -> Speech:
    return Speech(language, Almanac(ZoneInfo("Asia/Shanghai"), date(2026, 11, 23), date(2026, 8, 31), 20))


ZH, EN = _speech("zh-CN"), _speech("en")


def _commands() -> Iterator[str]:
    yield "# 命令 · Commands"
    yield ""
    yield (
        "群里发 `/share` 这样的命令，或在命令后面加 `@机器人`。"
        "中文名在私聊里用，也可以在群里回复机器人时用，斜杠可有可无。"
    )
    yield ""
    yield (
        "In a group, send commands such as `/share`. The Chinese names work in a private chat, "
        "and in a group as a reply to the bot, with or without the slash."
    )
    commands = load().commands.values()
    for situation in SITUATIONS:
        yield from _situation(situation, [one for one in commands if one.situation == situation])


def _situation(name: str, commands: list[Command]) -> Iterator[str]:
    heading = say(f"help-{name}")
    yield from ("", f"## {ZH.plain(heading)} · {EN.plain(heading)}")
    for command in commands:
        yield from _command(command)


def _command(command: Command) -> Iterator[str]:
    names = " ".join(f"`/{name}`" for name in (command.name, *command.aliases))
    who = ROLES[command.role.value]
    yield from ("", f"### /{command.name}", "", f"{names} — {who[0]} · {who[1]}")
    for speech in (ZH, EN):
        menu = say(f"{command.feature}-menu-{command.name}")
        use = say(f"{command.feature}-help-{command.name}")
        yield from ("", f"**{_plain(speech.plain(menu))}**  ", _plain(speech.plain(use)))


def _plain(words: str) -> str:
    """Markdown of a text: its tags left out, its lines kept apart."""
    shown = html.unescape(TAG.sub("", words)).replace("<", "&lt;").replace("*", "\\*")
    return "  \n".join(shown.splitlines())


def _settings() -> Iterator[str]:
    yield "# 设置 · Settings"
    yield ""
    yield "写在 `.env` 文件里，或设为环境变量。只有 `YANBAN_TELEGRAM_TOKEN` 非填不可。"
    yield ""
    yield "In a file named `.env`, or in the environment. Only `YANBAN_TELEGRAM_TOKEN` is needed."
    yield from ("", "| name | default | meaning |", "|---|---|---|")
    for name, field in Settings.model_fields.items():
        yield f"| `YANBAN_{name.upper()}` | {_default(field)} | {field.description} |"


def _default(field: FieldInfo) -> str:
    if field.default in (None, "", PydanticUndefined):
        return "" if field.default_factory is None else "the system's folder for application data"
    return f"`{field.default}`"
