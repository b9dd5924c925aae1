"""Who and where: from a neutral message to the context a handler works in."""

from collections.abc import Container
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot import choices
from bot.adapters.base import Capabilities
from bot.buttons import Signer, account_in
from bot.talk import open_talk
from config.texts import language_of
from handlers.core.context import Context, key
from handlers.core.message import Kind, Message, Sender
from storage.models.community import Account, Chat, Community, Person
from storage.queries import community as people
from storage.queries.delivery import card_of
from storage.queries.resource import reindex_of
from storage.queries.waiting import is_unread
from storage.rows import fetch, fetch_one

NOBODY = 0  # the number of no person


def meet(
    session: Session,
    message: Message,
    now: datetime,
    signer: Signer,
    can: Capabilities,
    commands: Container[str] = (),
) -> Context:
    """The context of *message*; chats and persons not seen before are added.

    *commands*: words that mean a command even where a choice is called the same.
    """
    sender = None if message.sender is None or message.sender.anonymous else message.sender
    found = _known(session, message, sender.address if sender else None, now)
    chat, community, account, person, member, pending = found
    ctx = Context(session, message, now, chat, person, account, community, member, pending=pending)
    ctx.reach, ctx.codes = can.reach, can.codes
    if sender is not None:
        _recognise(ctx, sender)
    _notice_chat(ctx)
    if can.waits_for_words:
        _hear(ctx)
    if not can.buttons:
        _choose(ctx, commands)
    if ctx.message.kind is Kind.BUTTON:
        _open_button(ctx, signer)
    if message.reply_to is not None and message.reply_to.ours:
        ctx.notes["card"] = card_of(session, key(chat.id), message.reply_to.message_id) or ""
    return ctx


def _known(session: Session, message: Message, sender: str | None, now: datetime) -> people.Presence:
    """What is known of who speaks where; a chat not seen before is added."""
    place = message.place
    found = people.presence(session, message.platform, place.address, sender, now)
    if found is None:
        people.add_chat(session, message.platform, place.address, place.private, place.title)
        found = people.presence(session, message.platform, place.address, sender, now)
    if found is None:
        raise LookupError("a chat that was just added is gone")
    return found


def _recognise(ctx: Context, sender: Sender) -> None:
    if ctx.account is None or ctx.person is None:
        ctx.account, ctx.person = people.add_account(
            ctx.session, ctx.message.platform, sender.address, sender.name, sender.username, ctx.now
        )
        ctx.person.language = language_of(sender.language) if sender.language else None
        return
    _rename(ctx.session, ctx.account, ctx.person, sender)


def _rename(session: Session, account: Account, person: Person, sender: Sender) -> None:
    if account.username != sender.username:
        account.username = sender.username
    # Some platforms tell no names.
    if not sender.name or account.name == sender.name:
        return
    # A name the person chose for themselves here stays.
    is_shown = person.name == account.name
    account.name = sender.name
    if is_shown:
        person.name = sender.name
        reindex_of(session, key(person.id))


def _notice_chat(ctx: Context) -> None:
    chat, place = ctx.chat, ctx.message.place
    if place.title and chat.title != place.title:
        chat.title = place.title
    if place.private and chat.person_id is None and ctx.person is not None:
        chat.person_id, ctx.person.chat_id = key(ctx.person.id), key(chat.id)
    if not chat.active and ctx.message.kind in (Kind.TEXT, Kind.BUTTON, Kind.ADDED):
        chat.active = True
    if ctx.message.kind in (Kind.TEXT, Kind.BUTTON):
        _notice_place(ctx, place.private)


def _notice_place(ctx: Context, private: bool) -> None:
    """Where the person speaks is where they can be reached; who speaks in a group reads its posts there."""
    if not private:
        if ctx.member is not None and ctx.member.chat_id is not None:
            ctx.member.chat_id = None
    elif ctx.person is not None and ctx.person.chat_id not in (None, ctx.chat.id):
        ctx.person.chat_id = key(ctx.chat.id)


def _hear(ctx: Context) -> None:
    """They spoke where we may not speak first: how often we may now, and what they cannot be answering."""
    if allowed := ctx.message.payload.get("talk"):
        open_talk(ctx.session, key(ctx.chat.id), allowed, ctx.now)
    asked_at = ctx.pending.asked_at if ctx.pending is not None else None
    if asked_at is not None and is_unread(ctx.session, key(ctx.chat.id), asked_at):
        ctx.pending = None


def _choose(ctx: Context, commands: Container[str]) -> None:
    """A number or a label somebody replies with is the button it stands for."""
    said = ctx.message
    if said.kind is not Kind.TEXT or not said.addressed or said.text.strip().casefold() in commands:
        return
    # A question older than this column's first use has lasted longer than any choice.
    asked_at = (ctx.pending.asked_at or ctx.pending.expires_at) if ctx.pending is not None else None
    found = choices.chosen(ctx.session, key(ctx.chat.id), ctx.message.text, ctx.now, asked_at)
    if found is None:
        return
    if found.data is None:
        ctx.notes["several"], ctx.notes["old"] = found.several, found.old
        return
    payload = ctx.message.payload | {"data": found.data}
    ctx.message = replace(ctx.message, kind=Kind.BUTTON, message_id=None, payload=payload)


def _open_button(ctx: Context, signer: Signer) -> None:
    """Put what the button says in place of its data; forged or foreign data leaves no action."""
    pressed = signer.read(str(ctx.message.payload.get("data", "")), key(ctx.chat.id)) or {"action": None}
    number = account_in(pressed.get("only"))
    if number is not None:
        account = ctx.session.get(Account, number)
        pressed["only"] = account.person_id if account else NOBODY
    ctx.message = replace(ctx.message, payload=ctx.message.payload | pressed)


def revisit(
    session: Session,
    message: Message,
    now: datetime,
    chat_id: int,
    person_id: int | None,
    of: int | None = None,
) -> Context:
    """The context of something of our own (a result, a due moment) that concerns a chat and a person.

    *of*: the community it is about, where a private chat does not say.
    """
    chat = fetch_one(session, Chat, chat_id)
    person = fetch(session, Person, person_id)
    own = person.community_id if person and chat.private else None
    community_id = chat.community_id or of or own
    community = fetch(session, Community, community_id)
    member = people.membership(session, community_id, person_id) if person_id else None
    return Context(session, message, now, chat, person, None, community, member)
