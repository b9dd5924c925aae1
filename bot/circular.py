"""What is said to many chats at once becomes outbox rows: rendered once, then addressed to each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    """A circular and the outbox rows of it, still without anybody's own."""

    circular: Circular
    rows: list[Row]


def write_out(post: Post, session: Session, said: Sequence[Circular | Letter], now: datetime) -> list[Row]:
    """The outbox rows of what a handler of turns said, still to be added.

    A chat that is not spoken to like others, or has heard enough today, gets a letter of its own.
    """
    circulars = [one for one in said if isinstance(one, Circular)]
    patterns = [_pattern(post, one) for one in circulars if post.wording.is_alike(one.ctx.chat)]
    full = _full(session, patterns)
    going = [(it, to) for it in patterns for to in it.circular.addressed if to.chat_id not in full]
    cards = [(to.chat_id, card) for it, to in going if (card := _card(it.circular, to))]
    if not open_cards(session, cards):
        raise LookupError("the card of a circular is there already")
    rows = [row for it, to in going for row in _addressed(it, to)]
    done = {to.chat_id for _, to in going}
    letters = [one for one in said if isinstance(one, Letter)]
    letters += [_own(one, to) for one in circulars for to in one.addressed if to.chat_id not in done]
    return rows + [row for letter in letters for row in _letter(post, session, letter, now)]


def _pattern(post: Post, circular: Circular) -> _Pattern:
    ctx, answer = circular.ctx, circular.answer
    return _Pattern(circular, hush_all(ctx, answer, list(post.posts(ctx, ctx.chat, answer))))


def _full(session: Session, patterns: Sequence[_Pattern]) -> set[int]:
    """The chats that have heard as much as they may on the day they would hear this."""
    days: dict[Day, list[int]] = defaultdict(list)
    for one in patterns:
        if one.rows:
            days[day_of(one.rows, one.circular.ctx.here)] += [to.chat_id for to in one.circular.addressed]
    return {chat for day, chats in days.items() for chat in heard_at_least(session, POSTS_A_DAY, chats, *day)}


def _addressed(pattern: _Pattern, to: Addressed) -> Iterator[Row]:
    name, card, chat = f"{to.turn.name}:{to.chat_id}", _card(pattern.circular, to), to.chat_id
    for number, row in enumerate(pattern.rows):
        at = {"key": f"{name}:{number}", "chat_id": chat, "card": row["card"] and card}
        yield {**row, **at, "payload": _payload(row["payload"], to.own)}


def _payload(payload: Row, own: str) -> Row:
    if "buttons" not in payload:
        return payload
    buttons = [
        [{name: words.replace(OWN, own) for name, words in one.items()} for one in row]
        for row in payload["buttons"]
    ]
    return payload | {"buttons": buttons}


def _card(circular: Circular, to: Addressed) -> str | None:
    card = circular.answer.card
    return card and card.replace(OWN, to.own)


def _own(circular: Circular, to: Addressed) -> Letter:
    answer = circular.answer
    buttons = [
        [replace(one, start=one.start and one.start.replace(OWN, to.own)) for one in row]
        for row in answer.buttons
    ]
    own = replace(answer, buttons=buttons, card=_card(circular, to), chat=to.chat_id)
    return Letter(to.turn, to.chat_id, own)


def _letter(post: Post, session: Session, letter: Letter, now: datetime) -> list[Row]:
    chat, turn = fetch_one(session, Chat, letter.home), letter.turn
    place = Place(chat.address, chat.private, chat.title, chat.thread)
    message = Message(chat.platform, f"due:{turn.schedule_id}", Kind.DUE, place, now)
    ctx = revisit(session, message, now, letter.home, None, turn.community_id)
    ctx.due_at = turn.at
    return post.rows(ctx, [letter.answer], f"{turn.name}:{letter.answer.chat or letter.home}")
