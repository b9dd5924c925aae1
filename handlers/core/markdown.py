"""What was kept of a person, as a Markdown page they can read without us."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Label = Callable[[str], str]
INDENT = "  "


def document(title: str, parts: Mapping[str, Any], label: Label) -> str:
    """A page with a heading for each of *parts*; *label* gives the words for a key."""
    page = [f"# {title}"]
    for name, content in parts.items():
        page += ["", f"## {label(name)}", "", *_items(content, label, 0)]
    return "\n".join(page) + "\n"


def _items(content: Any, label: Label, depth: int) -> Iterator[str]:
    match content:
        case Mapping():
            for key, value in content.items():
                yield from _entry(f"- {label(str(key))}", value, label, depth)
        case list() | tuple():
            for number, value in enumerate(content, 1):
                yield from _entry(f"- {number}", value, label, depth)
        case _:
            yield INDENT * depth + f"- {_words(content, depth)}"


def _entry(head: str, value: Any, label: Label, depth: int) -> Iterator[str]:
    if isinstance(value, Mapping | list | tuple):
        if value:
            yield INDENT * depth + head
            yield from _items(value, label, depth + 1)
    elif value not in (None, ""):
        yield INDENT * depth + f"{head}: {_words(value, depth)}"


def _words(value: Any, depth: int) -> str:
    return str(value).replace("\n", "\n" + INDENT * (depth + 1))
