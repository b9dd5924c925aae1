"""/join and /leave: of one's own will, silently, and at no cost."""

import re
from typing import Any

from config.texts import lines, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.beginning import begin_again, is_silent
from handlers.core.codes import find_code, is_bare_code, is_code, read_code
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.journey import GO_ON, has_slash
from handlers.core.message import Kind, thaw
from handlers.core.naming import must_have_name
from handlers.core.reach import reach_note
from handlers.core.router import Router
from handlers.core.seats import gone
from storage.models.community import Community, Member, Role
from storage.queries.community import account_at, end_membership, membership, only_leader, private_chat
from storage.queries.delivery import card_of

TOGETHER = re.compile(r"[/／]?(?:加入(?:码)?|(?:join\s+)?code)\s*[:：]?\s*([\w\s]{6,20})", re.IGNORECASE)
router = Router()


@router.command("join", "加入", situation="start", certain=is_code)
def join(ctx: Context, words: Rest) -> Said:
    """Become a member of this group's community."""
    _must_be_somebody(ctx)
    if ctx.chat.private:
        return _by_code(ctx, words) if words else _in_private(ctx)
    if read_code(words):
        raise UserError(say("join-code-in-private"))
    if ctx.community is None:
        raise UserError(say("core-no-community"))
    if ctx.member is None:
        return _joined(ctx)
    _is_here(ctx, ctx.person_id)
    return say("join-already", community=ctx.here.name)


@router.start("join")
def opened(ctx: Context, word: str) -> Said:
    """A link or a picture code that holds the join code was opened."""
    return _by_code(ctx, word)


@router.listen(rank=10)
def run_together(ctx: Context) -> Said:
    """“加入K7M2PX” without a space, “加入码 K7M2PX”, or the code alone."""
    if ctx.person is None or not ctx.chat.private:
        return None
    found = TOGETHER.fullmatch(ctx.message.text.strip())
    if found is None:
        return _by_code(ctx, ctx.message.text) if is_bare_code(ctx, ctx.message.text, "join") else None
    return _by_code(ctx, found[1]) if read_code(found[1]) else None


@router.on(Kind.JOINED)
def arrived(ctx: Context) -> Said:
    """Who followed in private and is in one of the groups now reads the posts there."""
    for one in ctx.message.people if ctx.community is not None else ():
        account = account_at(ctx.session, ctx.message.platform, one.address)
        if account is not None:
            _is_here(ctx, account.person_id)
    return None


@router.button("join", role=Role.ANYONE)
def pressed(ctx: Context, arg: str) -> Said:
    """Join by a button; with "resume", go on with what was wanted before."""
    if ctx.community is None or ctx.chat.private:
        raise UserError(say("core-button-old"))
    if arg != GO_ON:
        return _once_more(ctx) if ctx.member else _joined(ctx)
    if ctx.member is None:
        _enrol(ctx)
    _go_on(ctx)
    return say("join-short", name=ctx.me.name)


@router.command("leave", "退出", situation="mine")
def leave(ctx: Context, more: Rest) -> Said:
    """Stop being a member; nobody else is told."""
    _must_be_somebody(ctx)
    # “leave it to me” is no wish to leave.
    if more and not has_slash(ctx.message.text):
        return say("join-help-leave")
    if ctx.member is None:
        raise UserError(say("join-not-in"))
    if only_leader(ctx.session, ctx.community_id, ctx.person_id):
        raise UserError(_name_another(ctx))
    followed = ctx.member.chat_id is not None
    end_membership(ctx.session, ctx.member)
    freed = gone(ctx, ctx.here, ctx.person_id)
    words = say("join-left-follower" if followed else "join-left", community=ctx.here.name)
    left = Answer(words, to=Audience.PRIVATELY, chosen=True)
    return [left if ctx.chat.private or _hears_in_private(ctx) else Answer(say("join-left-short")), *freed]


def _must_be_somebody(ctx: Context) -> None:
    if ctx.person is None:
        raise UserError(say("core-anonymous"))


def _in_private(ctx: Context) -> Said:
    return say("join-elsewhere", community=ctx.here.name) if ctx.member else say("join-in-group")


def _by_code(ctx: Context, words: str) -> Said:
    """Join the community the code is of; its posts come to this private chat from now on."""
    community_id = find_code(ctx, words, "join").community_id
    ctx.community = ctx.session.get_one(Community, community_id)
    ctx.member = membership(ctx.session, community_id, ctx.person_id)
    was_silent = is_silent(ctx)
    ctx.me.community_id = community_id
    if ctx.member is not None:
        return _again(ctx, ctx.member)
    _enrol(ctx, follows=True)
    ctx.session.flush()
    if was_silent:
        begin_again(ctx)
    text = lines(
        say("join-welcome", name=ctx.me.name),
        say("join-follows", community=ctx.here.name),
        reach_note(ctx),
        say("join-free"),
    )
    return Answer(text, [[Button(say("join-what"), "help", "start")]])


def _again(ctx: Context, member: Member) -> Said:
    """A follower reads the posts where they typed the code last."""
    if member.chat_id in (None, ctx.chat.id):
        return say("join-already", community=ctx.here.name)
    member.chat_id = ctx.chat.id
    return say("join-moved", community=ctx.here.name)


def _once_more(ctx: Context) -> Answer:
    _is_here(ctx, ctx.person_id)
    return Answer(say("join-here"), to=Audience.NOTICE)


def _is_here(ctx: Context, person_id: int) -> None:
    member = membership(ctx.session, ctx.community_id, person_id)
    if member is not None and member.chat_id is not None:
        member.chat_id = None


def _joined(ctx: Context) -> Answer:
    _enrol(ctx)
    talk = Button(say("join-talk"), start="hello")
    return Answer(lines(say("join-welcome", name=ctx.me.name), say("join-seen")), [[talk]])


def _enrol(ctx: Context, follows: bool = False) -> None:
    must_have_name(ctx)
    ctx.member = Member(community_id=ctx.community_id, person_id=ctx.person_id, joined_at=ctx.now)
    ctx.member.chat_id = ctx.chat.id if follows else None
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
