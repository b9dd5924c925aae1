"""Numbers to reply with where a platform has no buttons; each stands for a signed button."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete, text
from sqlmodel import Session, col, select

from storage.models.delivery import Choice
from storage.prepared import Prepared
from storage.types import UTCDateTime

GOOD_FOR = timedelta(hours=48)
MANY, MOST = 30, 999  # nobody likes to type long numbers, so from MANY on gaps are filled first
BEFORE = r"(?:回复|回|选择|选|第|reply(?: with)?|choose|option|no\.?)?\s*[#(]?"
SAID = re.compile(BEFORE + r"(\d{1,3})(?:[.)。、号]|个)?(?:\s+(.+))?")
KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")
Buttons = Sequence[Sequence[Mapping[str, str]]]
Numbered = list[tuple[str, str]]
TICK = timedelta(microseconds=1)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MINE = col(Choice.chat_id) == bindparam("chat")
_LIVE = Prepared(
    select(Choice.number, Choice.label, Choice.data, Choice.about)
    .where(_MINE, col(Choice.expires_at) > bindparam("after", type_=UTCDateTime))
    .order_by(col(Choice.number))
)
_FORGET = Prepared(delete(Choice).where(_MINE, ~col(Choice.lasting)))
_WITHDRAW = Prepared(delete(Choice).where(_MINE, col(Choice.number) == bindparam("number")))
_END = Prepared(
    delete(Choice).where(
        _MINE,
        (col(Choice.expires_at) <= bindparam("now", type_=UTCDateTime))
        | (~col(Choice.lasting) & (col(Choice.expires_at) < bindparam("until", type_=UTCDateTime))),
    )
)
_SET = Prepared(
    text(
        "INSERT INTO choice (chat_id, number, label, data, about, lasting, expires_at) "
        "VALUES (:chat, :number, :label, :data, :about, :lasting, :until) "
        "ON CONFLICT (chat_id, number) DO UPDATE SET label = excluded.label, data = excluded.data, "
        "about = excluded.about, lasting = excluded.lasting, expires_at = excluded.expires_at"
    ).bindparams(bindparam("until", type_=UTCDateTime))
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the words of a person pick: the one choice, several that could be meant, or an old number."""

    data: str | None = None
    several: tuple[tuple[str, str], ...] = ()
    old: int | None = None


def offer(
    session: Session,
    chat_id: int,
    buttons: Buttons,
    about: str,
    now: datetime,
    lasting: bool,
    asked: bool = True,
) -> Numbered:
    """Number the *buttons* of one post; (number, label) of each, in order.

    The numbers of a post that was no card end with the next answer that has any; a card's go on beside the
    new ones, and a button that is shown again keeps its number.  *asked*: the post is an answer; another
    comes beside what is before the reader's eyes and ends none of its numbers.
    """
    given = [(one["text"], one["data"]) for row in buttons for one in row if "data" in one]
    if not given:
        return []
    until = now + GOOD_FOR
    if asked:
        _END(session, chat=chat_id, now=now, until=until)
    numbers = _numbers(session, chat_id, given)
    same = {"chat": chat_id, "about": about, "lasting": lasting, "until": until}
    rows = [
        same | {"number": number, "label": label, "data": data}
        for number, (label, data) in zip(numbers, given, strict=True)
    ]
    _SET.each(session, rows)
    return [(str(number), label) for number, (label, _) in zip(numbers, given, strict=True)]


def _numbers(session: Session, chat_id: int, given: Numbered) -> list[int]:
    """A number for each (label, data): the one it has or says, else the next that is free."""
    known = {data: number for number, _, data, _ in _LIVE.rows(session, chat=chat_id, after=BEGINNING)}
    new = [(label, data) for label, data in given if data not in known]
    first = _first_free(set(known.values()), len(new))
    fresh = dict(zip((data for _, data in new), range(first, first + len(new)), strict=True))
    said = {data: int(label) for label, data in new if label.isascii() and label.isdigit()}
    # A list whose entries are numbered already keeps its numbers where they are free.
    if len(said) == len(new) and not set(said.values()) & {0, *known.values()}:
        fresh = said
    return [fresh.get(data) or known[data] for _, data in given]


def _first_free(held: set[int], count: int) -> int:
    """Where *count* numbers in a row are free; a number that stands for something is never given anew."""
    following = max(held, default=0) + 1
    if following + count - 1 <= MANY:
        return following
    gaps = (at for at in range(1, following) if not held & set(range(at, at + count)))
    first = next(gaps, following)
    return first if first + count - 1 <= MOST else 1


def taken(session: Session, chat_id: int) -> set[int]:
    """The numbers that stand for something."""
    return {number for number, *_ in _LIVE.rows(session, chat=chat_id, after=BEGINNING)}


def withdraw(session: Session, chat_id: int, numbers: Iterable[int]) -> None:
    """Nobody was told of these."""
    _WITHDRAW.each(session, [{"chat": chat_id, "number": number} for number in numbers])


def forget_passing(session: Session, chat_id: int) -> None:
    """A question is open now: a bare number answers it, not an earlier post that was no card."""
    _FORGET(session, chat=chat_id)


def chosen(
    session: Session, chat_id: int, words: str, now: datetime, asked_at: datetime | None
) -> Chosen | None:
    """The choice *words* name by number or by label.

    While a question is open, asked at *asked_at*, only what was offered with it or since then: everything
    else answers the question.
    """
    said = unicodedata.normalize("NFKC", words).translate(KEYCAP).strip().casefold()
    if not said:
        return None
    number, label = _understood(said)
    after = max(now, asked_at + GOOD_FOR - TICK) if asked_at else now
    live = _LIVE.rows(session, chat=chat_id, after=after)
    found = [one for one in live if _is_meant(one[0], one[1], number, label)]
    if not found:
        old = number is not None and not label and asked_at is None
        return Chosen(old=number) if old else None
    if len({data for _, _, data, _ in found}) == 1:
        return Chosen(found[0][2])
    return Chosen(several=tuple((str(its), about or name) for its, name, _, about in found))


def _understood(said: str) -> tuple[int | None, str]:
    """The number in *said* and the label beside it, or all of it as a label."""
    found = SAID.fullmatch(said)
    return (int(found[1]), found[2] or "") if found else (None, said)


def _is_meant(its: int, name: str, number: int | None, label: str) -> bool:
    own = unicodedata.normalize("NFKC", name).strip().casefold()
    if number is None:
        return label == own
    return number == its and label in ("", own)
