"""What is said to many chats at once becomes outbox rows: rendered once, then addressed to each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.post import Post
from bot.presence import revisit
from bot.quiet import Day, day_of, hush_all
from handlers.core.message import Kind, Message, Place
from handlers.core.quiet import POSTS_A_DAY
from handlers.core.turns import OWN, Addressed, Circular, Letter
from storage.models.community import Chat
from storage.queries.delivery import open_cards
from storage.queries.quiet import heard_at_least
from storage.rows import fetch_one

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A circular, and the outbox rows of each of its texts, still without anybody's own."""

    circular: Circular
    rows: dict[int, list[Row]]


def write_out(post: Post, session: Session, said: Sequence[Circular | Letter], now: datetime) -> list[Row]:
    """The outbox rows of what a handler of turns said, still to be added.

    A chat that is not spoken to like others, or has heard enough today, gets a letter of its own.
    """
    circulars = [one for one in said if isinstance(one, Circular)]
    patterns = [_pattern(post, one) for one in circulars if post.wording.is_alike(one.ctx.chat)]
    full = _full(session, patterns)
    going = [(it, to) for it in patterns for to in it.circular.addressed if to.chat_id not in full]
    if not open_cards(session, [(to.chat_id, it.circular.card.replace(OWN, to.own)) for it, to in going]):
        raise LookupError("the card of a circular is there already")
    rows = [row for it, to in going for row in _addressed(it, to)]
    done = {to.chat_id for _, to in going}
    letters = [one for one in said if isinstance(one, Letter)]
    for one in circulars:
        apart = [to for to in one.addressed if to.chat_id not in done]
        letters += [Letter(to.turn, to.chat_id, one.own(to)) for to in apart]
    return rows + [row for letter in letters for row in _letter(post, session, letter, now)]


def _pattern(post: Post, circular: Circular) -> _Pattern:
    ctx = circular.ctx
    texts = {id(to.text): to.text for to in circular.addressed}
    rows = {of: list(post.posts(ctx, ctx.chat, circular.answer(text))) for of, text in texts.items()}
    hush_all(ctx, [row for some in rows.values() for row in some])
    return _Pattern(circular, rows)


def _full(session: Session, patterns: Sequence[_Pattern]) -> set[int]:
    """The chats that have heard as much as they may on the day they would hear this."""
    days: dict[Day, list[int]] = defaultdict(list)
    for one in patterns:
        day = day_of(next(iter(one.rows.values())), one.circular.ctx.here)
        days[day] += [to.chat_id for to in one.circular.addressed]
    return {chat for day, chats in days.items() for chat in heard_at_least(session, POSTS_A_DAY, chats, *day)}


def _addressed(pattern: _Pattern, to: Addressed) -> Iterator[Row]:
    name, card = f"{to.turn.name}:{to.chat_id}", pattern.circular.card.replace(OWN, to.own)
    for number, row in enumerate(pattern.rows[id(to.text)]):
        at = {"key": f"{name}:{number}", "chat_id": to.chat_id, "card": row["card"] and card}
        yield {**row, **at, "payload": _payload(row["payload"], to.own)}


def _payload(payload: Row, own: str) -> Row:
    if "buttons" not in payload:
        return payload
    buttons = [
        [{name: words.replace(OWN, own) for name, words in one.items()} for one in row]
        for row in payload["buttons"]
    ]
    return payload | {"buttons": buttons}


def _letter(post: Post, session: Session, letter: Letter, now: datetime) -> list[Row]:
    chat, turn = fetch_one(session, Chat, letter.home), letter.turn
    place = Place(chat.address, chat.private, chat.title, chat.thread)
    message = Message(chat.platform, f"due:{turn.schedule_id}", Kind.DUE, place, now)
    ctx = revisit(session, message, now, letter.home, None, turn.community_id)
    ctx.due_at = turn.at
    return post.rows(ctx, [letter.answer], f"{turn.name}:{letter.answer.chat or letter.home}")
