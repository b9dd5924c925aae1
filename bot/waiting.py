"""What a platform did not let us say is said together with the next answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, update
from sqlmodel import Session, col, select

from bot import choices
from bot.adapters.base import Capabilities, Parcel
from bot.split import visible
from config.moments import Almanac
from config.texts import Speech, Text, plain, say
from storage.models.delivery import Card, Outbox
from storage.prepared import Prepared, spelt
from storage.queries.delivery import unsent
from storage.types import UTCDateTime

Row = dict[str, Any]
Part = dict[str, Any]
GAP = "\n\n"
WIDEST = "00"
_SHUT = Prepared(
    select(Outbox.id, Outbox.payload, Outbox.card)
    .where(
        col(Outbox.chat_id) == bindparam("chat"),
        col(Outbox.state) == spelt("shut"),
        or_(col(Outbox.expires_at).is_(None), col(Outbox.expires_at) > bindparam("now", type_=UTCDateTime)),
    )
    .order_by(col(Outbox.id))
)
FIND_AGAIN = Prepared(
    update(Card)
    .where(col(Card.chat_id) == bindparam("chat"), col(Card.name) == bindparam("card"))
    .values(message_id=bindparam("message"))
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that waits."""

    id: int
    payload: Row
    card: str | None


@dataclass(frozen=True)
class Reading:
    """Who reads *chat_id* and what a message holds there; *head* comes before what had to wait."""

    session: Session
    chat_id: int
    can: Capabilities
    reader: Speech
    now: datetime
    head: Text | None = None

    def together(self, rows: list[Row]) -> list[Row]:
        """*rows*, the posts for the chat joined and what waited there below, as far as a message holds."""
        mine = [row for row in rows if row["chat_id"] == self.chat_id and row["method"] == "post"]
        waiting = self._waiting()
        if not mine or len(mine) + len(waiting) < 2:
            return rows
        rest = [row for row in rows if row not in mine]
        first, left = self._packed(mine)
        if left and not self.can.can_push:
            self._add_hint(first, len(left) + len(waiting))
        elif waiting and not left:
            self._add(first, waiting)
        return [*rest, first, *left]

    def _packed(self, rows: list[Row]) -> tuple[Row, list[Row]]:
        """The first rows in one, as many as a message holds, and the others."""
        first, *others = rows
        payload = first["payload"]
        parts = parts_of(payload)
        room = self.can.max_units - self.can.size(GAP + self._more(WIDEST))
        while others:
            longer = GAP.join([payload["html"], others[0]["payload"]["html"]])
            if self.can.size(longer) > room:
                break
            parts = [*parts, *parts_of(others.pop(0)["payload"])]
            payload |= {"html": longer, "parts": parts}
        return first, others

    def _add(self, row: Row, waiting: list[Waiting]) -> None:
        """Say below *row* what fits of what waits, and how much does not."""
        payload = row["payload"]
        head = self.reader.html(self.head) if self.head else ""
        said = GAP.join(words for words in (payload["html"], head) if words)
        told = self._fitting(waiting, self.can.size(GAP.join([said, self._more(WIDEST)])))
        parts = [part for one in told for part in parts_of(one.payload)]
        words = [said, *(self._numbered(part) for part in parts)] if told else [payload["html"]]
        if hidden := len(waiting) - len(told):
            words.append(self._more(str(hidden)))
        payload |= {"html": GAP.join(words), "parts": [*parts_of(payload), *parts]}
        ids = [one.id for one in told]
        told_now = update(Outbox).where(col(Outbox.id).in_(ids)).values(state="sent", payload={})
        self.session.execute(told_now)
        FIND_AGAIN.each(
            self.session,
            [
                {"chat": self.chat_id, "card": one.card, "message": nameless(one.id)}
                for one in told
                if one.card
            ],
        )

    def _add_hint(self, row: Row, count: int) -> None:
        """Say below *row* that *count* more wait, since they come only when they are asked for."""
        payload = row["payload"]
        payload["parts"] = parts_of(payload)
        payload["html"] = GAP.join([payload["html"], self._more(str(count))])

    def _more(self, count: str) -> str:
        return self.reader.html(say("core-more-waits", count=count))

    def _fitting(self, waiting: list[Waiting], taken: int) -> list[Waiting]:
        """The first of those that wait, as many as there is room for beside *taken*."""
        told: list[Waiting] = []
        for row in waiting:
            taken += sum(self.can.size(GAP + self._widest(part)) for part in parts_of(row.payload))
            if taken > self.can.max_units:
                break
            told.append(row)
        return told

    def _widest(self, part: Part) -> str:
        labels = [(WIDEST, one["text"]) for row in part["offer"] for one in row if "data" in one]
        return with_choices(part["words"], labels, self.reader)

    def _numbered(self, part: Part) -> str:
        """The words of a waiting post, its choices under numbers that are good now."""
        known_by = about(part["words"])
        numbered = choices.offer(
            self.session, self.chat_id, part["offer"], known_by, self.now, part["lasting"]
        )
        return with_choices(part["words"], numbered, self.reader)

    def _waiting(self) -> list[Waiting]:
        return [Waiting(*fields) for fields in _SHUT.rows(self.session, chat=self.chat_id, now=self.now)]


def parts_of(payload: Row) -> list[Part]:
    """The posts in *payload*, each with the buttons its numbers stand for."""
    return payload.get("parts") or [{"words": str(payload["html"]), "offer": [], "lasting": False}]


def number(session: Session, parcel: Parcel, now: datetime) -> None:
    """Give what goes out unasked its numbers, as late as that."""
    language = parcel.payload.get("language")
    if language is None:
        return
    before = choices.taken(session, parcel.chat_id)
    (part,) = parts_of(parcel.payload)
    known_by = about(part["words"])
    numbered = choices.offer(
        session, parcel.chat_id, part["offer"], known_by, now, part["lasting"], asked=False
    )
    reader = Speech(language, Almanac.blank())
    parcel.payload["html"] = with_choices(part["words"], numbered, reader)
    parcel.payload["fresh"] = [one for one in (int(its) for its, _ in numbered) if one not in before]


def unnumber(session: Session, parcel: Parcel) -> None:
    """It did not go after all: nobody has seen the numbers it took."""
    choices.withdraw(session, parcel.chat_id, parcel.payload.get("fresh", ()))


def with_choices(words: str, numbered: Sequence[tuple[str, str]], reader: Speech) -> str:
    """*words* (markup) and a line like 回复 1 参加 / 2 不能."""
    if not numbered:
        return words
    shown = plain(" / ".join(_choice(number, label) for number, label in numbered))
    return f"{words}\n{reader.html(say('core-reply-with', choices=shown))}"


def _choice(number: str, label: str) -> str:
    if label == number:
        return number
    return f"{number} №{label}" if label.isdigit() else f"{number} {label}"


def nameless(number: int) -> str:
    """What a post is called where the platform gives it no name, so that its card is known to be posted."""
    return f"P{number}"


def about(markup: str) -> str:
    """The line a post is known by."""
    return visible(markup).strip().partition("\n")[0][:40]


def unread(session: Session, chat_id: int, card: str) -> Outbox | None:
    """The post of that card that has not been read in the chat yet."""
    query = select(Outbox).where(unsent(chat_id), col(Outbox.card) == card)
    return session.exec(query.order_by(col(Outbox.id).desc()).limit(1)).first()


def renew(session: Session, row: Outbox, payload: Row) -> None:
    """Let it say what holds now."""
    session.execute(update(Outbox).where(col(Outbox.id) == row.id).values(payload=payload))
