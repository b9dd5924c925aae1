"""A person's own reflections as a list, and what they chose about being asked."""

from config.texts import Text, lines, say
from handlers.core import reflections
from handlers.core.answer import Answer, Audience, Button
from handlers.core.context import Context
from handlers.core.reach import reach_note
from storage.models.reflection import Reflection
from storage.queries import reflection as notes

PAGE = 5
BEGINNING = 24


def page(ctx: Context, skip: int = 0, to: Audience = Audience.HERE) -> Answer:
    """One page of the person's reflections, newest first."""
    total = notes.count(ctx.session, ctx.person_id)
    shown = notes.newest(ctx.session, ctx.person_id, skip, PAGE)
    if not shown:
        return Answer(say("reflect-none"), [[_write(ctx)]], to=to)
    rows = [_line(ctx, skip + number, note) for number, note in enumerate(shown, start=1)]
    numbers = [_open(note, skip + number) for number, note in enumerate(shown, start=1)]
    turn = [
        Button(say(f"reflect-{name}"), "reflect.page", str(at), only=ctx.person_id)
        for name, at in (("newer", skip - PAGE), ("older", skip + PAGE))
        if 0 <= at < total
    ]
    text = lines(say("reflect-list"), *rows)
    return Answer(text, [numbers, turn, [_write(ctx)]], to=to, card=f"mine:{ctx.person_id}", afresh=True)


def settings(ctx: Context, to: Audience = Audience.HERE) -> Answer:
    """What the person chose, with a button to change each."""
    habit = notes.habit_of(ctx.session, ctx.person_id)
    chosen = {"asked": habit.asked, "year": habit.year_ago}
    said = [say(f"reflect-{name}-{'on' if on else 'off'}") for name, on in chosen.items()]
    text = lines(*said, reach_note(ctx) if habit.asked else None)
    buttons = [
        [
            Button(
                say(f"reflect-{name}-{'stop' if on else 'start'}"), "reflect.habit", name, only=ctx.person_id
            )
        ]
        for name, on in chosen.items()
    ]
    return Answer(text, buttons, to=to)


def _line(ctx: Context, number: int, note: Reflection) -> Text:
    words = " ".join(note.words.split())
    begins = words if len(words) <= BEGINNING else f"{words[:BEGINNING]}…"
    day = note.written_at.astimezone(ctx.zone).date()
    return say("reflect-row", number=str(number), day=day, begins=begins, level=reflections.level(note))


def _open(note: Reflection, number: int) -> Button:
    return Button(
        say("reflect-number", number=str(number)), "reflect.open", str(note.id), only=note.person_id
    )


def _write(ctx: Context) -> Button:
    return Button(say("prompt-write"), "reflect.ask", "0", only=ctx.person_id)
