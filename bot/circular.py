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
from config.texts import Text
from handlers.core.answer import Answer
from handlers.core.message import Kind, Message, Place
from handlers.core.quiet import POSTS_A_DAY
from handlers.core.turns import OWN, Addressed, Circular, Letter
from storage.models.community import Chat
from storage.queries.delivery import open_cards
from storage.queries.quiet import heard_at_least
from storage.rows import fetch_one
from storage.types import Written, written

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A circular, and the outbox rows of each of its texts, still without anybody's own."""

    circular: Circular
    rows: dict[int, list[Row]]

    def addressed(self, to: Addressed) -> Iterator[Row]:
        """The rows for one chat."""
        base = f"{to.turn.name}:{to.chat_id}"
        for number, row in enumerate(self.rows[id(to.text)]):
            yield {
                **row,
                "key": f"{base}:{number}",
                "chat_id": to.chat_id,
                "card": row["card"] and self.circular.card_of(to),
                "payload": Written(row["payload"].replace(OWN, to.own)),
            }


def write_out(post: Post, session: Session, said: Sequence[Circular | Letter], now: datetime) -> list[Row]:
    """The outbox rows of what a handler of turns said, still to be added.

    A chat that is not spoken to like others, or has heard enough today, gets a letter of its own.
    """
    circulars = [one for one in said if isinstance(one, Circular)]
    patterns = [_pattern(post, one) for one in circulars if post.wording.is_alike(one.ctx.chat)]
    full = _full(session, patterns)
    going = [(it, to) for it in patterns for to in it.circular.addressed if to.chat_id not in full]
    if not open_cards(session, [(to.chat_id, it.circular.card_of(to)) for it, to in going]):
        raise LookupError("the card of a circular is there already")
    rows = [row for it, to in going for row in it.addressed(to)]
    done = {to.chat_id for _, to in going}
    letters = [one for one in said if isinstance(one, Letter)]
    for one in circulars:
        apart = [to for to in one.addressed if to.chat_id not in done]
        letters += [Letter(to.turn, to.chat_id, one.own(to)) for to in apart]
    return rows + [row for letter in letters for row in _letter(post, session, letter, now)]


def _pattern(post: Post, circular: Circular) -> _Pattern:
    ctx = circular.ctx
    buttons = post.wording.buttons(circular.buttons, ctx.chat, post.wording.reader(ctx, ctx.chat))

    def rows(text: Text) -> list[Row]:
        return list(post.posts(ctx, ctx.chat, Answer(text, card=circular.card, ready_buttons=buttons)))

    written_out: dict[int, list[Row]] = {}
    shape: list[Row] = []
    for to in circular.addressed:
        if id(to.text) not in written_out:
            shape = _reworded(post, circular, shape, to.text) or rows(to.text)
            written_out[id(to.text)] = shape
    every = [row for some in written_out.values() for row in some]
    hush_all(ctx, every)
    for row in every:
        row["payload"] = written(row["payload"])
    return _Pattern(circular, written_out)


def _reworded(post: Post, circular: Circular, rows: list[Row], text: Text) -> list[Row]:
    """*rows* with other words where both are one post; else none."""
    ctx = circular.ctx
    if len(rows) != 1:
        return []
    parts = post.wording.can_in(ctx.chat).parts(post.wording.reader(ctx, ctx.chat).html(text))
    # What is pressed stands beside the words, see Wording.is_alike.
    return [{**rows[0], "payload": rows[0]["payload"] | {"html": parts[0]}}] if len(parts) == 1 else []


def _full(session: Session, patterns: Sequence[_Pattern]) -> set[int]:
    """The chats that have heard as much as they may on the day they would hear this."""
    days: dict[Day, list[int]] = defaultdict(list)
    for one in patterns:
        day = day_of(next(iter(one.rows.values())), one.circular.ctx.here)
        days[day] += [to.chat_id for to in one.circular.addressed]
    return {chat for day, chats in days.items() for chat in heard_at_least(session, POSTS_A_DAY, chats, *day)}


def _letter(post: Post, session: Session, letter: Letter, now: datetime) -> list[Row]:
    chat, turn = fetch_one(session, Chat, letter.home), letter.turn
    place = Place(chat.address, chat.private, chat.title, chat.thread)
    message = Message(chat.platform, f"due:{turn.schedule_id}", Kind.DUE, place, now)
    ctx = revisit(session, message, now, letter.home, None, turn.community_id)
    ctx.due_at = turn.at
    return post.rows(ctx, [letter.answer], f"{turn.name}:{letter.answer.chat or letter.home}")
