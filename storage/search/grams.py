"""How a text is folded, and the numbers under which it is found again.

A gram is an integer, so that its order is the same in every database: two neighbouring characters, or
the last one of a run alone; and three neighbouring Latin letters, because two of those say very little.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_PAIR = 21
_LATIN = 0x250
_TRIPLE = 1 << 43
_LATIN_RUN = re.compile("[!-\u024f]{3,}")
# PostgreSQL refuses NUL, and no driver encodes half a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def fold(text: str) -> str:
    """*text* as it is compared: NFKC, no case, single spaces."""
    plain = unicodedata.normalize("NFKC", _UNSTORABLE.sub(" ", text)).casefold()
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def grams(folded: str) -> set[int]:
    """Every gram of a folded text."""
    found: set[int] = set()
    for run in folded.split():
        codes = [*map(ord, run), 0]
        found.update([a << _PAIR | b for a, b in pairwise(codes)])
    for match in _LATIN_RUN.finditer(folded):
        found.update(_triples(match.group()))
    return found


@dataclass(frozen=True)
class Wanted:
    """What to look up for a query: all of `parts`, and one gram inside each of `spans` (low, high).

    The parts cover the words that are longer than a character, or much of them; `joints` are what joins
    the parts, and only tell more.
    """

    words: tuple[str, ...]
    parts: tuple[int, ...]
    joints: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def wanted(query: str, most: int = 4) -> Wanted:
    """Fold *query* and choose at most *most* of each kind to look up; what they let through is read."""
    words = _essential(fold(query).split())
    lists = [_of_word(word) for word in words if len(word) > 1][:most]
    each = most // max(1, len(lists))
    parts, joints = ([gram for some in lists for gram in _spread(some[at::2], each)] for at in (0, 1))
    spans = [(ord(word) << _PAIR, (ord(word) + 1) << _PAIR) for word in words if len(word) == 1]
    return Wanted(tuple(words), _once(parts), _once(joints), tuple(spans[:most]))


def _spread(grams: list[int], most: int) -> list[int]:
    """At most *most* of them, evenly spread."""
    return grams[:: max(1, -(-len(grams) // most))]


def _once(grams: list[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(grams))


def _essential(words: list[str]) -> list[str]:
    """Longest first, without words that another one contains."""
    kept: list[str] = []
    for word in sorted(dict.fromkeys(words), key=len, reverse=True):
        if not any(word in longer for longer in kept):
            kept.append(word)
    return kept


def _of_word(word: str) -> list[int]:
    pairs = {at: ord(word[at]) << _PAIR | ord(word[at + 1]) for at in range(len(word) - 1)}
    found: list[int] = []
    for match in _LATIN_RUN.finditer(word):
        found += _triples(match.group())
        for at in range(match.start(), match.end() - 1):
            del pairs[at]
    return found + list(pairs.values())


def _triples(run: str) -> list[int]:
    codes = [*map(ord, run)]
    return [_TRIPLE | a << 20 | b << 10 | c for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)]
