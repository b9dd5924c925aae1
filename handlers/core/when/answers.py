"""Join a phrase that lacked something with the answer to the one question asked."""

from __future__ import annotations

import re
from typing import cast

from handlers.core.when.phrase import Phrase
from handlers.core.when.reading import Reading
from handlers.core.when.slots import CLOCK_KEYS, DAY_KEYS, EVERY_KEYS, Slots

PLEASANTRIES = re.compile(
    r"^(?:那就|就是|改成|改为|改到|是|就|嗯+|好的?|对|make it|it's|let's say)?[\s,，]*"
    r"|[\s,，]*(?:吧|哦|呢|哈|啊|的|谢谢|please)?[。.]?$",
    re.I,
)
REPLACES = frozenset({"past", "bad_time", "unread"})
NARROWS = frozenset({"", "weekday", "month", "day", "several_days", "contradiction"})
WHOLE_DAYS = ({"month", "day"}, {"days_ahead"}, {"anchor"}, {"week", "weekdays"}, {"week_shift", "weekdays"})


def joined(asked: Reading, phrase: Phrase, answer: Phrase, answer_text: str) -> Phrase:
    """*phrase* with what *answer* adds. An answer to "what is it about" is the title, word for word."""
    if asked.error == "no_title":
        phrase.title = answer_text.strip()
        return phrase
    _part_alone(answer)
    words = PLEASANTRIES.sub("", answer.title)
    if not answer.says_time and not answer.unread:
        return _untimely(phrase, words)
    _merge_days(phrase.main, answer.main, asked)
    _merge(phrase.main, answer.main, CLOCK_KEYS, asked.error in REPLACES)
    _merge(phrase.main, answer.main, EVERY_KEYS, asked.error in REPLACES and "every" in answer.main)
    _take_rest(phrase, answer)
    phrase.title = f"{phrase.title} {words}".strip()
    return phrase


def _part_alone(answer: Phrase) -> None:
    """下午 as a whole answer is the part of day, not words of a title."""
    if not answer.says_time and [PLEASANTRIES.sub("", answer.title)] == [
        words for _, words in answer.aside_parts
    ]:
        answer.main["part"], answer.title = answer.aside_parts[0][0], ""


def _untimely(phrase: Phrase, words: str) -> Phrase:
    """An answer without any time is the title if there is none yet, otherwise it was not understood."""
    if phrase.title:
        phrase.hints = [words]
    else:
        phrase.title = words
    return phrase


def _merge_days(into: Slots, new: Slots, asked: Reading) -> None:
    """周四 narrows 两周后; a whole date, or a day nobody asked about, replaces what was said."""
    said = {key for key in DAY_KEYS if key in new}
    whole = any(keys <= said for keys in WHOLE_DAYS)
    narrows = asked.asks in NARROWS and (not whole or asked.asks == "weekday")
    _merge(into, new, DAY_KEYS, not narrows)


def _merge(into: Slots, new: Slots, keys: tuple[str, ...], fresh: bool) -> None:
    target, source = cast("dict[str, object]", into), cast("dict[str, object]", new)
    added = {key: source[key] for key in keys if key in source}
    if added and (fresh or "clock" in added):
        kept = ("part", "minutes") if "part" not in added and added.get("loose") else ("minutes",)
        for key in set(keys) - set(kept):
            target.pop(key, None)
    target.update(added)


def _take_rest(phrase: Phrase, answer: Phrase) -> None:
    phrase.unread, phrase.hints, phrase.aside_parts = answer.unread, [], []
    phrase.bad, phrase.unclear = answer.bad, answer.unclear
    phrase.since, phrase.until = answer.since or phrase.since, answer.until or phrase.until
    if "clock" in answer.main:
        phrase.ending = answer.ending or phrase.ending
    phrase.day_words += answer.day_words
