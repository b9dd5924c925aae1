"""The posts one answer becomes: cut to what a platform takes, its buttons on the last or on cards."""

import html
from collections.abc import Mapping, Sequence, Set
from typing import Any

from bot.adapters.base import Capabilities
from bot.split import visible
from handlers.core.answer import Answer
from handlers.core.context import Context, key
from storage.models.community import Chat
from storage.queries.delivery import card_named

Piece = tuple[str, dict[str, Any]]
Button = Mapping[str, str]
LINK = "<a "


def pieces(markup: str, pressable: dict[str, Any], can: Capabilities) -> list[Piece]:
    """(markup, what belongs to its buttons) of each post, in order; *pressable* as Wording shaped it."""
    parts = can.parts(markup)
    flat = [button for row in pressable.get("buttons") or () for button in row]
    if can.cards is not None and flat and not (fits(markup, flat, can) or _is_list(markup, flat, can)):
        return [*((part, {}) for part in parts), *_cards(markup, pressable, flat, can.cards.choices)]
    last = pressable if len(parts) == 1 or can.buttons else {}
    return [*((part, {}) for part in parts[:-1]), (parts[-1], last)]


def fits(markup: str, buttons: Sequence[Button], can: Capabilities) -> bool:
    """Whether the words and buttons can be one post, and so be changed together."""
    if can.cards is None:
        return True
    short = can.size(markup) <= can.cards.units and LINK not in markup
    return short and len(buttons) <= can.cards.buttons


def whereabouts(ctx: Context, chat: Chat, answer: Answer, tag: str | None) -> dict[str, Any]:
    """Where in the chat it goes, what it answers there, and the sign it can be quoted by."""
    here = chat is ctx.chat
    found: dict[str, Any] = {"thread": ctx.message.place.thread if here else chat.thread}
    if answer.ask and here:
        found["reply_to"] = ctx.message.message_id
    if here and (query := ctx.message.payload.get("query")):
        found["query"] = query
    if answer.silent:
        found["silent"] = True
    return found | ({"tag": tag} if tag else {})


def sign(ctx: Context, chat: Chat, answer: Answer, can: Capabilities, replies: Set[str]) -> str | None:
    """The sign by which a quoted card of a kind in *replies* is known, where quotes are only words."""
    if not (can.quotes_words and answer.card and answer.card.partition(":")[0] in replies):
        return None
    found = card_named(ctx.session, key(chat.id), answer.card)
    return f"R{found.id}" if found else None


def _is_list(markup: str, buttons: Sequence[Button], can: Capabilities) -> bool:
    """Whether the words and buttons can be one list to choose from."""
    if can.cards is None or not can.cards.buttons < len(buttons) <= can.cards.choices:
        return False
    return can.size(markup) <= can.cards.list_units and LINK not in markup


def _cards(markup: str, pressable: dict[str, Any], buttons: list[Button], most: int) -> list[Piece]:
    title = visible(markup).strip().partition("\n")[0]
    chunks = [buttons[at : at + most] for at in range(0, len(buttons), most)]
    return [(html.escape(title, quote=False), pressable | {"buttons": [chunk]}) for chunk in chunks]
