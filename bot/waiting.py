"""What a platform did not let us say is said together with the next answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from bot import choices
from bot.adapters.base import Capabilities
from bot.split import visible
from config.texts import Speech, plain, say
from storage.models.delivery import Outbox

Row = dict[str, Any]
GAP = "\n\n"


def together(
    session: Session, chat_id: int, rows: list[Row], can: Capabilities, reader: Speech, now: datetime
) -> list[Row]:
    """*rows* with the posts for the chat joined and what waited there below, as far as a message holds."""
    mine = [row for row in rows if row["chat_id"] == chat_id and row["method"] == "post"]
    waiting = _waiting(session, chat_id, now)
    if not mine or len(mine) + len(waiting) < 2:
        return rows
    rest = [row for row in rows if row not in mine]
    head = reader.html(say("core-meanwhile"))
    joined, left = _pack(mine, lambda row: str(row["payload"]["html"]), can, room=0)
    room = can.max_units - can.measure(visible(joined[-1]["payload"]["html"]))
    room -= can.measure(f"{GAP}{head}{GAP}{reader.plain(say('core-more-waits', count='99'))}")
    told = _fit(waiting, can, room) if not left else []
    parts = [joined[-1]["payload"]["html"]]
    if told:
        parts += [head, *(offered(session, chat_id, row, reader, now) for row in told)]
        _said(session, told)
    if (hidden := len(waiting) - len(told)) and not can.can_push:
        parts.append(reader.html(say("core-more-waits", count=str(hidden))))
    joined[-1]["payload"]["html"] = GAP.join(parts)
    return [*rest, *joined, *left]


def number_of(session: Session, chat_id: int, now: datetime) -> int:
    """How many posts wait in the chat."""
    return len(_waiting(session, chat_id, now))


def offered(session: Session, chat_id: int, row: Outbox, reader: Speech, now: datetime) -> str:
    """The words of a waiting post, its choices under numbers that are good now."""
    bare, buttons = str(row.payload.get("bare") or row.payload["html"]), row.payload.get("offer") or []
    numbered = choices.offer(session, chat_id, buttons, about(bare), now, row.card is not None)
    return "\n".join([bare, *([choice_line(numbered, reader)] if numbered else [])])


def choice_line(numbered: Sequence[tuple[str, str]], reader: Speech) -> str:
    """回复 1 参加 / 2 不能, as markup."""
    shown = plain(" / ".join(f"{number} {label}" for number, label in numbered))
    return reader.html(say("core-reply-with", choices=shown))


def about(markup: str) -> str:
    """The line a post is known by."""
    return visible(markup).strip().partition("\n")[0][:40]


def _pack(rows: list[Row], words: Any, can: Capabilities, room: int) -> tuple[list[Row], list[Row]]:
    """The first rows in one, as many as a message holds, and the others."""
    first, text = rows[0], words(rows[0])
    for number, row in enumerate(rows[1:], start=1):
        longer = f"{text}{GAP}{words(row)}"
        if can.measure(visible(longer)) > can.max_units - room:
            first["payload"]["html"] = text
            return [first], rows[number:]
        text = longer
    first["payload"]["html"] = text
    return [first], []


def _waiting(session: Session, chat_id: int, now: datetime) -> list[Outbox]:
    fresh = or_(col(Outbox.expires_at).is_(None), col(Outbox.expires_at) > now)
    query = select(Outbox).where(col(Outbox.chat_id) == chat_id, col(Outbox.state) == "shut", fresh)
    return list(session.exec(query.order_by(col(Outbox.id))))


def _fit(waiting: list[Outbox], can: Capabilities, room: int) -> list[Outbox]:
    told = []
    for row in waiting:
        room -= can.measure(visible(str(row.payload["html"])) + GAP)
        if room < 0:
            break
        told.append(row)
    return told


def _said(session: Session, rows: list[Outbox]) -> None:
    ids = [row.id for row in rows]
    session.execute(update(Outbox).where(col(Outbox.id).in_(ids)).values(state="sent", payload={}))
