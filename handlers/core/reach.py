"""Whether what we promise for later gets through: not every platform lets a bot speak first."""

from enum import StrEnum
from typing import TYPE_CHECKING

from config.texts import Text, say

if TYPE_CHECKING:
    from handlers.core.context import Context


class Reach(StrEnum):
    """When a reminder gets to a chat."""

    ALWAYS = "always"
    LATELY = "lately"  # only while somebody has spoken there lately
    NEVER = "never"  # it is there to be asked for


def reach_note(ctx: "Context") -> Text | None:
    """What to know before relying on a reminder in this chat; None where it gets through."""
    return None if ctx.reach is Reach.ALWAYS else say(f"core-reach-{ctx.reach}")


def posts_note(ctx: "Context") -> Text | None:
    """What to know before relying on posts that are due week by week; None where they get through."""
    return None if ctx.reach is Reach.ALWAYS else say(f"core-posts-{ctx.reach}")
