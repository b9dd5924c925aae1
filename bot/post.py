"""Answers become outbox rows: rendered for their reader, split, signed, one key each."""

import base64
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from bot.adapters.base import Capabilities, Edits
from bot.buttons import Signer
from bot.quiet import hush
from bot.shape import fits, pieces, sign, whereabouts
from bot.talk import may_speak
from bot.waiting import Reading, renew, unread
from bot.wording import SPOKEN, Wording
from config.texts import Speech, Text, say
from handlers.core.answer import Answer, Audience, Button, File, Hit
from handlers.core.context import Context, key
from handlers.core.message import Kind
from storage.models.community import Chat
from storage.models.delivery import Outbox
from storage.prepared import Prepared
from storage.queries.community import addresses_of, chats_of, private_chat, private_chats
from storage.queries.delivery import card_named, card_of, open_card
from storage.rows import fetch_one

_ADD = Prepared.insert(Outbox)
ACK_LIFE = timedelta(minutes=2)
QUERY_LIFE = timedelta(seconds=20)


@dataclass(frozen=True)
class Post:
    """Writes answers to the outbox, each as its chat takes it.

    *replies*: the kinds of cards people answer by reply.
    """

    wording: Wording
    replies: Set[str] = frozenset()

    @property
    def signer(self) -> Signer:
        return self.wording.signer

    def write(self, ctx: Context, said: Sequence[Answer], base: str) -> bool:
        """Add outbox rows for *said* under keys `base:n`; whether any is for the chat at hand."""
        rows = self.rows(ctx, said, base)
        self.add(ctx.session, rows)
        return any(row["chat_id"] == ctx.chat.id for row in rows)

    def rows(self, ctx: Context, said: Sequence[Answer], base: str) -> list[dict[str, Any]]:
        """The outbox rows for *said*, still to be added."""
        rows, can = [row for answer in said for row in self._rows(ctx, answer)], self.wording.can_in(ctx.chat)
        pressed = ctx.message.kind is Kind.BUTTON or "pressed" in ctx.notes
        if pressed and can.notices and not any(row["method"] == "ack" for row in rows):
            rows.insert(0, self._ack(ctx, None))
        if can.waits_for_words and ctx.message.kind in SPOKEN:
            head = None if "more" in ctx.notes else say("core-meanwhile")
            rows = Reading(ctx.session, key(ctx.chat.id), can, ctx.speech, ctx.now, head).together(rows)
        for number, row in enumerate(rows):
            row["key"] = f"{base}:{number}"
        if len(rows) == 1 and rows[0]["method"] == "edit":
            # Nothing else shows the change if it comes too late.
            rows[0]["payload"]["sole"] = True
        return rows

    @staticmethod
    def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
        """Put *rows* into the outbox, in that order."""
        # Only new rows can be what these refer to; what else changed is written together at the end.
        if rows and session.new:
            session.flush()
        _ADD.each(session, rows)

    def _rows(self, ctx: Context, answer: Answer) -> Iterator[dict[str, Any]]:
        if answer.hits is not None:
            yield self._inline(ctx, answer)
        elif answer.to is Audience.NOTICE and ctx.message.kind is Kind.BUTTON:
            yield from self._notice(ctx, answer)
        elif answer.to is Audience.PRESSED and ctx.message.message_id:
            yield from self._edited(ctx, ctx.chat, answer, ctx.message.message_id)
        else:
            for chat in self._chats(ctx, answer):
                yield from hush(ctx, chat, answer, list(self._to_chat(ctx, chat, answer)))

    def _chats(self, ctx: Context, answer: Answer) -> list[Chat]:
        if answer.chat is not None:
            return [fetch_one(ctx.session, Chat, answer.chat)]
        if answer.to is Audience.COMMUNITY:
            return chats_of(ctx.session, ctx.community_id)
        if answer.to is Audience.PRIVATELY or answer.person is not None:
            return self._private(ctx, answer.person)
        return [ctx.chat]

    def _private(self, ctx: Context, person: int | None) -> list[Chat]:
        """Where to write to *person* (None: who acted), where it arrives now if there is such a chat."""
        # Who acts here is answered here; anybody else where they spoke last.
        platform = ctx.chat.platform if person in (None, ctx.person and ctx.person.id) else ""
        found = private_chats(ctx.session, person or ctx.person_id, platform)
        open_ = [chat for chat in found if self._arrives(ctx, chat)]
        return [*open_, *found][:1]

    def _arrives(self, ctx: Context, chat: Chat) -> bool:
        return not self.wording.can_in(chat).waits_for_words or may_speak(ctx.session, key(chat.id), ctx.now)

    def _to_chat(self, ctx: Context, chat: Chat, answer: Answer) -> Iterator[dict[str, Any]]:
        if answer.covered and _is_lasting(ctx, chat, answer.covered, self.wording.can_in(chat)):
            return
        if answer.card and not open_card(ctx.session, key(chat.id), answer.card, answer.afresh):
            yield from self._changed(ctx, chat, answer, answer.card)
        else:
            yield from self.posts(ctx, chat, answer)

    def _changed(self, ctx: Context, chat: Chat, answer: Answer, card: str) -> Iterator[dict[str, Any]]:
        """The card again; where it cannot be edited it is not repeated to people who did not ask for it."""
        edits, wanted = self.wording.can_in(chat).edits, _is_wanted_here(ctx, chat, answer)
        if edits is Edits.ANY or (edits is Edits.PRESSED and _is_pressed(ctx, chat, answer)):
            yield from self._edited(ctx, chat, answer, None)
        elif (row := unread(ctx.session, key(chat.id), card)) is not None and not wanted:
            parts = list(self.posts(ctx, chat, answer))
            if len(parts) == 1:
                renew(ctx.session, row, parts[0]["payload"])
        elif wanted or answer.anew:
            _begin_anew(ctx, chat, card, row)
            yield from self.posts(ctx, chat, answer)
        elif answer.instead is not None and "stays" not in ctx.notes:
            ctx.notes["stays"] = True
            yield from self.posts(ctx, ctx.chat, Answer(answer.instead))

    def _notice(self, ctx: Context, answer: Answer) -> Iterator[dict[str, Any]]:
        """Something for who pressed alone: a notice, a word in private, or one that names them."""
        if self.wording.can_in(ctx.chat).notices:
            yield self._ack(ctx, answer.text, answer.buttons)
            return
        own = None if ctx.chat.private else private_chat(ctx.session, ctx.person_id, ctx.chat.platform)
        chat = own if own is not None and own.platform == ctx.chat.platform else ctx.chat
        if not chat.private and answer.evident:
            return
        if not chat.private and ctx.me.name:
            answer = replace(answer, text=say("core-to-one", name=ctx.me.name, words=answer.text))
        yield from self.posts(ctx, chat, answer)

    def posts(self, ctx: Context, chat: Chat, answer: Answer) -> Iterator[dict[str, Any]]:
        """The rows of *answer* as new posts in *chat*, without keys and before anybody is spared them."""
        can = self.wording.can_in(chat)
        markup, pressable = self.wording.shaped(ctx, chat, answer)
        tag = sign(ctx, chat, answer, can, self.replies)
        parts = pieces(f"{markup}\n#{tag}" if tag else markup, pressable, can)
        file = _file(answer.file) if answer.file and can.sends(known=bool(answer.file.file)) else None
        for number, (part, buttons) in enumerate(parts):
            last = number == len(parts) - 1
            payload = {"html": part} | whereabouts(ctx, chat, answer, tag) | buttons
            if last:
                payload["ask"] = answer.ask
            if number == 0 and can.mentions and answer.mention:
                payload["mention"] = addresses_of(ctx.session, answer.mention, can.mentions)
            if file and can.captions and number == 0:
                payload["file"] = file
            row = self._row(ctx, chat, "file" if "file" in payload else "post", payload, answer)
            yield row | {"card": answer.card if last else None}
        if file and not can.captions:
            payload = {"html": "", "file": file} | whereabouts(ctx, chat, answer, None)
            yield self._row(ctx, chat, "file", payload, answer)

    def _edited(
        self, ctx: Context, chat: Chat, answer: Answer, message_id: str | None
    ) -> Iterator[dict[str, Any]]:
        """The post changed, or made anew when its new words do not fit on it.

        A card that changes for all to see is cut rather than posted anew at every press.
        """
        can = self.wording.can_in(chat)
        markup, pressable = self.wording.shaped(ctx, chat, answer)
        flat = [button for line in pressable["buttons"] for button in line]
        first, *others = can.parts(markup)
        if fits(markup, flat, can) and (answer.to is not Audience.PRESSED or not others):
            yield self._edit(ctx, chat, answer, {"html": first, "message_id": message_id} | pressable)
            return
        if answer.card:
            open_card(ctx.session, key(chat.id), answer.card, afresh=True)
        yield from self.posts(ctx, chat, answer)

    def _edit(self, ctx: Context, chat: Chat, answer: Answer, payload: dict[str, Any]) -> dict[str, Any]:
        if self.wording.can_in(chat).edits is Edits.PRESSED:
            payload["query"] = ctx.message.payload.get("query")
        return self._row(ctx, chat, "edit", payload, answer) | {"card": answer.card}

    def _ack(self, ctx: Context, text: Text | None, rows: Sequence[Sequence[Button]] = ()) -> dict[str, Any]:
        words = ctx.speech.plain(text) if text else ""
        # After going on with an earlier wish, it is still the new press that waits to be acknowledged.
        query = ctx.notes.get("pressed") or ctx.message.payload.get("query")
        # A notice has no buttons; one that leads into the private chat opens it instead.
        word = next((one.start for buttons in rows for one in buttons if one.start), None)
        url = self.wording.link(ctx.chat, word) if word else None
        payload = {"query": query, "text": words, "url": url}
        row = self._row(ctx, ctx.chat, "ack", payload, Answer(say("core-nothing"), once=True))
        return row | {"priority": -1, "expires_at": ctx.now + ACK_LIFE}

    def _inline(self, ctx: Context, answer: Answer) -> dict[str, Any]:
        hits = [_shown(hit, ctx.speech) for hit in answer.hits or ()]
        payload = {"query": ctx.message.payload.get("query"), "hits": hits}
        row = self._row(ctx, ctx.chat, "inline", payload, Answer(answer.text, once=True))
        return row | {"priority": -1, "expires_at": ctx.now + QUERY_LIFE}

    def _row(
        self, ctx: Context, chat: Chat, method: str, payload: dict[str, Any], answer: Answer
    ) -> dict[str, Any]:
        return {
            "chat_id": key(chat.id),
            "method": method,
            "payload": payload,
            "card": None,
            "state": "open",
            "priority": 0,
            "policy": "at_most_once" if answer.once else "at_least_once",
            "attempts": 0,
            "not_before": max(answer.not_before or ctx.now, ctx.now),
            "expires_at": answer.expires_at,
            "sent_at": None,
            "created_at": ctx.now,
            "message_id": None,
            "error": None,
        }


def _shown(hit: Hit, reader: Speech) -> dict[str, str]:
    return {
        "id": hit.key,
        "title": reader.plain(hit.title),
        "html": reader.html(hit.body),
        "description": reader.plain(hit.description) if hit.description else "",
    }


def _begin_anew(ctx: Context, chat: Chat, card: str, waits: Outbox | None) -> None:
    """Make the card ready for another post; one that waits to be read would say what held before."""
    if waits is not None:
        ctx.session.delete(waits)
    open_card(ctx.session, key(chat.id), card, afresh=True)


def _is_lasting(ctx: Context, chat: Chat, card: str, can: Capabilities) -> bool:
    """Whether the chat has a post of that card which stays as it is."""
    return can.edits is not Edits.ANY and card_named(ctx.session, key(chat.id), card) is not None


def _is_pressed(ctx: Context, chat: Chat, answer: Answer) -> bool:
    """Whether the post somebody has just pressed is that card, or an earlier one of it."""
    if chat is not ctx.chat or ctx.message.kind is not Kind.BUTTON or not ctx.message.message_id:
        return False
    if card_of(ctx.session, key(chat.id), ctx.message.message_id) == answer.card:
        return True
    pressed = ctx.message.payload.get("action"), ctx.message.payload.get("arg")
    return any((one.action, one.arg) == pressed for row in answer.buttons for one in row)


def _is_wanted_here(ctx: Context, chat: Chat, answer: Answer) -> bool:
    """Whether who acted in the chat waits to see the card; what says as of when it holds need not come."""
    if chat is not ctx.chat or (answer.newest is not None and not answer.anew):
        return False
    written = ctx.message.kind is Kind.TEXT and not chat.private
    return answer.to is not Audience.COMMUNITY or written


def _file(file: File) -> dict[str, str | None]:
    content = base64.b64encode(file.content).decode()
    return {"name": file.name, "mime": file.mime, "file": file.file, "kind": file.kind, "content": content}
