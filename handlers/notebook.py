"""One's own reflections: read them, change them, delete them, decide who may see them."""

from datetime import timedelta
from typing import Any

from config.texts import say
from handlers.core import notebook, reflections, yearly
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.context import Context
from handlers.core.errors import UserError
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.due import Schedule
from storage.models.reflection import Reflection, Visibility
from storage.queries import reflection as notes

router = Router()


@router.button("reflect.page", role=Role.ANYONE)
def page(ctx: Context, skip: str) -> Said:
    """Another page of the list."""
    return notebook.page(ctx, int(skip), Audience.PRESSED)


@router.button("reflect.open", role=Role.ANYONE)
def open_(ctx: Context, ref: str) -> Said:
    """The whole of one reflection."""
    return reflections.opened(ctx, reflections.own(ctx, ref), Audience.PRESSED)


@router.button("reflect.self", role=Role.ANYONE)
def only_me(ctx: Context, ref: str) -> Said:
    """Only the writer may see it, from now on."""
    note = reflections.own(ctx, ref)
    ctx.forget_question()
    said = note.said_in is not None and note.visibility is Visibility.EVERYBODY
    posts = reflections.narrow(ctx, note)
    return [_settled(note, "reflect-said-stays" if said else "reflect-finished-self"), *posts]


@router.button("reflect.all", role=Role.ANYONE)
def everybody(ctx: Context, ref: str) -> Said:
    """Everybody in the community may see it, until the writer says otherwise."""
    note = reflections.own(ctx, ref)
    # What is written from now on is not widened by this press.
    ctx.forget_question()
    posts = reflections.widen(ctx, note)
    return [_settled(note, "reflect-finished-everybody"), *posts]


@router.button("reflect.edit", role=Role.ANYONE)
def edit(ctx: Context, ref: str) -> Said:
    """Ask for the new words."""
    note = reflections.own(ctx, ref)
    ctx.ask("reflect.edit", note=note.id)
    return Answer(say(f"reflect-edit-{note.visibility.value}"), ask=True)


@router.answer("reflect.edit")
def rewrite(ctx: Context, content: dict[str, Any]) -> Said:
    """The new words take the place of the old."""
    note = reflections.own(ctx, str(content["note"]))
    if not ctx.message.text.strip():
        raise UserError(say("reflect-only-words"))
    reflections.rewrite(ctx, note, [reflections.piece(ctx)])
    notes.scrub(ctx.session, notes.cards(note.id, note.person_id))
    shown = note.visibility is Visibility.EVERYBODY
    note.said_in = None
    posts = reflections.to_group(ctx, note) if shown else []
    return [Answer(say(f"reflect-edited-{note.visibility.value}"), [reflections.levels(note)]), *posts]


@router.button("reflect.drop", role=Role.ANYONE)
def drop(ctx: Context, ref: str) -> Said:
    """Ask once more before deleting."""
    note = reflections.own(ctx, ref)
    sure = Button(say("reflect-delete-sure"), "reflect.gone", ref, only=note.person_id)
    stay = Button(say("reflect-delete-not"), "reflect.open", ref, only=note.person_id)
    return Answer(say("reflect-delete-ask"), [[sure, stay]], to=Audience.PRESSED)


@router.button("reflect.gone", role=Role.ANYONE)
def gone(ctx: Context, ref: str) -> Said:
    """Delete it and every copy of its words."""
    note = reflections.own(ctx, ref)
    ctx.forget_question()
    said = note.said_in is not None
    posts = reflections.forget(ctx, note)
    yearly.arm(ctx)
    text = say("reflect-deleted-said" if said else "reflect-deleted")
    return [Answer(text, to=Audience.PRESSED), *posts]


@router.button("reflect.settings", role=Role.ANYONE)
def settings(ctx: Context, arg: str) -> Said:
    """What the person chose about being asked."""
    return notebook.settings(ctx, Audience.PRESSED)


@router.button("reflect.habit", role=Role.ANYONE)
def habit(ctx: Context, name: str) -> Said:
    """Turn one of the choices round."""
    chosen = notes.habit_of(ctx.session, ctx.person_id)
    if name == "asked":
        chosen.asked = not chosen.asked
    else:
        chosen.year_ago = not chosen.year_ago
    ctx.session.add(chosen)
    ctx.session.flush()
    yearly.arm(ctx)
    return notebook.settings(ctx, Audience.PRESSED)


@router.due(notes.WITHDRAW, grace=timedelta(days=3650))
def withdraw(ctx: Context, schedule: Schedule) -> Said:
    """The writer was erased: what stands in the group goes too."""
    name = f"reflection:{schedule.ref_id}"
    chats = notes.posted_in(ctx.session, name)
    return [Answer(say("reflect-withdrawn"), chat=chat, card=name) for chat in chats]


def _settled(note: Reflection, text: str) -> Answer:
    buttons = [reflections.levels(note), reflections.changes(note)]
    return Answer(say(text), buttons, to=Audience.PRESSED)
