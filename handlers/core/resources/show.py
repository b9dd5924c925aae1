"""Entries in words: a line in a list, and a card with its buttons."""

from config.texts import Text, lines, link, plain, say
from handlers.core.answer import Button
from handlers.core.context import Context
from storage.models.community import Role
from storage.models.resource import Resource
from storage.queries.resource import Entry

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def mark(number: int) -> str:
    """① for 1; past ⑳ plain digits."""
    return _CIRCLED[number - 1] if 1 <= number <= len(_CIRCLED) else f"{number}."


def titled(resource: Resource) -> Text:
    """The title, leading to the page when it is a link."""
    return link(resource.title, resource.address) if resource.address else plain(resource.title)


def line(ctx: Context, number: int, entry: Entry) -> Text:
    """①小数乘法算理　周老师 第13周 #小数."""
    return say(
        "resource-line",
        mark=mark(number),
        title=titled(entry.resource),
        sharers=list(entry.sharers.values()),
        week=week(ctx, entry.resource),
        tags=_spaced(tags(entry)),
        broken=_spaced(_state(entry.resource)),
    )


def card(ctx: Context, entry: Entry) -> Text:
    """Everything there is to say about an entry."""
    about, kept = about_of(entry.resource), entry.resource
    return lines(
        say("resource-title", title=titled(kept)),
        plain(kept.note) if kept.note else None,
        say("resource-shared", sharers=list(entry.sharers.values()), week=week(ctx, kept)),
        say("resource-about", about=about) if about else None,
        tags(entry) if entry.tags else None,
        _state(kept) if kept.broken or kept.hidden else None,
    )


def week(ctx: Context, resource: Resource) -> Text:
    """第13周, with the year when it was in another term; the date when no term was known."""
    local = resource.shared_at.astimezone(ctx.zone).date()
    if resource.week is None:
        return say("resource-day", day=local)
    if ctx.speech.almanac.week(resource.monday) == resource.week or ctx.speech.almanac.week(local):
        return say("resource-week", week=str(resource.week))
    return say("resource-week-of-year", year=str(resource.monday.year), week=str(resource.week))


def tags(entry: Entry) -> Text:
    """#小数 #算理."""
    return plain(" ".join(f"#{tag}" for tag in entry.tags))


def about_of(resource: Resource) -> list[Text]:
    """Subject, grade and unit, as far as they are known."""
    found = [subject(resource.subject)] if resource.subject else []
    if resource.grade:
        found.append(grade(resource.grade))
    if resource.unit is not None:
        found.append(say("resource-unit", number=str(resource.unit)))
    return found


def subject(code: str) -> Text:
    """数学 for math."""
    return say(f"resource-subject-{code}")


def grade(code: str) -> Text:
    """三年级上册 for g3a."""
    named = say(f"resource-grade-{code[0]}", number=int(code[1:].rstrip("ab")))
    return say(f"resource-volume-{code[-1]}", grade=named) if code[-1] in "ab" else named


def buttons(ctx: Context, entry: Entry) -> list[list[Button]]:
    """What may be done with the entry: by anybody, by its sharers, by leaders."""
    ref = str(entry.id)
    rows = []
    if entry.resource.file:
        rows.append([Button(say("resource-get"), "rget", ref)])
    if entry.is_of(ctx.person.id if ctx.person else None):
        rows.append(edit_buttons(entry))
    if ctx.role.rank >= Role.DEPUTY.rank:
        rows.append(
            [Button(say("resource-show" if entry.resource.hidden else "resource-hide"), "rhide", ref)]
        )
    return rows


def edit_buttons(entry: Entry) -> list[Button]:
    """For those who shared it."""
    ref = str(entry.id)
    return [
        Button(say("resource-retitle"), "rtitle", ref),
        Button(say("resource-retag"), "rtag", ref),
        Button(say("resource-remove"), "rdrop", ref),
    ]


def get_buttons(numbered: list[tuple[int, Entry]]) -> list[Button]:
    """Buttons that fetch the files of a list."""
    return [
        Button(say("resource-get-one", mark=mark(number)), "rget", str(entry.id))
        for number, entry in numbered
        if entry.resource.file
    ]


def _state(resource: Resource) -> Text:
    if resource.hidden:
        return say("resource-hidden")
    return say("resource-broken") if resource.broken else plain("")


def _spaced(text: Text) -> Text:
    """With a space before it, unless there is nothing to say."""
    return plain("") if text == plain("") else say("resource-spaced", words=text)
