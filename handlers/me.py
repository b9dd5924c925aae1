"""/me: who I am here, and who can see what."""

from typing import Any

from config.texts import Text, lines, plain, say
from handlers.core.answer import Answer, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.journey import has_slash
from handlers.core.naming import name_in, take_name
from handlers.core.persons import place
from handlers.core.router import Router
from handlers.core.zones import city_of
from storage.models.community import Community, Role
from storage.queries.community import communities_of, membership
from storage.queries.link import accounts_of

router = Router()
RENAME = "rename"
YES = {"是", "是的", "对", "对的", "好", "好的", "嗯", "yes", "yes please", "y", "ok", "sure"}
NO = {"不", "不是", "不用", "不要", "no", "n", "no thanks"}


@router.command("me", "我", situation="mine")
def me(ctx: Context, name: Rest) -> Said:
    """What I am here; with a name, correct it."""
    if ctx.person is None:
        raise UserError(say("core-anonymous"))
    if name:
        return _renamed(ctx, name) if has_slash(ctx.message.text) else _sure(ctx, name)
    return _card(ctx) if ctx.chat.private else _in_group(ctx)


@router.start("me")
def opened(ctx: Context, _ref: str) -> Said:
    """The private chat was opened to see it."""
    return _card(ctx)


@router.button("me", role=Role.ANYONE)
def switched(ctx: Context, arg: str) -> Said:
    """Another of my communities is the one our private chat is about."""
    found = membership(ctx.session, int(arg), ctx.person_id) if arg.isdecimal() else None
    if found is None or not ctx.chat.private:
        raise UserError(say("core-button-old"))
    ctx.me.community_id = found.community_id
    ctx.community, ctx.member = ctx.session.get_one(Community, found.community_id), found
    return _card(ctx)


@router.answer(RENAME)
def answered(ctx: Context, content: dict[str, Any]) -> Said:
    """Yes or no; anything else was never about the name."""
    words = ctx.message.text.strip(" 。.!！~～").casefold()
    if words in YES:
        return _renamed(ctx, content["name"])
    if words in NO:
        return say("core-never-mind")
    ctx.go_on = ctx.message
    return None


@router.button(RENAME, role=Role.ANYONE)
def agreed(ctx: Context, _arg: str) -> Said:
    """That is the name."""
    if ctx.pending is None or ctx.pending.route != RENAME:
        raise UserError(say("core-button-old"))
    name = str(ctx.pending.content["name"])
    ctx.forget_question()
    return _renamed(ctx, name)


def _sure(ctx: Context, words: str) -> Answer:
    """Said without a slash, "我 有点累" is no name: nobody is called anything by accident."""
    name = name_in(words)
    ctx.ask(RENAME, name=name)
    yes = Button(say("me-rename-yes"), RENAME, only=ctx.person_id)
    return Answer(say("me-rename-sure", name=name), [[yes]])


def _renamed(ctx: Context, name: str) -> Text:
    return say("me-renamed", name=take_name(ctx, name))


def _in_group(ctx: Context) -> Answer:
    role = say("me-role", role=ctx.role.value)
    more = Button(say("me-more"), start="me")
    return Answer(say("me-here", name=ctx.me.name, role=role), [[more]])


def _card(ctx: Context) -> Answer:
    joined = communities_of(ctx.session, ctx.person_id)
    text = lines(
        say("me-name", name=ctx.me.name),
        *(_place(ctx, community) for community in joined),
        None if joined else say("me-nowhere"),
        say("me-language", language=ctx.language, city=city_of(ctx.zone.key, ctx.language)),
        _quiet(ctx),
        _accounts(ctx),
        plain(""),
        say("me-seen"),
    )
    others = [community for community in joined if community.id != ctx.me.community_id]
    switches = [[Button(say("me-switch", community=one.name[:40]), "me", str(one.id))] for one in others]
    more = [Button(say("account-link"), "account.code"), Button(say("me-kept"), "mydata", "show")]
    return Answer(text, [*switches, *_partings(ctx), more])


def _place(ctx: Context, community: Community) -> Text:
    member = membership(ctx.session, key(community.id), ctx.person_id)
    role = say("me-role", role=(member.role if member else Role.MEMBER).value)
    current = community.id == ctx.me.community_id
    return say("me-place-now" if current else "me-place", community=community.name, role=role)


def _accounts(ctx: Context) -> Text | None:
    mine = accounts_of(ctx.session, ctx.person_id)
    return say("account-list", places=[place(one) for one in mine]) if len(mine) > 1 else None


def _partings(ctx: Context) -> list[list[Button]]:
    here = ctx.account.id if ctx.account else None
    others = [one for one in accounts_of(ctx.session, ctx.person_id) if one.id != here]
    return [[Button(say("account-part", place=place(one)), "account.part", str(one.id))] for one in others]


def _quiet(ctx: Context) -> Text:
    until = ctx.me.muted_until
    return say("me-muted", until=until) if until and until > ctx.now else say("me-not-muted")
