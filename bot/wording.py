"""An answer in the words of its reader and in the shape its platform takes: buttons, links or numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot import choices
from bot.adapters.base import Capabilities
from bot.buttons import Signer
from bot.waiting import about, choice_line
from config.texts import LANGUAGES, Speech, plain, say
from handlers.core.answer import Answer, Button
from handlers.core.context import Context, key, speech
from handlers.core.journey import BEGIN
from storage.models.community import Chat, Person

Rows = list[list[dict[str, str]]]


@dataclass(frozen=True)
class Wording:
    """*can*: capabilities, *links*: deep links with {word}, by platform."""

    signer: Signer
    can: Mapping[str, Capabilities]
    links: Mapping[str, str]

    def can_in(self, chat: Chat) -> Capabilities:
        return self.can.get(chat.platform) or Capabilities()

    def link(self, chat: Chat, word: str) -> str | None:
        """The address that opens the private chat with *word*, where the platform has such."""
        made = self.links.get(chat.platform)
        return made.format(word=word) if made else None

    def is_alike(self, chat: Chat) -> bool:
        """Whether a post looks the same there as in other groups like it: its buttons are links."""
        return not chat.private and self.can_in(chat).buttons and chat.platform in self.links

    def reader(self, ctx: Context, chat: Chat) -> Speech:
        """How to speak to who reads *chat*: one's own language in private, the chat's in a group."""
        if chat is ctx.chat:
            return ctx.speech
        if not chat.private:
            language = chat.language or (ctx.community.language if ctx.community else None)
            return speech(language or LANGUAGES[0], ctx.community, ctx.zone, ctx.now)
        person = ctx.session.exec(select(Person).where(col(Person.id) == chat.person_id)).one_or_none()
        zone = ZoneInfo(person.zone) if person and person.zone else ctx.zone
        return speech((person and person.language) or ctx.language, ctx.community, zone, ctx.now)

    def buttons(self, rows: Sequence[Sequence[Button]], chat: Chat, reader: Speech) -> Rows:
        """The buttons signed for the chat."""
        return [[self._button(button, chat, reader) for button in row] for row in rows if row]

    def shaped(self, ctx: Context, chat: Chat, answer: Answer) -> tuple[str, dict[str, Any]]:
        """The markup, and what of the payload belongs to its buttons."""
        reader, can = self.reader(ctx, chat), self.can_in(chat)
        markup = reader.html(answer.text)
        if answer.file and not can.files:
            markup = f"{markup}\n{reader.html(say('core-no-files'))}"
        buttons = [*self.buttons(answer.buttons, chat, reader), *answer.ready_buttons]
        if can.buttons:
            return markup, {"buttons": buttons}
        return self._numbered(ctx, chat, answer, markup, buttons)

    def _numbered(
        self, ctx: Context, chat: Chat, answer: Answer, markup: str, buttons: Sequence[Any]
    ) -> tuple[str, dict[str, Any]]:
        """*markup* with a line of numbers to reply with, and what is needed to number it anew later."""
        reader, number = self.reader(ctx, chat), key(chat.id)
        links = [f"{one['text']}: {one['url']}" for row in buttons for one in row if "url" in one]
        bare = "\n".join([markup, *(reader.html(plain(line)) for line in links)])
        if not self.can_in(chat).hears:
            return bare, {}
        if answer.ask:
            choices.forget_passing(ctx.session, number)
        lasting = answer.card is not None
        numbered = choices.offer(ctx.session, number, buttons, about(bare), ctx.now, lasting)
        if not numbered:
            return bare, {}
        return f"{bare}\n{choice_line(numbered, reader)}", {"bare": bare, "offer": buttons}

    def _button(self, button: Button, chat: Chat, reader: Speech) -> dict[str, str]:
        made, action, arg = {"text": reader.plain(button.text)}, button.action, button.arg
        if button.url:
            return made | {"url": button.url}
        if button.start:
            if link := self.link(chat, button.start):
                return made | {"url": link}
            action, arg = BEGIN, button.start
        return made | {"data": self.signer.sign(action, arg, button.only, key(chat.id))}
