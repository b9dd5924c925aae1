"""/reflect: write for oneself, in private; and replies to the question in the group."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from config.texts import Text, lines, say
from handlers.core import asking, notebook, reflections
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context
from handlers.core.digest import contribute
from handlers.core.errors import UserError
from handlers.core.journey import admit, find
from handlers.core.message import Kind
from handlers.core.router import Router
from handlers.core.yearly import arm
from storage.models.community import Role
from storage.models.prompt import Prompt
from storage.models.reflection import Reflection, Visibility
from storage.queries import prompt as plans
from storage.queries import reflection as notes
from storage.queries.community import membership

THIS_WEEK = timedelta(days=7)
PAUSE = timedelta(hours=1)
LEAST = 5
SKIP = {"跳过", "跳过吧", "这次跳过", "这周跳过", "先跳过", "过", "skip", "skip it", "skip this", "pass"}
NODS = {"收到", "好", "好的", "谢谢", "嗯", "ok", "thanks", "👍"}
VIEWS: dict[str, Callable[[Context], Answer]] = {
    **dict.fromkeys(("我的", "我写过的", "mine"), notebook.page),
    **dict.fromkeys(("设置", "settings"), notebook.settings),
}
WHO = re.compile(
    r"谁(?!.{0,3}[没不]).{0,4}(看到|看得到|看得见|看见)"
    r"|(别人|别的老师|其他人|其他老师|同事|大家|负责人|组长|校长|领导)[也都]?(能|会|可以|看得).{0,4}[到见].{0,6}[吗么嘛]"
    r"|who (else )?(can|could|may|will) (see|read)|who sees"
    r"|^(can|could|will) (anyone|anybody|others|people|colleagues|((my|the|a) )?(leaders?|head|principal))"
    r"( else)? (see|read) (this|it|that|them|what|my)",
    re.IGNORECASE,
)
LONGEST_WHO, LONGEST_WHO_IN_ENGLISH = 30, 60
MARKS = " \n\t。.!！~～,，…"
router = Router()


def _asks_who(words: str) -> bool:
    longest = LONGEST_WHO_IN_ENGLISH if words.replace("’", "'").isascii() else LONGEST_WHO
    return len(words) <= longest and WHO.search(words) is not None


@router.command("reflect", "反思", situation="reflect")
def reflect(ctx: Context, words: Rest) -> Said:
    """Write now; the words after the command are kept at once."""
    if not ctx.chat.private:
        return Answer(say("reflect-in-private"), [[Button(say("prompt-write"), start="reflect-0")]])
    if view := VIEWS.get(words.casefold()):
        return view(ctx)
    admit(ctx, Role.MEMBER)
    if not words:
        return _question(ctx, _current(ctx))
    return _keep(ctx, None, reflections.piece(ctx) | {"words": words})


@router.start("reflect")
def opened(ctx: Context, ref: str) -> Said:
    """Came from the button in the group."""
    return again(ctx, ref)


@router.button("reflect.ask", role=Role.ANYONE)
def again(ctx: Context, ref: str) -> Said:
    """The question once more, waiting for words."""
    prompt = ctx.session.get(Prompt, reflections.row_number(ref))
    if prompt is None:
        admit(ctx, Role.MEMBER)
        return _question(ctx, _current(ctx))
    if membership(ctx.session, prompt.community_id, ctx.person_id) is None:
        raise UserError(say("reflect-not-member"))
    return _question(ctx, prompt)


@router.answer("reflect.write")
def write(ctx: Context, content: dict[str, Any]) -> Said:
    """One message of what somebody writes; it is kept before anything else is asked."""
    words = ctx.message.text.strip()
    note = notes.owned(ctx.session, content["note"], ctx.person_id)
    if _is_over(ctx, note) or _is_command(ctx, words):
        ctx.go_on = ctx.message
        return None
    if _asks_who(words):
        ctx.ask("reflect.write", **content)
        return _who(ctx, note) if note else _who_rule()
    if _bare(words) in SKIP:
        return say("reflect-skipped") if note is None else _finished(note)
    if not words:
        raise UserError(say("reflect-only-words"))
    if note is not None:
        return _append(ctx, note)
    return _keep(ctx, ctx.session.get(Prompt, content["prompt"]), reflections.piece(ctx))


def _bare(words: str) -> str:
    """A single word however it is ended: 跳过。 is 跳过."""
    return words.casefold().strip(MARKS)


@router.button("reflect.skip", role=Role.ANYONE)
def skip(ctx: Context, arg: str) -> Said:
    """Not this time; nothing is kept of that."""
    ctx.forget_question()
    return Answer(say("reflect-skipped"), to=Audience.PRESSED)


@router.button("reflect.done", role=Role.ANYONE)
def done(ctx: Context, ref: str) -> Said:
    """Written to the end."""
    note = reflections.own(ctx, ref)
    ctx.forget_question()
    return _finished(note, Audience.PRESSED)


@router.reply("prompt")
def replied(ctx: Context, ref: str) -> Said:
    """A reply in the group: everybody has seen it already, so it counts as shared; in private nobody has."""
    if ctx.chat.private:
        return write(ctx, {"prompt": int(ref), "note": 0})
    prompt = ctx.session.get(Prompt, int(ref))
    words = ctx.message.text.strip()
    if prompt is None or prompt.community_id != ctx.community_id or _bare(words) in NODS | SKIP | {""}:
        return None
    note = reflections.keep(ctx, prompt, reflections.piece(ctx))
    note.visibility, note.said_in = Visibility.EVERYBODY, note.pieces[0]["key"]
    arm(ctx)
    return Answer(say("reflect-said-in-group"), [reflections.changes(note)], to=Audience.PRIVATELY)


@router.reply("reflection", role=Role.ANYONE)
def talk(ctx: Context, ref: str) -> Said:
    """Colleagues talk to the writer below a shared reflection; that is between them."""
    return None


@router.on(Kind.EDITED)
def edited(ctx: Context) -> Said:
    """A message that is part of a reflection was changed where it was written."""
    if ctx.person is None or not ctx.message.text.strip():
        return None
    new = reflections.piece(ctx)
    note = notes.holding(ctx.session, ctx.person_id, new["key"])
    if note is None:
        return None
    new["words"] = _without_command(ctx, new["words"])
    pieces = [new if one["key"] == new["key"] else one for one in note.pieces]
    reflections.rewrite(ctx, note, pieces)
    shown = note.visibility is Visibility.EVERYBODY and note.said_in is None
    return reflections.to_group(ctx, note) if shown else None


@router.listen(rank=30, certain=_asks_who)
def who(ctx: Context) -> Said:
    """ "Who can see what I wrote?", asked at any time."""
    if not _asks_who(ctx.message.text):
        return None
    newest = notes.newest(ctx.session, ctx.person_id, limit=1) if ctx.chat.private else []
    return _who(ctx, newest[0]) if newest else _who_rule()


@contribute(order=90)
def some_wrote(ctx: Context, since: datetime, until: datetime) -> list[Text]:
    """That several wrote, from five persons on; never how many, never who."""
    enough = notes.some_wrote(ctx.session, ctx.community_id, max(since, until - THIS_WEEK), until, LEAST)
    return [say("reflect-some-wrote")] if enough else []


def _keep(ctx: Context, prompt: Prompt | None, first: dict[str, str]) -> Answer:
    if prompt is None:
        admit(ctx, Role.MEMBER)
    note = reflections.keep(ctx, prompt, first)
    arm(ctx)
    ctx.ask("reflect.write", prompt=note.prompt_id or 0, note=note.id)
    return reflections.kept(ctx, note)


def _append(ctx: Context, note: Reflection) -> Answer:
    reflections.rewrite(ctx, note, [*note.pieces, reflections.piece(ctx)])
    ctx.ask("reflect.write", prompt=note.prompt_id or 0, note=note.id)
    return reflections.kept(ctx, note, "reflect-kept-more")


def _finished(note: Reflection, to: Audience = Audience.HERE) -> Answer:
    return Answer(say(f"reflect-finished-{note.visibility.value}"), [reflections.levels(note)], to=to)


def _question(ctx: Context, prompt: Prompt | None) -> Answer:
    ctx.ask("reflect.write", prompt=prompt.id if prompt else 0, note=0)
    buttons = [
        [Button(say("reflect-skip"), "reflect.skip", only=ctx.person_id)],
        _more(ctx),
    ]
    if prompt is None:
        return Answer(say("reflect-free"), buttons)
    question = say("prompt-private", question=asking.wording(prompt, ctx.language))
    return Answer(lines(question, asking.steps(prompt, ctx.language)), buttons)


def _more(ctx: Context) -> list[Button]:
    return [
        Button(say("reflect-mine"), "reflect.page", "0", only=ctx.person_id),
        Button(say("reflect-settings"), "reflect.settings", only=ctx.person_id),
    ]


def _current(ctx: Context) -> Prompt | None:
    return plans.latest(ctx.session, ctx.community_id, ctx.now - THIS_WEEK)


def _is_over(ctx: Context, note: Reflection | None) -> bool:
    """Whether so much time has passed that new words are about something else."""
    return note is not None and ctx.now - note.changed_at > PAUSE


def _without_command(ctx: Context, words: str) -> str:
    """What was written after /reflect: the command itself is not part of it."""
    command, rest = find(ctx.router, words) if ctx.router else (None, "")
    return rest if command is not None and command.name == "reflect" and rest else words


def _is_command(ctx: Context, words: str) -> bool:
    command, rest = find(ctx.router, words) if ctx.router else (None, "")
    return command is not None and not rest


def _who_rule() -> Text:
    return lines(say("reflect-who-rule"), say("reflect-who-server"))


def _who(ctx: Context, note: Reflection) -> Text:
    """The truth about one reflection, and a summary of the others."""
    said = note.said_in is not None and note.visibility is Visibility.EVERYBODY
    alone = notes.count(ctx.session, ctx.person_id, Visibility.SELF)
    everybody = notes.count(ctx.session, ctx.person_id, Visibility.EVERYBODY)
    rest = say("reflect-who-all", alone=alone, everybody=everybody) if alone + everybody > 1 else None
    this = say("reflect-who-said" if said else f"reflect-who-{note.visibility.value}")
    return lines(this, rest, say("reflect-who-server"))
