"""/join and /leave: of one's own will, silently, and at no cost."""

from typing import Any

from config.texts import lines, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.journey import GO_ON
from handlers.core.message import thaw
from handlers.core.router import Router
from handlers.core.seats import gone
from storage.models.community import Member, Role
from storage.queries.community import end_membership, only_leader, private_chat
from storage.queries.delivery import card_of

router = Router()


@router.command("join", "加入", situation="start")
def join(ctx: Context, words: Rest) -> Said:
    """Become a member of this group's community."""
    _must_be_somebody(ctx)
    if ctx.chat.private:
        return _in_private(ctx, bool(words))
    if ctx.community is None:
        raise UserError(say("core-no-community"))
    return say("join-already", community=ctx.here.name) if ctx.member else _joined(ctx)


@router.button("join", role=Role.ANYONE)
def pressed(ctx: Context, arg: str) -> Said:
    """Join by a button; with "resume", go on with what was wanted before."""
    if ctx.community is None or ctx.chat.private:
        raise UserError(say("core-button-old"))
    if arg != GO_ON:
        return Answer(say("join-here"), to=Audience.NOTICE) if ctx.member else _joined(ctx)
    if ctx.member is None:
        _enrol(ctx)
    _go_on(ctx)
    return say("join-short", name=ctx.me.name)


@router.command("leave", "退出", situation="mine")
def leave(ctx: Context) -> Said:
    """Stop being a member; nobody else is told."""
    _must_be_somebody(ctx)
    if ctx.member is None:
        raise UserError(say("join-not-in"))
    if only_leader(ctx.session, ctx.community_id, ctx.person_id):
        raise UserError(_name_another(ctx))
    end_membership(ctx.session, ctx.member)
    freed = gone(ctx, ctx.here, ctx.person_id)
    left = Answer(say("join-left", community=ctx.here.name), to=Audience.PRIVATELY, chosen=True)
    return [left if ctx.chat.private or _hears_in_private(ctx) else Answer(say("join-left-short")), *freed]


def _must_be_somebody(ctx: Context) -> None:
    if ctx.person is None:
        raise UserError(say("core-anonymous"))


def _in_private(ctx: Context, code: bool) -> Said:
    if code:
        return say("join-no-codes")
    return say("join-elsewhere", community=ctx.here.name) if ctx.member else say("join-in-group")


def _joined(ctx: Context) -> Answer:
    _enrol(ctx)
    talk = Button(say("join-talk"), start="hello")
    nameless = ctx.account is not None and ctx.me.name == ctx.account.address
    hint = say("join-nameless") if nameless else None
    return Answer(lines(say("join-welcome", name=ctx.me.name), hint, say("join-seen")), [[talk]])


def _enrol(ctx: Context) -> None:
    ctx.member = Member(community_id=ctx.community_id, person_id=ctx.person_id, joined_at=ctx.now)
    ctx.session.add(ctx.member)
    ctx.me.community_id = ctx.community_id


def _go_on(ctx: Context) -> None:
    pending = ctx.pending
    if pending is None or pending.route != GO_ON:
        return
    wish: dict[str, Any] = pending.content["message"]
    ctx.forget_question()
    ctx.go_on = thaw(wish)
    quoted = ctx.go_on.reply_to
    if quoted is not None and quoted.ours:
        ctx.notes["card"] = card_of(ctx.session, key(ctx.chat.id), quoted.message_id) or ""


def _hears_in_private(ctx: Context) -> bool:
    muted = ctx.me.muted_until is not None and ctx.me.muted_until > ctx.now
    return not muted and private_chat(ctx.session, ctx.person_id) is not None


def _name_another(ctx: Context) -> Answer:
    roles = Button(say("join-name-leader"), "roles", "list:0")
    return Answer(say("join-last-leader", community=ctx.here.name), [[roles]])
