"""The way of one message through the router: find the handler, check the right, read the words, call it."""

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches

from config.texts import plain, say
from handlers.core.answer import Answer, Audience, Button, answers
from handlers.core.arguments import read
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.message import Kind, Message, freeze
from handlers.core.private import begin_in_private
from handlers.core.router import Command, Route, Router
from storage.models.community import Role

NEVER_MIND = {"算了", "不用了", "取消", "never mind", "nevermind", "cancel"}
GO_ON = "resume"
BEGIN = "begin"
LONGEST_HOPS = 3
_COLON = re.compile("[:：]")
Stop = Callable[[Router, Context], list[Answer]]


def travel(router: Router, ctx: Context) -> list[Answer]:
    """Everything there is to say to what happened in *ctx*; raises UserError."""
    ctx.router = router
    said = _STOPS[ctx.message.kind](router, ctx)
    hops = 0
    while ctx.go_on is not None and hops < LONGEST_HOPS:
        said += _hop(router, ctx, ctx.go_on)
        hops += 1
    return said


def _hop(router: Router, ctx: Context, following: Message) -> list[Answer]:
    """Handle the next message; what is wrong with it does not undo what came before."""
    if ctx.message.kind is Kind.BUTTON:
        ctx.notes.setdefault("pressed", ctx.message.payload.get("query"))
    ctx.message, ctx.go_on = following, None
    nested = ctx.session.begin_nested()
    try:
        said = _STOPS[following.kind](router, ctx)
        nested.commit()
    except UserError as error:
        nested.rollback()
        if error.then:
            error.then(ctx)
        said = [error.answer]
    return said


def find(router: Router, text: str) -> tuple[Command | None, str]:
    """The command that *text* starts with, slash or not, and the words after it."""
    head, _, below = text.strip().partition("\n")
    name, words = [*head.split(maxsplit=1), "", ""][:2]
    name = unicodedata.normalize("NFKC", name).removeprefix("/").casefold()
    # “反思：今天…”; one sign before a colon is more likely talk that was pasted: “我：…”.
    before = name.partition(":")[0]
    if before != name and len(before) > 1 and before in router.names:
        name, words = before, _COLON.split(head, maxsplit=1)[-1].strip()
    return router.names.get(name), f"{words}\n{below}".strip()


def has_slash(text: str) -> bool:
    """Whether *text* was typed as a command, with a half- or full-width slash."""
    return text.lstrip().startswith(("/", "／"))


def admit(ctx: Context, role: Role, anonymous: bool = False) -> None:
    """Raise UserError unless who acted may do this here and now."""
    if role is Role.ANYONE:
        return
    if ctx.person is None:
        if not (anonymous and ctx.message.sender and ctx.message.sender.anonymous):
            raise UserError(say("core-anonymous"))
        return
    if ctx.community is None:
        raise UserError(say("core-no-community-private" if ctx.chat.private else "core-no-community"))
    if ctx.member is None:
        raise UserError(_invitation(ctx), then=_keep_wish)
    if ctx.role.rank < (Role.DEPUTY if role is Role.LEADER else role).rank:
        raise UserError(say("core-leaders-only"))


def _invitation(ctx: Context) -> Answer:
    join = Button(say("core-join-and-go-on"), "join", GO_ON, only=ctx.person_id)
    return Answer(say("core-join-first", community=ctx.here.name), [[join]])


def _keep_wish(ctx: Context) -> None:
    """Keep what the person wanted, so that joining goes on with it."""
    ctx.ask(GO_ON, message=freeze(ctx.message))


def _words(router: Router, ctx: Context) -> list[Answer]:
    if several := ctx.notes.get("several"):
        raise UserError(
            say("core-which", choices=plain("\n".join(f"{number} {about}" for number, about in several)))
        )
    if (old := ctx.notes.get("old")) is not None:
        raise UserError(say("core-number-old", number=str(old)))
    for stop in (_start, _slash, _reply, _answer, _alias):
        said = stop(router, ctx)
        if said is not None:
            return said
    return _listen(router, ctx)


def _slash(router: Router, ctx: Context) -> list[Answer] | None:
    if not has_slash(ctx.message.text):
        return None
    command, words = find(router, ctx.message.text)
    return _command(ctx, command, words) if command else _unknown(router, ctx)


def _alias(router: Router, ctx: Context) -> list[Answer] | None:
    # Without a slash a word of everyday speech is a command only when it was said to the bot.
    if not ctx.message.addressed:
        return None
    command, words = find(router, ctx.message.text)
    return _command(ctx, command, words) if command else None


def _start(router: Router, ctx: Context) -> list[Answer] | None:
    word, _, ref = str(ctx.message.payload.get("start", "")).partition("-")
    route = router.starts.get(word)
    return _call(ctx, route, ref) if route else None


def _command(ctx: Context, command: Command, words: str) -> list[Answer]:
    admit(ctx, command.role, command.anonymous)
    return answers(command.handler(ctx, *read(command.arguments, words)))


def _answer(router: Router, ctx: Context) -> list[Answer] | None:
    pending = ctx.pending
    route = router.questions.get(pending.route) if pending else None
    if pending is None or route is None or not ctx.message.addressed or _is_certain(router, ctx):
        return None
    if _is_asked_at_any_time(router, ctx, route):
        return None
    content = pending.content
    ctx.forget_question()
    if ctx.message.text.strip().casefold() in NEVER_MIND:
        return [Answer(say("core-never-mind"))]
    return _call(ctx, route, content)


def _is_certain(router: Router, ctx: Context) -> bool:
    """Whether the words are a command beyond doubt, though it has no slash and a question is open."""
    command, words = find(router, ctx.message.text)
    return command is not None and command.certain is not None and command.certain(words)


def _is_asked_at_any_time(router: Router, ctx: Context, question: Route) -> bool:
    """Whether the words are heard whatever question is open; one of the same feature hears them itself."""
    others = [one for one in router.listeners if one.handler.__module__ != question.handler.__module__]
    return any(one.certain is not None and one.certain(ctx.message.text) for one in others)


def _reply(router: Router, ctx: Context) -> list[Answer] | None:
    name, _, ref = str(ctx.notes.get("card", "")).partition(":")
    route = router.replies.get(name)
    return _call(ctx, route, ref) if route else None


def _unknown(router: Router, ctx: Context) -> list[Answer]:
    # In a group a bare "/word" may be meant for another bot, so only what is said to us is answered.
    if not ctx.message.addressed:
        return []
    typed = ctx.message.text.split()[0].strip("/／").casefold()
    near = get_close_matches(typed, router.names, n=1, cutoff=0.6)
    if near:
        return [Answer(say("core-did-you-mean", command=router.names[near[0]].name))]
    return [Answer(say("core-unknown"))]


def _listen(router: Router, ctx: Context) -> list[Answer]:
    if not ctx.message.addressed:
        return []
    for route in router.listeners:
        if said := answers(route.handler(ctx)):
            return said
    return []


def _button(router: Router, ctx: Context) -> list[Answer]:
    payload = ctx.message.payload
    if payload.get("action") == BEGIN:
        begin_in_private(ctx, str(payload.get("arg", "")))
        return _start(router, ctx) or []
    route = router.buttons.get(str(payload.get("action")))
    if route is None:
        raise UserError(Answer(say("core-button-old"), to=Audience.NOTICE))
    if payload.get("only") not in (None, ctx.person.id if ctx.person else None) and not _is_own(ctx):
        raise UserError(Answer(say("core-button-other"), to=Audience.NOTICE))
    return _call(ctx, route, str(payload.get("arg", "")))


def _is_own(ctx: Context) -> bool:
    """A private chat is its owner's, who may have become one with the person a button was meant for."""
    return ctx.chat.private and ctx.person is not None and ctx.chat.person_id == ctx.person.id


def _result(router: Router, ctx: Context) -> list[Answer]:
    route = router.results[str(ctx.message.payload["route"])]
    return _call(ctx, route, ctx.message.payload)


def _event(router: Router, ctx: Context) -> list[Answer]:
    said: list[Answer] = []
    for route in router.events.get(ctx.message.kind, []):
        said += answers(route.handler(ctx))
    return said


def _call(ctx: Context, route: Route, argument: object) -> list[Answer]:
    admit(ctx, route.role, route.anonymous)
    return answers(route.handler(ctx, argument))


_STOPS: dict[Kind, Stop] = {
    Kind.TEXT: _words,
    Kind.BUTTON: _button,
    Kind.RESULT: _result,
    **dict.fromkeys(set(Kind) - {Kind.TEXT, Kind.BUTTON, Kind.RESULT, Kind.DUE}, _event),
}
