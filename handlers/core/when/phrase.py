"""Put the tokens of a line together: what is said, what contradicts it, and what is left for the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from handlers.core.when.fold import Folded, fold
from handlers.core.when.scan import scan
from handlers.core.when.settle import DATES, Settled, adjacent, settle
from handlers.core.when.slots import CLOCK_KEYS, DAY_KEYS, EVERY_KEYS, Slots, Token

LEAD_IN = re.compile(
    r"(?:(?:^|(?<=[\s,，]))(?:在|于|时间|on|at|the|from)|定于|定在|安排在)?[\s,，、:：;；(（—–-]*$", re.I
)
LEAD_OUT = re.compile(r"^[\s,，、。:：;；)）—–-]*(?:的(?!士))?\s*")
SILENT = frozenset({"to", "until", "from", "tail", "stop", "doubt", "zone"})


@dataclass
class Phrase:
    """What one line says. `since` and `until` bound a repetition, `ending` is the clock it ends at."""

    main: Slots = field(default_factory=Slots)
    ending: Slots = field(default_factory=Slots)
    since: Slots = field(default_factory=Slots)
    until: Slots = field(default_factory=Slots)
    title: str = ""
    unread: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    day_words: list[str] = field(default_factory=list)
    aside_parts: list[tuple[str, str]] = field(default_factory=list)

    def has(self, keys: tuple[str, ...]) -> bool:
        """True when the main part says anything about one of *keys*."""
        return any(key in self.main for key in keys)

    @property
    def says_time(self) -> bool:
        """True when any word was understood as time."""
        bounded = bool(self.since or self.until)
        return bounded or self.has(DAY_KEYS + CLOCK_KEYS + EVERY_KEYS) or bool(self.bad or self.unclear)


def parse(line: str, repeats: bool = False) -> Phrase:
    """Read one line. Never raises; contradictions and unknown words end up in `unread`.

    *repeats* when the line answers a question about a repetition: then 到12月31日 is its end.
    """
    folded = fold(line)
    settled = settle(folded.text, list(scan(folded.text)), repeats)
    phrase = Phrase()
    _note_aside(phrase, folded, settled)
    before = [None, *settled.tokens]
    joined = [
        first is not None and adjacent(folded.text, first, token)
        for first, token in zip(before, settled.tokens, strict=False)
    ]
    _fill(phrase, folded, settled.tokens, _labels(settled.tokens, joined, repeats), joined)
    phrase.title = title(folded, settled.tokens, joined)
    return phrase


def _note_aside(phrase: Phrase, folded: Folded, settled: Settled) -> None:
    for token in settled.aside:
        words = folded.words(token.start, token.end)
        if token.kind in ("hint", "event", "stretch"):
            phrase.hints.append(words)
        if "part" in token.slots:
            phrase.aside_parts.append((token.slots["part"], words))


def _labels(tokens: list[Token], joined: list[bool], repeats: bool) -> list[str]:
    """The group each token belongs to: main, ending, since, until."""
    labels: list[str] = []
    repeats = repeats or any("every" in token.slots for token in tokens)
    group = "main"
    for place, token in enumerate(tokens):
        if token.kind == "until":
            group = "until"
        elif token.kind == "from":
            group = "since" if repeats else "main"
        elif token.kind == "to":
            group = _turn(tokens, labels, joined, place)
        elif token.kind == "tail":
            _start_from(tokens, labels, joined, repeats, token)
        elif token.kind == "stop":
            group = _stop_at(tokens, labels, joined, repeats)
        elif not _continues(group, token, tokens[place - 1], joined[place]):
            group = "main"
        labels.append(group)
    return labels


def _continues(group: str, token: Token, before: Token, joined: bool) -> bool:
    if group == "ending":
        return joined and before.kind in ("to", "part") and token.kind in ("clock", "part")
    return joined and token.kind == "day"


def _turn(tokens: list[Token], labels: list[str], joined: list[bool], place: int) -> str:
    """到: from a clock to its end, or from a first day (then it bounds the repetition) to a last one."""
    if place and tokens[place - 1].kind == "clock" and tokens[place + 1].kind != "day":
        return "ending"
    _relabel(tokens, labels, joined)
    return "until"


def _start_from(
    tokens: list[Token], labels: list[str], joined: list[bool], repeats: bool, tail: Token
) -> None:
    if repeats and labels and labels[-1] == "main":
        _relabel(tokens, labels, joined)


def _stop_at(tokens: list[Token], labels: list[str], joined: list[bool], repeats: bool) -> str:
    """12月30日结束 ends a repetition; 16:00结束 alone is not understood, and stays in the main part."""
    if repeats and labels and labels[-1] == "main":
        _relabel(tokens, labels, joined, "until")
    return labels[-1] if labels else "main"


def _relabel(tokens: list[Token], labels: list[str], joined: list[bool], bound: str = "since") -> None:
    """The plain days just before belong to a bound of a repetition, mostly its start."""
    for place in range(len(labels) - 1, -1, -1):
        if tokens[place].kind != "day" or labels[place] != "main":
            return
        labels[place] = bound
        if not joined[place]:
            return


def _fill(phrase: Phrase, folded: Folded, tokens: list[Token], labels: list[str], joined: list[bool]) -> None:
    cluster, day_cluster, before = 0, -1, ""
    for token, label, is_joined in zip(tokens, labels, joined, strict=True):
        cluster += not (is_joined and before in DATES)
        before = token.kind
        words = folded.words(token.start, token.end)
        if token.kind == "doubt" or (token.kind == "stop" and label not in ("until", "ending")):
            phrase.unread.append(words)
        scattered = label == "main" and token.kind in DATES and day_cluster not in (-1, cluster)
        if token.kind in DATES and label == "main":
            day_cluster = cluster if day_cluster == -1 else day_cluster
            phrase.day_words.append(words)
        group = cast("dict[str, object]", getattr(phrase, label))
        if not _put(phrase, group, token.slots, words, scattered):
            phrase.unread.append(words)


def _put(phrase: Phrase, group: dict[str, object], slots: Slots, words: str, scattered: bool) -> bool:
    """Add *slots* to the group; False when they contradict it or belong to another phrase of the line."""
    for key, value in slots.items():
        if key in ("bad", "unclear"):
            (phrase.bad if key == "bad" else phrase.unclear).append(words if key == "bad" else str(value))
        elif (key in group and group[key] != value) or (scattered and key not in group):
            return False
        else:
            group[key] = value
    return True


def title(folded: Folded, tokens: list[Token], joined: list[bool]) -> str:
    """The words around the time, exactly as typed."""
    return " ".join(part for part in _segments(folded, tokens, joined) if any(map(str.isalnum, part)))


def _segments(folded: Folded, tokens: list[Token], joined: list[bool]) -> Iterator[str]:
    edge = 0
    for place, (token, is_joined) in enumerate(zip(tokens, joined, strict=True)):
        if not is_joined:
            words = LEAD_IN.sub("", folded.words(edge, token.start))
            yield LEAD_OUT.sub("", words) if place else words
        edge = token.end
    words = folded.words(edge, len(folded.text))
    yield LEAD_OUT.sub("", words) if tokens else words
