"""Coming into a group and leaving it, as quietly as a good guest."""

from typing import Any

from config.texts import lines, say
from handlers.core.answer import Answer, Button, Said
from handlers.core.context import Context, key
from handlers.core.message import Kind
from handlers.core.router import Router
from handlers.core.seats import gone
from storage.models.community import Member
from storage.queries.chats import move_chat
from storage.queries.community import account_at, chats_of, end_membership, membership
from storage.queries.delivery import card_named
from storage.queries.link import accounts_of, groups_of

CARD = "welcome"
router = Router()


@router.command("start", "你好", "您好", "在吗", "hello", "hi", situation="start")
def start(ctx: Context) -> Said:
    """Who I am and what I keep: the first thing a person sees in private."""
    if not ctx.chat.private:
        return say("welcome-here")
    return hello(ctx, "")


@router.start("hello")
def hello(ctx: Context, _ref: str) -> Said:
    """The private chat is open now."""
    is_in = ctx.community is not None and ctx.member is not None
    place = say("welcome-of", community=ctx.here.name) if is_in else say("welcome-code")
    help_ = Button(say("welcome-help"), "help", "mine")
    kept = Button(say("welcome-kept"), "mydata", "show")
    return Answer(lines(say("welcome-hello"), place, say("welcome-private")), [[help_, kept]])


@router.on(Kind.ADDED)
def added(ctx: Context) -> Said:
    """One greeting in a group that does not know us yet; nothing where we have been before."""
    known = ctx.chat.community_id is not None or card_named(ctx.session, key(ctx.chat.id), CARD) is not None
    if ctx.chat.private or known:
        return None
    begin = Button(say("welcome-set-up"), "setup", "open")
    return Answer(lines(say("welcome-greeting"), say("welcome-hears")), [[begin]], card=CARD)


@router.on(Kind.REMOVED)
def removed(ctx: Context) -> None:
    """We may not write there any more; everything is kept in case we are let in again."""
    ctx.chat.active = False


@router.on(Kind.MIGRATED)
def migrated(ctx: Context) -> None:
    """The group has a new address; the notice comes from the old place, from the new one, or from both."""
    here, told = ctx.message.place.address, ctx.message.payload
    move_chat(ctx.session, ctx.message.platform, str(told.get("old", here)), str(told.get("new", here)))


@router.on(Kind.LEFT)
def left(ctx: Context) -> Said:
    """Who left the group is no longer a member, unless another chat of the community still has them."""
    if ctx.community is None or ctx.chat.private:
        return None
    others = [
        chat.address
        for chat in chats_of(ctx.session, ctx.community_id)
        if chat.id != ctx.chat.id and chat.platform == ctx.message.platform and not chat.private
    ]
    return [said for one in ctx.message.people for said in _look_elsewhere(ctx, one.address, others)]


@router.result("left")
def seen_elsewhere(ctx: Context, found: dict[str, Any]) -> Said:
    """Whether who left is still in another chat; if not, look in the next."""
    # None: that platform cannot say, and nobody is put out on a guess.
    return _look_elsewhere(ctx, found["user"], found["others"]) if found.get("inside") is False else []


def _look_elsewhere(ctx: Context, address: str, others: list[str]) -> list[Answer]:
    if others:
        ctx.later("rights", "left", chat=others[0], user=address, others=others[1:])
        return []
    account = account_at(ctx.session, ctx.message.platform, address)
    member = membership(ctx.session, ctx.community_id, account.person_id) if account else None
    if member is None or member.chat_id is not None or _elsewhere(ctx, member):
        return []
    end_membership(ctx.session, member)
    return gone(ctx, ctx.here, member.person_id)


def _elsewhere(ctx: Context, member: Member) -> bool:
    """Whether the person has an account on another platform where the community has a group too."""
    groups = {chat.platform for chat in groups_of(ctx.session, member.community_id)}
    mine = {one.platform for one in accounts_of(ctx.session, member.person_id)}
    return bool(groups & mine - {ctx.message.platform})
