"""/log: power is public; everybody can read what leaders changed."""

import re
from datetime import date
from typing import Any

from sqlmodel import Session

from config.texts import Speech, Text, lines, say
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.router import Router
from storage.models.community import Person, Role
from storage.models.log import Change
from storage.queries.log import changes_of

PAGE = 10
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
router = Router()


@router.command("log", "谁改过什么", role=Role.MEMBER, situation="lead")
def log(ctx: Context) -> Said:
    """The newest ten changes."""
    text, buttons = _page(ctx, 0)
    return Answer(text, buttons)


@router.button("log")
def turned(ctx: Context, page: str) -> Said:
    """Another ten, on the same card."""
    if not page.isdecimal():
        raise UserError(say("core-button-old"))
    text, buttons = _page(ctx, int(page))
    return Answer(text, buttons, to=Audience.PRESSED)


def _page(ctx: Context, page: int) -> tuple[Text, list[list[Button]]]:
    found = changes_of(ctx.session, ctx.community_id, page * PAGE, PAGE + 1)
    if not found and not page:
        return say("log-none"), []
    newer = [Button(say("log-newer"), "log", str(page - 1))] if page else []
    older = [Button(say("log-older"), "log", str(page + 1))] if len(found) > PAGE else []
    shown = [_line(ctx, change, person) for change, person in found[:PAGE]]
    return lines(say("log-title"), *shown), [[*newer, *older]]


def _line(ctx: Context, change: Change, person: Person | None) -> Text:
    who = person.name if person else say("log-someone")
    return say(
        "log-line",
        day=change.at.astimezone(ctx.zone).date(),
        who=who,
        what=told(ctx.session, ctx.speech, change),
    )


def told(session: Session, speech: Speech, change: Change) -> Text:
    """The change in the reader's language; what a later version no longer words is told in general."""
    try:
        text = say(
            change.key, **{name: _value(session, name, value) for name, value in change.content.items()}
        )
        speech.plain(text)
    except (KeyError, ValueError, TypeError):
        return say("log-something")
    return text


def _value(session: Session, name: str, value: Any) -> Any:
    if name == "person":
        person = session.get(Person, value) if isinstance(value, int) else None
        return person.name if person else say("log-someone")
    if isinstance(value, str) and DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value
