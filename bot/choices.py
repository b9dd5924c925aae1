"""Numbers to reply with where a platform has no buttons; each stands for a signed button."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models.delivery import Choice

GOOD_FOR = timedelta(hours=48)
MOST = 30  # from here on numbers begin at 1 again: nobody likes to type three digits
NUMBER = re.compile(r"#?(\d{1,2})[.。)]?")
Buttons = Sequence[Sequence[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the words of a person pick: the one choice, or several that could be meant."""

    data: str | None = None
    several: tuple[tuple[str, str], ...] = ()


def offer(
    session: Session, chat_id: int, buttons: Buttons, about: str, now: datetime, lasting: bool
) -> list[tuple[str, str]]:
    """Number the *buttons* of one post; (number, label) of each, in order.

    The numbers of a post that was no card end with the next offer; a card's go on beside the new ones.
    """
    given = [(one["text"], one["data"]) for row in buttons for one in row if "data" in one]
    if not given:
        return []
    live = col(Choice.expires_at) > now
    session.execute(delete(Choice).where(col(Choice.chat_id) == chat_id, ~live | ~col(Choice.lasting)))
    taken = session.exec(select(Choice.number).where(col(Choice.chat_id) == chat_id)).all()
    first = max(taken, default=0) + 1
    if first + len(given) > MOST:
        first = 1
    numbers = range(first, first + len(given))
    session.execute(delete(Choice).where(col(Choice.chat_id) == chat_id, col(Choice.number).in_(numbers)))
    for number, (label, data) in zip(numbers, given, strict=True):
        one = Choice(chat_id=chat_id, number=number, label=label, data=data, expires_at=now + GOOD_FOR)
        one.about, one.lasting = about, lasting
        session.add(one)
    session.flush()
    return [(str(number), label) for number, (label, _) in zip(numbers, given, strict=True)]


def forget_passing(session: Session, chat_id: int) -> None:
    """A question is open now: a bare number answers it, not an earlier post that was no card."""
    session.execute(delete(Choice).where(col(Choice.chat_id) == chat_id, ~col(Choice.lasting)))


def chosen(session: Session, chat_id: int, words: str, now: datetime, asked: bool) -> Chosen | None:
    """The choice *words* name by number, or by label unless a question is open (*asked*)."""
    said = unicodedata.normalize("NFKC", words).strip()
    number = NUMBER.fullmatch(said)
    if number is None and (asked or not said):
        return None
    query = select(Choice).where(col(Choice.chat_id) == chat_id, col(Choice.expires_at) > now)
    live = session.exec(query.order_by(col(Choice.number))).all()
    found = list(_matching(live, int(number[1]) if number else None, said.casefold()))
    if not found:
        return None
    if len(found) == 1:
        return Chosen(found[0].data)
    return Chosen(several=tuple((str(one.number), one.about or one.label) for one in found))


def _matching(live: Sequence[Choice], number: int | None, label: str) -> Iterator[Choice]:
    for one in live:
        if one.number == number or (number is None and one.label.casefold() == label):
            yield one
