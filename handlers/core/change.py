"""Which meeting a change is about, one or the series, and telling those who answered once."""

import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from config.texts import Text, say
from handlers.core.answer import Answer, Audience, Button
from handlers.core.card import buttons, card, named
from handlers.core.context import Context, key
from storage.models.discussion import Discussion, Meeting
from storage.queries import discussion as queries
from storage.queries.community import chats_of, private_chat
from storage.queries.delivery import card_named

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


def told(
    ctx: Context, meetings: Sequence[Meeting], about: Discussion, line: Text, shown: Meeting | None
) -> Iterator[Answer]:
    """The cards of *meetings* are changed, and everybody who answered for them hears of it once.

    In private, or in the groups when that is not open; *shown* is the meeting they can answer for again.
    """
    people = queries.answered(ctx.session, [key(one.id) for one in meetings])
    others = [person for person in people if person != ctx.person_id]
    privately = [person for person in others if private_chat(ctx.session, person)]
    for one in meetings:
        yield from refreshed(ctx, one, about, privately)
    again = buttons(ctx, shown)[:1] if shown else []
    for person in privately:
        yield Answer(line, again, person=person)
    if len(privately) < len(others):
        carded = named(next(iter(meetings)))
        groups = [chat for chat in chats_of(ctx.session, ctx.community_id) if not chat.private]
        yield from (Answer(line, again, chat=chat.id, covered=carded) for chat in groups)


def refreshed(
    ctx: Context, meeting: Meeting, about: Discussion, but: Container[int | None] = ()
) -> Iterator[Answer]:
    """The meeting's card where the community has it already, edited.

    Where it cannot be edited it is posted anew, except to the persons *but*, who hear of it otherwise.
    """
    chats = chats_of(ctx.session, ctx.community_id)
    carded = [chat for chat in chats if card_named(ctx.session, key(chat.id), named(meeting))]
    if not carded:
        return
    shown = card(ctx, meeting, about)
    for chat in carded:
        anew = not (chat.private and chat.person_id in but)
        yield replace(shown, to=Audience.HERE, chat=chat.id, anew=anew)
