"""Decide which tokens are time where they stand, and which are only words of the title."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.core.when.slots import Token

GAP = re.compile(
    r"[\s,，、。;:：()@·|]*(?:(?:的|在|于|是|定于|定在|at|on|of|the|in|from|and|,)\s?)?(?:(?:the|on|at)\s)?[\s,(]*"
)
NEXT_WORD = re.compile(r"\s?\S{0,12}")
CLOCKS = frozenset({"clock", "digits", "hours"})
DATES = frozenset({"day", "every"})
TIMES = CLOCKS | DATES | {"part", "epart", "weeks"}


@dataclass(frozen=True)
class Place:
    """A token among its neighbours; a neighbour that is not adjacent is None."""

    token: Token
    before: Token | None
    after: Token | None
    repeats: bool
    touching: bool
    parted: bool


def _follows(place: Place, kinds: frozenset[str]) -> bool:
    return place.before is not None and place.before.kind in kinds


def _leads(place: Place, kinds: frozenset[str]) -> bool:
    return place.after is not None and place.after.kind in kinds


def _span(place: Place) -> bool:
    """到, to or a dash: between two clocks, between two days, or before the last day of a repetition."""
    clocks = _follows(place, CLOCKS) and _leads(place, CLOCKS | {"part"})
    days = _follows(place, DATES) and _leads(place, frozenset({"day"}))
    return clocks or days or (place.repeats and _leads(place, frozenset({"day"})))


def _part(place: Place) -> bool:
    before = place.before
    if before is not None and before.kind in CLOCKS:
        return (bool(before.slots.get("loose")) and not place.parted) or _leads(place, CLOCKS)
    return _follows(place, DATES | {"to", "from"}) or _leads(place, CLOCKS | {"day"})


STANDS: dict[str, Callable[[Place], bool]] = {
    "near": lambda place: place.touching and _follows(place, TIMES),
    "beside": lambda place: place.touching and _follows(place, DATES),
    "duration": lambda place: _follows(place, CLOCKS | {"tail", "part"}),
    "digits": lambda place: _follows(place, DATES),
    "hours": lambda place: _follows(place, DATES),
    "epart": lambda place: _follows(place, DATES) or (_leads(place, CLOCKS) and not _follows(place, CLOCKS)),
    "part": _part,
    "tail": lambda place: place.touching and _follows(place, TIMES | {"until"}),
    "stop": lambda place: place.touching and _follows(place, TIMES | {"until"}),
    "stretch": lambda place: _leads(place, DATES),
    "tally": lambda place: place.repeats or _follows(place, DATES) or _leads(place, DATES),
    "from": lambda place: _leads(place, TIMES),
    "to": _span,
    "zone": lambda place: _follows(place, TIMES) or _leads(place, TIMES),
    "hint": lambda place: False,
    "event": lambda place: place.repeats,
}
BECOMES = {
    "tally": "count",
    "near": "doubt",
    "beside": "doubt",
    "digits": "clock",
    "hours": "clock",
    "epart": "part",
    "event": "doubt",
    "stretch": "doubt",
    "duration": "spell",
}


@dataclass(frozen=True)
class Settled:
    """`tokens` are time; `aside` are words left in the title that still have something to say."""

    tokens: list[Token]
    aside: list[Token]


def adjacent(text: str, first: Token, second: Token) -> bool:
    """Nothing but punctuation and small connecting words stands between the two."""
    return GAP.fullmatch(text, first.end, second.start) is not None


def settle(text: str, found: list[Token], repeats: bool = False) -> Settled:
    """Keep the tokens that stand where such a token can; *repeats* when a repetition is being answered."""
    found = [token for token in found if token.kind != "keep"]
    repeats = repeats or any("every" in token.slots for token in found)
    settled = Settled([], [])
    for token, after in zip(found, [*found[1:], None], strict=False):
        if settled.tokens and token.start < settled.tokens[-1].end:
            continue  # part of words that were taken whole
        spot = _place(text, settled.tokens, token, after, repeats)
        if STANDS.get(token.kind, _always)(spot):
            settled.tokens.append(_named(text, spot))
        else:
            settled.aside.append(token)
    return settled


def _always(place: Place) -> bool:
    return True


def _place(text: str, kept: list[Token], token: Token, after: Token | None, repeats: bool) -> Place:
    before = kept[-1] if kept and adjacent(text, kept[-1], token) else None
    after = after if after and adjacent(text, token, after) else None
    touching = before is not None and not text[before.end : token.start].strip()
    parted = any("part" in other.slots for other in kept)
    return Place(token, before, after, repeats, touching, parted)


def _named(text: str, place: Place) -> Token:
    """Until without a day, and a number of times without a repetition, are not understood."""
    token = place.token
    if token.kind == "until" and not _leads(place, DATES):
        word = NEXT_WORD.match(text, token.end)
        return replace(token, kind="doubt", end=word.end() if word else token.end)
    lost = token.kind in ("count", "tally") and not place.repeats
    return replace(token, kind="doubt" if lost else BECOMES.get(token.kind, token.kind))
