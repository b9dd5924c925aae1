"""/link: one community over several chats; a leader gives the codes, and any chat can be let go again."""

from datetime import timedelta
from typing import Any

from config.texts import lines, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.beginning import begin_again, is_silent
from handlers.core.codes import find_code, is_code
from handlers.core.context import Context, key
from handlers.core.errors import UserError
from handlers.core.message import Kind
from handlers.core.persons import shown, whose
from handlers.core.router import Router
from storage.models.community import Chat, Community, Role
from storage.models.link import Code
from storage.queries import link as codes
from storage.queries.community import chats_of, end_membership, membership, private_chat

GOOD_FOR, POSTED_FOR = timedelta(hours=24), timedelta(days=7)
router = Router()


@router.command("link", "连接", "关联", situation="lead", certain=is_code)
def link(ctx: Context, words: Rest) -> Said:
    """The codes for a leader; with a code: this chat, or this account, belongs there too."""
    if ctx.person is None:
        raise UserError(say("core-anonymous"))
    if words:
        return _use(ctx, words)
    if ctx.role.rank >= Role.DEPUTY.rank:
        return _card(ctx)
    mine = Button(say("account-link"), "account.code")
    return Answer(say("link-how"), [[mine]] if ctx.chat.private else [])


@router.button("link", role=Role.LEADER)
def pressed(ctx: Context, arg: str) -> Said:
    """code, new, chat, cut:chat or sure:chat."""
    step, _, number = arg.partition(":")
    if step not in _STEPS:
        raise UserError(say("core-button-old"))
    return _STEPS[step](ctx, number)


@router.on(Kind.DEAF)
def deaf(ctx: Context) -> Said:
    """A chat that can only be told shows the code that binds it, once in the life of the code."""
    ctx.chat.active = True
    shown_already = codes.chat_code(ctx.session, key(ctx.chat.id), ctx.now) is not None
    if ctx.chat.community_id is not None or shown_already:
        return None
    code = codes.one_time(ctx.session, "chat", ctx.now, POSTED_FOR, chat_id=key(ctx.chat.id))
    return Answer(say("link-bind-me", code=code.word))


def _use(ctx: Context, words: str) -> Said:
    code = find_code(ctx, words, "chat", "person")
    if code.kind == "person":
        return whose(ctx, code) if ctx.chat.private else shown(ctx, code)
    if code.chat_id is not None:
        return _bind(ctx, code)
    if not _is_given_by_leader(ctx, code):
        raise UserError(say("link-unknown"))
    if ctx.chat.private:
        raise UserError(say("link-in-group"))
    return _connect(ctx, code)


def _is_given_by_leader(ctx: Context, code: Code) -> bool:
    """Whether who asked for the code still leads the community it leads to."""
    giver = membership(ctx.session, code.community_id, code.person_id)
    return giver is not None and giver.role.rank >= Role.DEPUTY.rank


def _bind(ctx: Context, code: Code) -> Said:
    """A chat that cannot type is bound by a leader elsewhere."""
    if ctx.role.rank < Role.DEPUTY.rank:
        raise UserError(say("core-leaders-only"))
    chat = ctx.session.get_one(Chat, code.chat_id)
    _move_in(ctx, chat, code, ctx.community_id)
    told = Answer(say("link-done", community=ctx.here.name), chat=key(chat.id))
    return [Answer(say("link-bound", chat=_title(ctx, chat), community=ctx.here.name)), told]


def _connect(ctx: Context, code: Code) -> Said:
    """The chat the code was typed in."""
    if ctx.chat.community_id == code.community_id:
        raise UserError(say("link-already", community=ctx.here.name))
    leader = code.person_id
    _move_in(ctx, ctx.chat, code, key(code.community_id))
    join = [] if ctx.member else [[Button(say("link-join"), "join")]]
    said = [Answer(lines(say("link-done", community=ctx.here.name), say("link-same")), join)]
    if leader not in (None, ctx.person_id):
        said.append(
            Answer(say("link-told", chat=_title(ctx, ctx.chat), community=ctx.here.name), person=leader)
        )
    return said


def _move_in(ctx: Context, chat: Chat, code: Code, community_id: int) -> None:
    """*chat* is one of the community's; raises UserError where others have begun something there."""
    _leave_empty(ctx, chat)
    if not codes.take(ctx.session, code):
        raise UserError(say("link-unknown"))
    ctx.community = ctx.session.get_one(Community, community_id)
    ctx.member = membership(ctx.session, community_id, ctx.person_id)
    was_silent = is_silent(ctx)
    chat.community_id, chat.active = community_id, True
    if ctx.member is not None and chat is ctx.chat:
        ctx.member.chat_id = None
    ctx.session.flush()
    if was_silent:
        begin_again(ctx)
    ctx.log("link-log-linked", chat=_title(ctx, chat))


def _leave_empty(ctx: Context, chat: Chat) -> None:
    """A community that somebody has only just begun in the chat is given up for the other one."""
    old = chat.community_id
    if old is None:
        return
    if not codes.is_empty(ctx.session, old, but=ctx.person_id):
        raise UserError(say("link-taken", community=ctx.session.get_one(Community, old).name))
    alone = membership(ctx.session, old, ctx.person_id)
    if alone is not None:
        end_membership(ctx.session, alone)


def _card(ctx: Context) -> Answer:
    groups = codes.groups_of(ctx.session, ctx.community_id)
    named = [_title(ctx, one) for one in groups]
    text = lines(
        say("link-title", community=ctx.here.name),
        say("link-groups", groups=named) if named else say("link-no-groups"),
        say("link-numbered") if len({_called(ctx, one) for one in groups}) < len(groups) else None,
        say("link-what"),
    )
    first = [Button(say("link-code"), "link", "code"), Button(say("link-another"), "link", "chat")]
    new = Button(say("link-new-code"), "link", "new")
    if not ctx.chat.private:
        return Answer(text, [first, [new, Button(say("link-cut-here"), "link", f"cut:{ctx.chat.id}")]])
    cuts = [[Button(say("link-cut", chat=_title(ctx, one, 30)), "link", f"cut:{one.id}")] for one in groups]
    return Answer(text, [first, [new], *cuts])


def _shown(ctx: Context, _number: str) -> Answer:
    code = codes.join_code(ctx.session, ctx.community_id, ctx.now)
    if ctx.codes:
        ctx.later("code", "link.picture", scene=code.word)
    return Answer(say("link-join-code", code=code.word, community=ctx.here.name))


@router.result("link.picture")
def drawn(ctx: Context, found: dict[str, Any]) -> Said:
    """The picture that holds the join code, where the account may have one."""
    return say("link-picture", address=found["image"]) if found.get("image") else None


def _changed(ctx: Context, _number: str) -> Answer:
    code = codes.change_join_code(ctx.session, ctx.community_id, ctx.now)
    ctx.log("link-log-code")
    return Answer(say("link-changed", code=code.word))


def _for_chat(ctx: Context, _number: str) -> Said:
    """A code for one more chat, only for who asked."""
    given = {"community_id": ctx.community_id, "person_id": ctx.person_id}
    code = codes.one_time(ctx.session, "chat", ctx.now, GOOD_FOR, **given)
    text = say("link-chat-code", code=code.word)
    if ctx.chat.private:
        return text
    own = private_chat(ctx.session, ctx.person_id, ctx.chat.platform)
    if own is None or own.platform != ctx.chat.platform:
        return Answer(text, to=Audience.NOTICE)
    return [Answer(say("link-sent"), to=Audience.NOTICE), Answer(text, chat=own.id, chosen=True)]


def _asked(ctx: Context, number: str) -> Answer:
    """Whether it is meant; the last chat of a community is asked about more plainly."""
    chat = _ours(ctx, number)
    others = [one for one in chats_of(ctx.session, ctx.community_id) if one.id != chat.id]
    text = say(
        "link-cut-sure" if others else "link-cut-last", chat=_title(ctx, chat), community=ctx.here.name
    )
    return Answer(text, [[Button(say("link-cut-yes"), "link", f"sure:{chat.id}", only=ctx.person_id)]])


def _cut(ctx: Context, number: str) -> Said:
    """The chat goes its own way; everything stays with the community."""
    chat = _ours(ctx, number)
    title, chat.community_id = _title(ctx, chat), None
    ctx.session.flush()
    codes.hush_chat(ctx.session, key(chat.id))
    ctx.log("link-log-cut", chat=title)
    done = Answer(say("link-cut-done", chat=title, community=ctx.here.name))
    if chat is ctx.chat:
        return done
    return [done, Answer(say("link-cut-told", community=ctx.here.name), chat=chat.id)]


def _ours(ctx: Context, number: str) -> Chat:
    chat = ctx.session.get(Chat, int(number)) if number.isdecimal() else None
    if chat is None or chat.private or chat.community_id != ctx.community_id:
        raise UserError(say("core-button-old"))
    return chat


def _title(ctx: Context, chat: Chat, most: int | None = None) -> str:
    """What the chat is called, in at most *most* signs; several of one name get numbers."""
    name, groups = _called(ctx, chat), codes.groups_of(ctx.session, chat.community_id or 0)
    same = [one.id for one in groups if _called(ctx, one) == name]
    if len(same) < 2 or chat.id not in same:
        return name[:most]
    return ctx.speech.plain(say("link-one-of", chat=name[:most], number=str(same.index(chat.id) + 1)))


def _called(ctx: Context, chat: Chat) -> str:
    """What the chat is called; some platforms do not tell."""
    return chat.title or ctx.speech.plain(say("link-some-group", platform=chat.platform))


_STEPS = {"code": _shown, "new": _changed, "chat": _for_chat, "cut": _asked, "sure": _cut}
