"""Numbers to reply with where a platform has no buttons; each stands for a signed button."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models.delivery import Choice

GOOD_FOR = timedelta(hours=48)
MOST = 30  # from here on numbers begin at 1 again: nobody likes to type three digits
BEFORE = r"(?:回复|回|选择|选|第|reply(?: with)?|choose|option|no\.?)?\s*[#(]?"
SAID = re.compile(BEFORE + r"(\d{1,2})(?:[.)。、号]|个)?(?:\s+(.+))?")
KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")
Buttons = Sequence[Sequence[Mapping[str, str]]]
Numbered = list[tuple[str, str]]


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
    new ones, and a button that is shown again keeps its number.  *asked*: the post is read at once, being
    an answer; another may stay unread and takes no number from what is before the reader's eyes.
    """
    given = [(one["text"], one["data"]) for row in buttons for one in row if "data" in one]
    if not given:
        return []
    if asked:
        older = col(Choice.expires_at) < now + GOOD_FOR
        ended = (older & ~col(Choice.lasting)) | (col(Choice.expires_at) <= now)
        session.execute(delete(Choice).where(col(Choice.chat_id) == chat_id, ended))
    numbers = _numbers(session, chat_id, given)
    session.execute(delete(Choice).where(col(Choice.chat_id) == chat_id, col(Choice.number).in_(numbers)))
    for number, (label, data) in zip(numbers, given, strict=True):
        one = Choice(chat_id=chat_id, number=number, label=label, data=data, expires_at=now + GOOD_FOR)
        one.about, one.lasting = about, lasting
        session.add(one)
    session.flush()
    return [(str(number), label) for number, (label, _) in zip(numbers, given, strict=True)]


def _numbers(session: Session, chat_id: int, given: Numbered) -> list[int]:
    """A number for each (label, data): the one it has or says, else the next that is free."""
    rows = session.exec(select(Choice.data, Choice.number).where(col(Choice.chat_id) == chat_id))
    taken = dict(rows.all())
    new = [(label, data) for label, data in given if data not in taken]
    first = max(taken.values(), default=0) + 1
    if first + len(new) - 1 > MOST:
        taken, new, first = {}, list(given), 1
    fresh = dict(zip((data for _, data in new), range(first, first + len(new)), strict=True))
    said = {data: int(label) for label, data in new if label.isascii() and label.isdigit()}
    # A list whose entries are numbered already keeps its numbers where they are free.
    if len(said) == len(new) and not set(said.values()) & {0, *taken.values()}:
        fresh = said
    return [fresh.get(data) or taken[data] for _, data in given]


def forget_passing(session: Session, chat_id: int) -> None:
    """A question is open now: a bare number answers it, not an earlier post that was no card."""
    session.execute(delete(Choice).where(col(Choice.chat_id) == chat_id, ~col(Choice.lasting)))


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
    live = col(Choice.expires_at) > (max(now, asked_at + GOOD_FOR - TICK) if asked_at else now)
    query = select(Choice).where(col(Choice.chat_id) == chat_id, live).order_by(col(Choice.number))
    found = [one for one in session.exec(query) if _is_meant(one, number, label)]
    if not found:
        old = number is not None and not label and asked_at is None
        return Chosen(old=number) if old else None
    if len({one.data for one in found}) == 1:
        return Chosen(found[0].data)
    return Chosen(several=tuple((str(one.number), one.about or one.label) for one in found))


TICK = timedelta(microseconds=1)


def _understood(said: str) -> tuple[int | None, str]:
    """The number in *said* and the label beside it, or all of it as a label."""
    found = SAID.fullmatch(said)
    return (int(found[1]), found[2] or "") if found else (None, said)


def _is_meant(one: Choice, number: int | None, label: str) -> bool:
    own = unicodedata.normalize("NFKC", one.label).strip().casefold()
    return number in (None, one.number) and label in (("",) if number is not None else ()) + (own,)
