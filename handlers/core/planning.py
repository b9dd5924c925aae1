"""The rhythm of a community's prompts."""

import re
from datetime import time

from sqlmodel import Session

from config import prompts
from handlers.core.calendar import calendar_of
from handlers.core.context import Context, key
from handlers.core.weekly import Rhythm
from handlers.core.when import read
from handlers.core.when.numerals import NUM, number
from storage.models.community import Community
from storage.models.prompt import PromptPlan
from storage.queries.prompt import schedule_of

OWN = "own"
LAST_WEEK = 30
WEEKLY = re.compile("FREQ=WEEKLY;BYDAY=[A-Z]{2}")
WEEKS = re.compile(rf"({NUM})(?:\s*周?\s*(?:[-–—~～至到]|to)\s*第?\s*({NUM}))?")


def rhythm(session: Session, community: Community, plan: PromptPlan) -> Rhythm:
    """When the community's plan has its turns."""
    return Rhythm(
        plan.weekday,
        plan.at,
        calendar_of(session, community),
        community.term_weeks,
        frozenset(plan.exam_weeks),
        prompts.model(plan.model).cadence == "monthly",
    )


def arm(ctx: Context, plan: PromptPlan) -> PromptPlan:
    """Set when the plan is due next, after any change to it."""
    schedule = schedule_of(ctx.session, "prompt", key(plan.id), plan.community_id)
    schedule.next_at = None if plan.paused else rhythm(ctx.session, ctx.here, plan).look_again(ctx.now)
    return plan


def read_moment(ctx: Context, words: str) -> tuple[int, time] | None:
    """The weekday and wall time of *words*; None when they say anything else, such as every other week."""
    reading = read(f"{words} …", ctx.now, calendar_of(ctx.session, ctx.here))
    if reading.start is None or reading.title or (reading.rule and not WEEKLY.fullmatch(reading.rule.rrule)):
        return None
    return reading.start.weekday(), reading.start.time()


def read_weeks(words: str) -> list[int]:
    """The teaching weeks named in *words* ("第19-20周", "9、10、20"), ascending; only 1 to 30 count."""
    found: set[int] = set()
    for match in WEEKS.finditer(words):
        first, last = number(match[1]), number(match[2] or match[1])
        if first is not None and last is not None and last - first < LAST_WEEK:
            found |= set(range(first, last + 1))
    return sorted(week for week in found if 1 <= week <= LAST_WEEK)


def joined(weeks: list[int]) -> str:
    """Week numbers to be shown."""
    return "、".join(map(str, weeks))
