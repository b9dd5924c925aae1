"""When a chat may hear something nobody asked for just now."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

POSTS_A_DAY = 3
MORNING = timedelta(minutes=10)  # the digest comes this long after the quiet hours end


def is_quiet(moment: time, begin: time, end: time) -> bool:
    """Whether *moment* lies in [begin, end), which may run over midnight; begin == end means never."""
    if begin <= end:
        return begin <= moment < end
    return moment >= begin or moment < end


def awake(moment: datetime, begin: time, end: time) -> datetime:
    """*moment* (local, aware), or the end of the quiet hours it falls in."""
    if not is_quiet(moment.time(), begin, end):
        return moment
    day = moment.date() if moment.time() < end else moment.date() + timedelta(days=1)
    return datetime.combine(day, end, moment.tzinfo)


def morning_after(moment: datetime, end: time) -> datetime:
    """When the digest of the day of *moment* (local, aware) comes: the next day, soon after quiet hours."""
    return datetime.combine(moment.date() + timedelta(days=1), end, moment.tzinfo) + MORNING


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Local midnight of *day* and of the next, as instants."""
    start = datetime.combine(day, time(0), zone)
    return start, datetime.combine(day + timedelta(days=1), time(0), zone)
