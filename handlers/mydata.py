"""/mydata: see what is kept of me, take it along, have it erased. Only in private."""

import json
from datetime import timedelta
from typing import Any

from config.texts import lines, say
from handlers.core.answer import Answer, Button, File, Said
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.markdown import document, known, spoken
from handlers.core.router import Router
from handlers.core.seats import gone
from storage.models.community import Role
from storage.models.due import Schedule
from storage.queries.community import communities_of, only_leader
from storage.queries.mydata import everything_of, forget_chat, forget_everything

VALID = timedelta(minutes=10)
LAST_WORD = timedelta(minutes=1)
WAIT = timedelta(hours=1)
ALWAYS = timedelta(days=3650)
router = Router()


@router.command("mydata", "我的数据", situation="mine")
def mydata(ctx: Context) -> Said:
    """What is kept, with the ways to take it along or erase it."""
    if ctx.person is None:
        raise UserError(say("core-anonymous"))
    if not ctx.chat.private:
        return Answer(say("mydata-private"), [[Button(say("mydata-open"), start="mydata")]])
    return _shown(ctx)


@router.start("mydata")
def opened(ctx: Context, _ref: str) -> Said:
    """The private chat was opened for it."""
    return _shown(ctx)


@router.button("mydata", role=Role.ANYONE)
def pressed(ctx: Context, arg: str) -> Said:
    """show, export, forget, or erase:until (minutes since 1970, after which it no longer counts)."""
    step, _, until = arg.partition(":")
    if not ctx.chat.private or step not in _STEPS:
        raise UserError(say("core-button-old"))
    if step == "erase" and not _in_time(ctx, until):
        raise UserError(say("mydata-too-late"))
    return _STEPS[step](ctx)


@router.due("mydata", grace=ALWAYS)
def last_word_said(ctx: Context, schedule: Schedule) -> None:
    """The last words are said: the private chat of who was erased goes too, unless they came back."""
    if ctx.chat.person_id is None and not forget_chat(ctx.session, schedule.ref_id):
        schedule.next_at = ctx.now + WAIT
        return
    ctx.session.delete(schedule)


def _shown(ctx: Context) -> Answer:
    kept = everything_of(ctx.session, ctx.person_id)
    person = kept.pop("community")
    counts = {feature: _count(content) for feature, content in kept.items()}
    named = {feature: count for feature, count in counts.items() if known(ctx, f"{feature}-kept")}
    rest = sum(counts.values()) - sum(named.values())
    text = lines(
        say("mydata-title"),
        say("mydata-person", name=person["name"], accounts=len(person["accounts"])),
        say("mydata-memberships", communities=[one["community"] for one in person["memberships"]])
        if person["memberships"]
        else None,
        *(say(f"{feature}-kept", count=count) for feature, count in named.items() if count),
        say("mydata-rest", count=rest) if rest else None,
        say("mydata-not"),
    )
    take, erase = (
        Button(say("mydata-take"), "mydata", "export"),
        Button(say("mydata-erase"), "mydata", "forget"),
    )
    return Answer(text, [[take], [erase]])


def _exported(ctx: Context) -> Said:
    kept = everything_of(ctx.session, ctx.person_id)
    name = f"yanban-{ctx.today.isoformat()}"
    as_json = json.dumps({"exported_at": ctx.now.isoformat(), **kept}, ensure_ascii=False, indent=2)
    title = ctx.speech.plain(say("mydata-file-title", day=ctx.today))
    as_markdown = document(title, spoken(ctx, kept), lambda word: _label(ctx, word))
    return [
        Answer(say("mydata-file-markdown"), file=_file(f"{name}.md", as_markdown, "text/markdown")),
        Answer(say("mydata-file-json"), file=_file(f"{name}.json", as_json, "application/json")),
    ]


def _warned(ctx: Context) -> Answer:
    _must_not_lead_alone(ctx)
    until = int((ctx.now + VALID).timestamp()) // 60
    sure = Button(say("mydata-sure"), "mydata", f"erase:{until}")
    return Answer(lines(say("mydata-goes"), say("mydata-stays"), say("mydata-again")), [[sure]])


def _erased(ctx: Context) -> Said:
    _must_not_lead_alone(ctx)
    freed = [
        said
        for community in communities_of(ctx.session, ctx.person_id)
        for said in gone(ctx, community, ctx.person_id)
    ]
    for chat_id in forget_everything(ctx.session, ctx.person_id):
        ctx.session.add(
            Schedule(kind="mydata", ref_id=chat_id, content={"chat_id": chat_id}, next_at=ctx.now + LAST_WORD)
        )
    return [Answer(say("mydata-gone")), *freed]


_STEPS = {"show": _shown, "export": _exported, "forget": _warned, "erase": _erased}


def _in_time(ctx: Context, until: str) -> bool:
    return until.isdecimal() and ctx.now.timestamp() // 60 <= int(until)


def _must_not_lead_alone(ctx: Context) -> None:
    for community in communities_of(ctx.session, ctx.person_id):
        if only_leader(ctx.session, community.id or 0, ctx.person_id):
            raise UserError(Answer(say("mydata-leader", community=community.name), [[_roles()]]))


def _roles() -> Button:
    return Button(say("mydata-name-leader"), "roles", "list:0")


def _count(content: dict[str, Any]) -> int:
    return sum(len(value) for value in content.values() if isinstance(value, list))


def _label(ctx: Context, word: str) -> str:
    bare = word.removeprefix("part-").removeprefix("list-")
    keys = (f"mydata-label-{one}" for one in (word, bare))
    found = next((one for one in keys if known(ctx, one)), None)
    return ctx.speech.plain(say(found)) if found else bare.replace("_", " ")


def _file(name: str, words: str, mime: str) -> File:
    return File(name, words.encode(), mime=mime)
