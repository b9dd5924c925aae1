"""A new name, place or number of seats for a proposal, said beside its new time or instead of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.core.hearing import without_seats

LABEL = r"(?:^|(?<=[\s,，;；]))"
NAME = re.compile(
    LABEL + r"(?:(?:题目|主题|标题|名称|名字)\s?(?:改成|改为|改叫|换成|叫做?|是|[:：])|改名(?:叫|为|成)?"
    r"|(?:title|name|call it)[:：]?\s)\s?(?P<name>[^,，;；@]{1,200})",
    re.I,
)
PLACE = re.compile(
    LABEL + r"(?:@|地[点方]\s?(?:改[到在成为]|换[到成]|[是在:：])|(?:place|venue)[:：]\s)\s?"
    r"(?P<place>[^@,，;；]{1,60})$",
    re.I,
)
# What people say around a new time; none of it is a name.
AROUND = re.compile(
    r"(?:那就|就|还是|我们|改[到成为在]|[推挪换]迟?到|提前到|安排在|原来的地[方点]|老地方|老时间|好的?|可以|行|吧|吗|谢谢"
    r"|换个时间|改时间|please|make it|move it to|instead|how about|what about|let['’]s say|thanks|ok(?:ay)?"
    r"|[\s,，。.;；?？!！])*",
    re.I,
)


@dataclass(frozen=True)
class Rewording:
    """What is new about a proposal besides its time; *rest* are the other words."""

    name: str = ""
    place: str = ""
    seats: int | None = None
    rest: str = ""


def reworded(words: str) -> Rewording:
    """Take the new name, place and seats out of *words*."""
    seats, rest = without_seats(words)
    name, rest = _taken(NAME, rest)
    place, rest = _taken(PLACE, rest)
    return Rewording(name, place, seats, "" if AROUND.fullmatch(rest) else rest)


def name_in(title: str) -> str:
    """The name among the words left around a time, "" when they only go with the time."""
    return "" if AROUND.fullmatch(title) else title


def _taken(pattern: re.Pattern[str], words: str) -> tuple[str, str]:
    found = pattern.search(words)
    if found is None:
        return "", words
    return found[1].strip(), f"{words[: found.start()]} {words[found.end() :]}".strip(" ,，;；")
