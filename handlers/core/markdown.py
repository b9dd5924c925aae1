"""What was kept of a person, as a Markdown page they can read without us."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from config.texts import Text, has, say
from handlers.core.context import Context
from handlers.core.resources import show

Label = Callable[[str], str]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00")
SPOKEN: dict[str, Callable[[str], Text]] = {
    "subject": show.subject,
    "grade": show.grade,
    "first": lambda day: say("mydata-moment", at=date.fromisoformat(day)),
    "language": lambda code: say("language-name", language=code),
}
INDENT = "  "


def document(title: str, parts: Mapping[str, Any], label: Label) -> str:
    """A page with a heading for each of *parts*; *label* gives the words for a key.

    It is asked for `part-key` where the key heads a part, and for `list-key` where a list follows.
    """
    page = [f"# {title}"]
    for name, content in parts.items():
        page += ["", f"## {label(f'part-{name}')}", "", *_items(content, label, 0)]
    return "\n".join(page) + "\n"


def spoken(ctx: Context, content: Any, key: str = "") -> Any:
    """*content* with its moments, codes and truths in the reader's words."""
    match content:
        case Mapping():
            return {name: spoken(ctx, value, str(name)) for name, value in content.items()}
        case list() | tuple():
            return [spoken(ctx, value, key) for value in content]
        case bool():
            return ctx.speech.plain(say(f"mydata-{'yes' if content else 'no'}"))
        case str() if content:
            return _spoken_word(ctx, content, key)
        case _:
            return content


def _spoken_word(ctx: Context, word: str, key: str) -> str:
    named = f"mydata-value-{key}-{word}"
    if key in SPOKEN:
        return ctx.speech.plain(SPOKEN[key](word))
    if known(ctx, named):
        return ctx.speech.plain(say(named))
    if MOMENT.fullmatch(word):
        return ctx.speech.plain(say("mydata-moment", at=datetime.fromisoformat(word)))
    return word


def known(ctx: Context, text_key: str) -> bool:
    """Whether there is such a sentence."""
    try:
        return has(ctx.language, text_key)
    except KeyError:
        return False


def _items(content: Any, label: Label, depth: int) -> Iterator[str]:
    match content:
        case Mapping():
            for key, value in content.items():
                name = f"list-{key}" if isinstance(value, list | tuple) else str(key)
                yield from _entry(f"- {label(name)}", value, label, depth)
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
