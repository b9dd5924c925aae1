"""When a person is shown what they wrote a year ago."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.core.context import Context, key
from storage.models.reflection import Reflection
from storage.queries import reflection as notes
from storage.queries.community import private_chat
from storage.queries.prompt import schedule_of

MORNING = time(8, 0)
APART = timedelta(days=7)
EVERYTHING = 100_000


def arm(ctx: Context) -> None:
    """Set when the person at hand is shown an old reflection next, after any change to what there is.

    Only who opened their private chat can be shown one; never two within a week.
    """
    chat = private_chat(ctx.session, ctx.person_id)
    if chat is None:
        return
    schedule = schedule_of(ctx.session, notes.YEAR_AGO, ctx.person_id)
    last = schedule.content.get("last")
    schedule.content = {"chat_id": key(chat.id), "person_id": ctx.person_id, "last": last}
    earliest = max(ctx.now, datetime.fromisoformat(last) + APART - timedelta(hours=1)) if last else ctx.now
    wanted = notes.habit_of(ctx.session, ctx.person_id).year_ago
    mine = notes.newest(ctx.session, ctx.person_id, limit=EVERYTHING) if wanted else []
    schedule.next_at = next_morning((written(one, zone_of(ctx)) for one in mine), earliest, zone_of(ctx))


def zone_of(ctx: Context) -> ZoneInfo:
    """The person's own zone, else the community's."""
    personal = ctx.person.zone if ctx.person else None
    return ZoneInfo(personal or (ctx.community.zone if ctx.community else "Asia/Shanghai"))


def written(note: Reflection, zone: ZoneInfo) -> date:
    """The writer's local day the reflection was written on."""
    return note.written_at.astimezone(zone).date()


def same_day(day: date, year: int) -> date:
    """*day* in another year; 29 February becomes 28 February where there is none."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def next_morning(days: Iterable[date], after: datetime, zone: ZoneInfo) -> datetime | None:
    """The first morning later than *after* that is the same day of a later year as one of *days*."""
    today = after.astimezone(zone).date()
    mornings = (
        datetime.combine(same_day(day, year), MORNING, zone).astimezone(UTC)
        for day in days
        for year in range(max(day.year + 1, today.year), max(day.year, today.year) + 2)
    )
    return min((morning for morning in mornings if morning > after), default=None)
