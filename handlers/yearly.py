"""What one wrote on this day in an earlier year, shown to oneself alone."""

from datetime import date, timedelta

from config.texts import lines, plain, say
from handlers.core import yearly
from handlers.core.answer import Answer, Audience, Button, Said
from handlers.core.context import Context
from handlers.core.router import Router
from storage.models.community import Role
from storage.models.due import Schedule
from storage.models.reflection import Reflection
from storage.queries import reflection as notes

LONGEST = 600
router = Router()


def pass_over(ctx: Context, schedule: Schedule) -> Said:
    """Too late for that day: the next one."""
    yearly.arm(ctx)
    return None


@router.due(notes.YEAR_AGO, grace=timedelta(hours=12), late=pass_over)
def year_ago(ctx: Context, schedule: Schedule) -> Said:
    """The newest reflection of this day in an earlier year; to nobody who wants quiet."""
    if ctx.person is None:
        return None
    day = (ctx.due_at or ctx.now).astimezone(yearly.zone_of(ctx)).date()
    found = _of(ctx, day)
    muted = ctx.person.muted_until is not None and ctx.person.muted_until > ctx.now
    wanted = notes.habit_of(ctx.session, ctx.person_id).year_ago
    if found is None or muted or not wanted or not ctx.chat.active:
        return pass_over(ctx, schedule)
    schedule.content = schedule.content | {"last": ctx.now.isoformat()}
    yearly.arm(ctx)
    return _shown(ctx, found, day)


@router.button("reflect.never", role=Role.ANYONE)
def never(ctx: Context, arg: str) -> Said:
    """No old reflections any more."""
    habit = notes.habit_of(ctx.session, ctx.person_id)
    habit.year_ago = False
    ctx.session.add(habit)
    ctx.session.flush()
    yearly.arm(ctx)
    return Answer(say("reflect-year-off"), to=Audience.NOTICE)


def _of(ctx: Context, day: date) -> Reflection | None:
    zone = yearly.zone_of(ctx)
    for note in notes.newest(ctx.session, ctx.person_id, limit=yearly.EVERYTHING):
        written = yearly.written(note, zone)
        if written.year < day.year and yearly.same_day(written, day.year) == day:
            return note
    return None


def _shown(ctx: Context, note: Reflection, day: date) -> Answer:
    years = day.year - yearly.written(note, yearly.zone_of(ctx)).year
    asked = say("reflect-asked", question=note.question) if note.question else None
    # The button below leads to all of it.
    words = note.words if len(note.words) <= LONGEST else f"{note.words[:LONGEST]}……"
    text = lines(say("reflect-year-ago", years=years), asked, plain(words))
    buttons = [
        [Button(say("reflect-year-open"), "reflect.open", str(note.id), only=note.person_id)],
        [Button(say("reflect-year-never"), "reflect.never", only=note.person_id)],
    ]
    return Answer(text, buttons, card=f"note:{note.id}", afresh=True)
