"""Notices in forms the platform approved: one short line where a message of our own is not allowed."""

from dataclasses import dataclass

FIELD = "thing1"
LONGEST = 20  # what the platform takes in a field of that kind


@dataclass(frozen=True, slots=True)
class Form:
    """An approved form and its field that takes the words."""

    template: str
    field: str = FIELD


def form_of(setting: str | None) -> Form | None:
    """The form that `TEMPLATE` or `TEMPLATE:FIELD` names."""
    if not setting:
        return None
    template, _, field = setting.partition(":")
    return Form(template, field or FIELD)


def told_shortly(words: str) -> str:
    """The first line, cut to what the field takes."""
    first = words.strip().partition("\n")[0]
    return words if words == first and len(first) <= LONGEST else _cut(first)


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
