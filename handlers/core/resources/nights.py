"""When the library does something by itself: a quiet look at its links at night, and Monday mornings."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from handlers.core.context import key
from storage.models.community import Community
from storage.queries.due import arrange

NIGHTLY, LAST_YEAR = "deadlinks", "lastyear"


def next_night(now: datetime, community: Community) -> datetime:
    """The next moment between 3 and 4 in the community's night; which minute depends on the community."""
    local = now.astimezone(ZoneInfo(community.zone))
    moment = datetime.combine(local.date(), time(3, key(community.id) % 60), local.tzinfo)
    return (moment if moment > local else moment + timedelta(days=1)).astimezone(UTC)


def next_monday(now: datetime, community: Community) -> datetime:
    """Next Monday at 8 in the community's morning."""
    local = now.astimezone(ZoneInfo(community.zone))
    monday = local.date() + timedelta(days=7 - local.weekday())
    return datetime.combine(monday, time(8), local.tzinfo).astimezone(UTC)


def plan(session: Session, community: Community, now: datetime) -> None:
    """Have both happen from now on."""
    number = key(community.id)
    arrange(session, NIGHTLY, number, number, next_night(now, community))
    arrange(session, LAST_YEAR, number, number, next_monday(now, community))
