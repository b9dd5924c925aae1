"""The account's menu: three words that open, up to five commands below each."""

from collections.abc import Set
from typing import Any

MENU = {
    "研讨": {"agenda": "日程", "schedule": "约研讨"},
    "资料": {"find": "找资料", "library": "资料库", "share": "分享"},
    "我的": {"reflect": "写反思", "me": "我的情况", "mute": "静音", "mydata": "我的数据", "help": "帮助"},
}


def buttons(commands: Set[str]) -> list[dict[str, Any]]:
    """The menu with those of its entries that are *commands*; a press says the command."""
    return [
        {"name": name, "sub_button": [_entry(*one) for one in entries.items() if one[0] in commands]}
        for name, entries in MENU.items()
        if any(command in commands for command in entries)
    ]


def _entry(command: str, name: str) -> dict[str, str]:
    # With the slash: a press is meant as a command even while a question waits for an answer.
    return {"type": "click", "name": name, "key": f"/{command}"}
