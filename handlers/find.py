"""/find: one search over everything the community shared; also by asking, and inline."""

import re

from config.texts import Text, lines, plain, say
from handlers.core.answer import Answer, Audience, Button, Hit, Said
from handlers.core.arguments import Rest
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.message import Kind
from handlers.core.resources import show
from handlers.core.resources.question import wanted_in
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.resource import ResourceLookup
from storage.queries.library import page as newest
from storage.queries.library import visible
from storage.queries.resource import Entry, entries
from storage.search import Found, search

router = Router()
PAGE = 5
INLINE = 20
LONGEST_WORDS = 100
_SIGNS = re.compile(r"[，,、；;。：:？?！!“”\"‘’「」『』《》〈〉【】（）()+＋…]+")


@router.command("find", "找", "搜", role=Role.MEMBER, situation="share")
def find(ctx: Context, words: Rest) -> Said:
    """What holds every one of the words; the newest first."""
    if not words:
        ctx.ask("find")
        return Answer(say("find-what"), ask=True)
    return _first_page(ctx, words)


@router.answer("find", role=Role.MEMBER)
def told(ctx: Context, _content: dict[str, str]) -> Said:
    """The words that were still missing."""
    if not ctx.message.text.strip():
        raise UserError(say("find-what"))
    return _first_page(ctx, ctx.message.text)


@router.listen(rank=60)
def asked(ctx: Context) -> Said:
    """ "有没有讲算理的？" said to the bot is a search too."""
    words = wanted_in(ctx.message.text)
    return _first_page(ctx, words) if words and ctx.member is not None else None


@router.button("fpage")
def turn(ctx: Context, arg: str) -> Said:
    """Another page, in the same post."""
    ref, _, number = arg.partition(".")
    lookup = ctx.session.get(ResourceLookup, int(ref))
    if lookup is None or lookup.community_id != ctx.community_id or int(number) >= len(lookup.begins):
        raise UserError(say("core-button-old"))
    answer = _page(ctx, lookup, int(number))
    return Answer(answer.text, answer.buttons, to=Audience.PRESSED)


@router.on(Kind.QUERY)
def inline(ctx: Context) -> Said:
    """Results while somebody types "@bot words" in any chat; nothing for who has not joined."""
    nothing = say("core-nothing")
    if ctx.member is None:
        return Answer(nothing, hits=[])
    words = _clean(ctx.message.text)
    shown = _matching(ctx, words) if words else newest(ctx.session, visible(ctx.community_id), INLINE, 0)[0]
    return Answer(nothing, hits=[_hit(ctx, entry) for entry in shown if not entry.resource.file])


def _first_page(ctx: Context, words: str) -> Answer:
    words = _clean(words)
    found = search(ctx.session, ctx.community_id, words, PAGE)
    if not found.ids and (without := _without_signs(words)) not in ("", words):
        found = search(ctx.session, ctx.community_id, without, PAGE)
        words = without if found.ids else words
    if not found.ids:
        return _nothing(words)
    if not found.more:
        return _list(ctx, found, 0, say("find-found", words=words, count=len(found.ids)))
    lookup = ResourceLookup(
        community_id=ctx.community_id, person_id=ctx.person_id, words=words, begins=[None], at=ctx.now
    )
    ctx.session.add(lookup)
    ctx.session.flush()
    return _page(ctx, lookup, 0)


def _page(ctx: Context, lookup: ResourceLookup, number: int) -> Answer:
    found = search(ctx.session, lookup.community_id, lookup.words, PAGE, lookup.begins[number])
    if not found.ids:
        return _nothing(lookup.words)
    if found.more and len(lookup.begins) == number + 1:
        lookup.begins = [*lookup.begins, found.ids[-1]]
    head = say("find-page", words=lookup.words, page=str(number + 1))
    answer = _list(ctx, found, number, head)
    return Answer(answer.text, [*answer.buttons, _turns(lookup, number, found.more)])


def _turns(lookup: ResourceLookup, number: int, more: bool) -> list[Button]:
    back = [Button(say("find-back"), "fpage", f"{lookup.id}.{number - 1}")] if number else []
    on = [Button(say("find-on"), "fpage", f"{lookup.id}.{number + 1}")] if more else []
    return back + on


def _list(ctx: Context, found: Found, page: int, head: Text) -> Answer:
    numbered = list(enumerate(entries(ctx.session, found.ids), page * PAGE + 1))
    shown = [show.line(ctx, number, entry) for number, entry in numbered]
    return Answer(lines(head, *shown), [show.get_buttons(numbered)])


def _nothing(words: str) -> Answer:
    return Answer(say("find-nothing", words=words), [[Button(say("find-library"), "lib", "menu")]])


def _matching(ctx: Context, words: str) -> list[Entry]:
    return entries(ctx.session, search(ctx.session, ctx.community_id, words, INLINE).ids)


def _hit(ctx: Context, entry: Entry) -> Hit:
    kept = entry.resource
    names = list(entry.sharers.values())
    body = lines(show.titled(kept), plain(kept.note) if kept.note else None)
    return Hit(
        str(entry.id),
        plain(kept.title),
        body,
        say("find-hit", sharers=names, week=show.week(ctx, kept), words=_more_of(entry)),
    )


def _more_of(entry: Entry) -> Text:
    more = [*show.about_of(entry.resource), *([show.tags(entry)] if entry.tags else [])]
    return say("find-more", words=more) if more else plain("")


def _without_signs(words: str) -> str:
    """小数、算理 and “静夜思” as words with nothing but blanks between them."""
    return " ".join(_SIGNS.sub(" ", words).split())


def _clean(words: str) -> str:
    return " ".join(words.replace("#", " ").replace("＃", " ").split())[:LONGEST_WORDS]
