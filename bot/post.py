"""Answers become outbox rows: rendered for their reader, split, signed, one key each."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from bot.adapters.base import Capabilities
from bot.buttons import Signer
from bot.quiet import hush
from bot.split import split
from config.texts import LANGUAGES, Speech, Text, say
from handlers.core.answer import Answer, Audience, Button, File
from handlers.core.context import Context, key, speech
from handlers.core.message import Kind
from storage.models.community import Chat, Person
from storage.models.delivery import Outbox
from storage.prepared import Prepared
from storage.queries.community import chats_of, private_chat
from storage.queries.delivery import open_card
from storage.rows import fetch_one

_ADD = Prepared.insert(Outbox)
ACK_LIFE = timedelta(minutes=2)
QUERY_LIFE = timedelta(seconds=20)


@dataclass(frozen=True)
class Post:
    """Writes answers to the outbox. *can*: capabilities, *links*: deep links with {word}, by platform."""

    signer: Signer
    can: Mapping[str, Capabilities]
    links: Mapping[str, str]

    def write(self, ctx: Context, said: Sequence[Answer], base: str) -> None:
        """Add outbox rows for *said* under keys `base:n`."""
        self.add(ctx.session, self.rows(ctx, said, base))

    def rows(self, ctx: Context, said: Sequence[Answer], base: str) -> list[dict[str, Any]]:
        """The outbox rows for *said*, still to be added."""
        rows = [row for answer in said for row in self._rows(ctx, answer)]
        pressed = ctx.message.kind is Kind.BUTTON or "pressed" in ctx.notes
        if pressed and not any(row["method"] == "ack" for row in rows):
            rows.insert(0, self._ack(ctx, None))
        for number, row in enumerate(rows):
            row["key"] = f"{base}:{number}"
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
            yield self._ack(ctx, answer.text, answer.buttons)
        elif answer.to is Audience.PRESSED and ctx.message.message_id:
            yield self._edit(ctx, ctx.chat, answer, ctx.message.message_id)
        else:
            for chat in self._chats(ctx, answer):
                yield from hush(ctx, chat, answer, list(self._to_chat(ctx, chat, answer)))

    def _chats(self, ctx: Context, answer: Answer) -> list[Chat]:
        if answer.chat is not None:
            return [fetch_one(ctx.session, Chat, answer.chat)]
        if answer.to is Audience.COMMUNITY:
            return chats_of(ctx.session, ctx.community_id)
        if answer.to is Audience.PRIVATELY or answer.person is not None:
            found = private_chat(ctx.session, answer.person or ctx.person_id)
            return [found] if found else []
        return [ctx.chat]

    def _to_chat(self, ctx: Context, chat: Chat, answer: Answer) -> Iterator[dict[str, Any]]:
        if answer.card:
            is_new = open_card(ctx.session, key(chat.id), answer.card, answer.afresh)
            if not is_new:
                yield self._edit(ctx, chat, answer, None)
                return
        yield from self.posts(ctx, chat, answer)

    def posts(self, ctx: Context, chat: Chat, answer: Answer) -> Iterator[dict[str, Any]]:
        """The rows of *answer* as new posts in *chat*, without keys and before anybody is spared them."""
        reader = self._reader(ctx, chat)
        parts = split(reader.html(answer.text), self._can(chat).max_units)
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            payload: dict[str, Any] = {"html": part, "thread": self._thread(ctx, chat)}
            if last:
                buttons = [*self._buttons(answer.buttons, chat, reader), *answer.ready_buttons]
                payload |= {"buttons": buttons, "ask": answer.ask}
            if answer.ask and chat is ctx.chat:
                payload["reply_to"] = ctx.message.message_id
            if answer.silent:
                payload["silent"] = True
            if answer.file and number == 0:
                payload["file"] = _file(answer.file)
            row = self._row(ctx, chat, "file" if "file" in payload else "post", payload, answer)
            yield row | {"card": answer.card if last else None}

    def _edit(self, ctx: Context, chat: Chat, answer: Answer, message_id: str | None) -> dict[str, Any]:
        reader = self._reader(ctx, chat)
        payload = {
            "html": split(reader.html(answer.text), self._can(chat).max_units)[0],
            "buttons": self._buttons(answer.buttons, chat, reader),
            "message_id": message_id,
        }
        return self._row(ctx, chat, "edit", payload, answer) | {"card": answer.card}

    def _ack(self, ctx: Context, text: Text | None, rows: Sequence[Sequence[Button]] = ()) -> dict[str, Any]:
        words = ctx.speech.plain(text) if text else ""
        # After going on with an earlier wish, it is still the new press that waits to be acknowledged.
        query = ctx.notes.get("pressed") or ctx.message.payload.get("query")
        # A notice has no buttons; one that leads into the private chat opens it instead.
        word = next((one.start for buttons in rows for one in buttons if one.start), None)
        url = self.links[ctx.chat.platform].format(word=word) if word else None
        payload = {"query": query, "text": words, "url": url}
        row = self._row(ctx, ctx.chat, "ack", payload, Answer(say("core-nothing"), once=True))
        return row | {"priority": -1, "expires_at": ctx.now + ACK_LIFE}

    def _inline(self, ctx: Context, answer: Answer) -> dict[str, Any]:
        reader = ctx.speech
        hits = [
            {
                "id": hit.key,
                "title": reader.plain(hit.title),
                "html": reader.html(hit.body),
                "description": reader.plain(hit.description) if hit.description else "",
            }
            for hit in answer.hits or ()
        ]
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

    def _reader(self, ctx: Context, chat: Chat) -> Speech:
        """How to speak to who reads *chat*: one's own language in private, the chat's in a group."""
        if chat is ctx.chat:
            return ctx.speech
        if not chat.private:
            language = chat.language or (ctx.community.language if ctx.community else None)
            return speech(language or LANGUAGES[0], ctx.community, ctx.zone, ctx.now)
        person = ctx.session.exec(select(Person).where(col(Person.id) == chat.person_id)).one_or_none()
        zone = ZoneInfo(person.zone) if person and person.zone else ctx.zone
        return speech((person and person.language) or ctx.language, ctx.community, zone, ctx.now)

    def _buttons(
        self, rows: Sequence[Sequence[Button]], chat: Chat, reader: Speech
    ) -> list[list[dict[str, str]]]:
        return [[self._button(button, chat, reader) for button in row] for row in rows if row]

    def _button(self, button: Button, chat: Chat, reader: Speech) -> dict[str, str]:
        made = {"text": reader.plain(button.text)}
        if button.url:
            return made | {"url": button.url}
        if button.start:
            return made | {"url": self.links[chat.platform].format(word=button.start)}
        return made | {"data": self.signer.sign(button.action, button.arg, button.only, key(chat.id))}

    def _can(self, chat: Chat) -> Capabilities:
        return self.can.get(chat.platform) or Capabilities()

    @staticmethod
    def _thread(ctx: Context, chat: Chat) -> str | None:
        return ctx.message.place.thread if chat is ctx.chat else chat.thread


def _file(file: File) -> dict[str, str | None]:
    content = base64.b64encode(file.content).decode()
    return {"name": file.name, "mime": file.mime, "file": file.file, "kind": file.kind, "content": content}
