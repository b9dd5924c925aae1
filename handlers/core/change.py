"""Which meeting a change is about, one or the series, and telling those who answered once."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from config.texts import Text, say
from handlers.core.answer import Answer, Audience, Button
from handlers.core.card import buttons, card, has_card
from handlers.core.context import Context, key
from storage.models.discussion import Discussion, Meeting
from storage.queries import discussion as queries
from storage.queries.community import private_chat

OFFERED = 8
SERIES_WORDS = ("整", "全", "系列", "都", "series", "all", "every")


def coming(ctx: Context) -> list[queries.Held]:
    """The meetings that have not begun, in order."""
    found = queries.between(ctx.session, ctx.community_id, ctx.now)
    return [held for held in found if held[0].starts_at > ctx.now]


def firsts(found: Iterable[queries.Held]) -> list[queries.Held]:
    """The next meeting of each discussion."""
    by_discussion: dict[int, queries.Held] = {}
    for held in found:
        by_discussion.setdefault(key(held[1].id), held)
    return list(by_discussion.values())


def target(ctx: Context, words: str) -> tuple[queries.Held | None, str]:
    """The meeting the words or the card replied to are about, and the words without its title."""
    found = coming(ctx)
    name, _, ref = str(ctx.notes.get("card", "")).partition(":")
    replied = [held for held in found if name == "meeting" and str(held[0].id) == ref]
    named = sorted((held for held in firsts(found) if _plain(held[1].title) in _plain(words)), key=_longest)
    chosen = next(iter([*replied, *named]), None)
    if chosen is not None:
        return chosen, _without(words, chosen[1].title)
    only = firsts(found)
    return (only[0], words) if len(only) == 1 else (None, words)


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def _longest(held: queries.Held) -> int:
    return -len(held[1].title)


def _without(words: str, title: str) -> str:
    at = words.casefold().find(title.casefold())
    return words if at < 0 else f"{words[:at]} {words[at + len(title) :]}".strip()


def choices(found: Sequence[queries.Held], action: str) -> list[list[Button]]:
    """A button for each meeting."""
    return [
        [Button(say("meeting-choice", title=about.title, when=meeting.starts_at), action, str(meeting.id))]
        for meeting, about in found[:OFFERED]
    ]


def means_series(words: str) -> bool:
    """Whether an answer to "this one or the series" means the series."""
    return any(word in words.casefold() for word in SERIES_WORDS)


def tell(ctx: Context, meetings: Sequence[Meeting], line: Text, shown: Meeting | None) -> Iterator[Answer]:
    """Tell everybody who answered for *meetings* once: in private, or the group when that is not open.

    *shown* is the meeting they can answer for again.
    """
    people = queries.answered(ctx.session, [key(one.id) for one in meetings])
    others = [person for person in people if person != ctx.person_id]
    again = buttons(ctx, shown)[:1] if shown else []
    for person in others:
        if private_chat(ctx.session, person):
            yield Answer(line, again, person=person)
    if not all(private_chat(ctx.session, person) for person in others):
        yield Answer(line, to=Audience.COMMUNITY)


def refreshed(ctx: Context, meetings: Iterable[Meeting], about: Discussion) -> list[Answer]:
    """The cards of *meetings* the community has already, edited."""
    return [card(ctx, one, about) for one in meetings if has_card(ctx, one)]
