"""An answer in the words of its reader and in the shape its platform takes: buttons, links or numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot import choices
from bot.adapters.base import Capabilities, Cards, Edits
from bot.buttons import Signer, of_account
from bot.waiting import about, with_choices
from config.texts import LANGUAGES, Speech, Text, link, plain, say
from handlers.core.answer import Answer, Button, File
from handlers.core.context import Context, key, speech
from handlers.core.dates import clock, short_day
from handlers.core.journey import BEGIN
from handlers.core.message import Kind
from storage.models.community import Chat, Person

Rows = list[list[dict[str, str]]]
READABLE = frozenset({"text/markdown", "text/plain"})
SPOKEN = frozenset({Kind.TEXT, Kind.BUTTON})  # somebody waits for what is said now


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
        if chat is ctx.chat and (ctx.person is not None or not chat.private):
            return ctx.speech
        # Who acts in private may live by another clock and in another language; nobody else does.
        here = ctx.community
        home = ZoneInfo(here.zone) if here else ctx.zone
        if not chat.private:
            spoken = chat.language or (here.language if here else LANGUAGES[0])
            return speech(spoken, here, home, ctx.now)
        person = ctx.session.exec(select(Person).where(col(Person.id) == chat.person_id)).one_or_none()
        zone = ZoneInfo(person.zone) if person and person.zone else home
        own = (person and person.language) or (here.language if here else ctx.language)
        return speech(own, here, zone, ctx.now)

    def buttons(
        self, rows: Sequence[Sequence[Button]], chat: Chat, reader: Speech, ctx: Context | None = None
    ) -> Rows:
        """The buttons signed for the chat; *ctx*: who acts, where somebody does."""
        return [[self._button(button, chat, reader, ctx) for button in row] for row in rows if row]

    def shaped(self, ctx: Context, chat: Chat, answer: Answer) -> tuple[str, dict[str, Any]]:
        """The markup, and what of the payload belongs to its buttons."""
        reader, can = self.reader(ctx, chat), self.can_in(chat)
        markup, rows = reader.html(answer.text), answer.buttons
        if answer.newest is not None and can.edits is not Edits.ANY:
            markup, rows = f"{markup}\n{_as_of(ctx, reader)}", [*rows, [answer.newest]]
        if answer.file and not can.sends(known=bool(answer.file.file)):
            markup = f"{markup}\n{reader.html(_instead(answer.file, can))}"
        buttons = [*self.buttons(rows, chat, reader, ctx), *answer.ready_buttons]
        if can.cards is not None:
            return self._carded(markup, buttons, can.cards, reader)
        if can.buttons:
            return markup, {"buttons": buttons}
        return self._numbered(ctx, chat, answer, markup, buttons)

    @staticmethod
    def _carded(
        markup: str, buttons: Sequence[Any], cards: Cards, reader: Speech
    ) -> tuple[str, dict[str, Any]]:
        """*markup* with the addresses of buttons that are links, and the other buttons."""
        flat = [one for row in buttons for one in row]
        links = [reader.html(link(one["text"], one["url"])) for one in flat if "url" in one]
        left = [[one for one in row if "url" not in one] for row in buttons]
        pressable: dict[str, Any] = {"buttons": [row for row in left if row]}
        if len(flat) - len(links) > cards.buttons:
            pressable["choose"] = reader.plain(say("core-choose"))
        return "\n".join([markup, *links]), pressable

    def _numbered(
        self, ctx: Context, chat: Chat, answer: Answer, markup: str, buttons: Sequence[Any]
    ) -> tuple[str, dict[str, Any]]:
        """*markup* with a line of numbers to reply with, and what is needed to number it anew later."""
        reader, number, can = self.reader(ctx, chat), key(chat.id), self.can_in(chat)
        links = [f"{one['text']}: {one['url']}" for row in buttons for one in row if "url" in one]
        bare = "\n".join([markup, *(reader.html(plain(line)) for line in links)])
        if not can.hears:
            return bare, {}
        lasting, asked = answer.card is not None, chat is ctx.chat and ctx.message.kind in SPOKEN
        if answer.ask and asked:
            choices.forget_passing(ctx.session, number)
        part = {"words": bare, "offer": buttons, "lasting": lasting}
        if not asked:
            # Nobody has read it before it goes: it gets its numbers then.
            return bare, {"parts": [part], "language": reader.language}
        numbered = choices.offer(ctx.session, number, buttons, about(bare), ctx.now, lasting)
        return with_choices(bare, numbered, reader), {"parts": [part]} if numbered else {}

    def _button(self, button: Button, chat: Chat, reader: Speech, ctx: Context | None) -> dict[str, str]:
        made, action, arg = {"text": reader.plain(button.text)}, button.action, button.arg
        if button.url:
            return made | {"url": button.url}
        if button.start:
            if link := self.link(chat, button.start):
                return made | {"url": link}
            action, arg = BEGIN, button.start
        only = _whom(ctx, button, chat) if ctx is not None else button.only
        return made | {"data": self.signer.sign(action, arg, only, key(chat.id))}


def _whom(ctx: Context, button: Button, chat: Chat) -> int | str | None:
    """Whom the button is for: in a group, who acts there by their account, which may become somebody's."""
    acts = button.only is not None and ctx.person is not None and button.only == ctx.person.id
    if acts and ctx.account is not None and chat is ctx.chat and not chat.private:
        return of_account(key(ctx.account.id))
    return button.only


def _as_of(ctx: Context, reader: Speech) -> str:
    """When it was as a post says that stays as it is."""
    local = ctx.now.astimezone(reader.almanac.zone)
    return reader.html(say("core-as-of", day=short_day(local.date()), time=clock(local)))


def _instead(file: File, can: Capabilities) -> Text:
    """What there is where *file* cannot be sent: its words if it is made of such, else other ways to it."""
    if can.files:
        return say("core-no-old-files")
    if file.mime in READABLE:
        return plain(file.content.decode())
    return say("core-no-shared-files") if file.file else say("core-no-files")
