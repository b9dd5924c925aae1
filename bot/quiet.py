"""Holds back what nobody asked for just now: quiet hours, holidays, muted people, three posts a day."""

from datetime import UTC, datetime
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from config.calendars import DayKind
from handlers.core import quiet
from handlers.core.answer import Answer
from handlers.core.calendar import calendar_of
from handlers.core.context import Context, key
from handlers.core.message import Kind
from storage.models.community import Chat, Community, Person
from storage.models.delivery import SCHEDULED
from storage.models.due import Schedule
from storage.models.quiet import Held
from storage.queries.delivery import close_card
from storage.queries.quiet import digest_of, posts_between

Row = dict[str, Any]
Day = tuple[datetime, datetime]


def hush(ctx: Context, chat: Chat, answer: Answer, rows: list[Row]) -> list[Row]:
    """The outbox rows that may go out, with the moment they may; the rest is held or dropped."""
    if _is_direct(ctx, chat, answer) or ctx.community is None:
        return rows
    for row in rows:
        row["priority"] = quiet_priority(ctx)
    if chat.private:
        kept = _to_person(ctx, chat, answer, rows)
    else:
        kept = _to_group(ctx, chat, answer, rows, ctx.community)
    for row in _posts([row for row in rows if row not in kept]):
        if row["card"]:
            close_card(ctx.session, key(chat.id), row["card"])
    return kept


def quiet_priority(ctx: Context) -> int:
    """What the bot says of its own accord waits behind answers and counts against the day's budget."""
    return SCHEDULED if ctx.message.kind is Kind.DUE else 1


def _is_direct(ctx: Context, chat: Chat, answer: Answer) -> bool:
    return chat is ctx.chat and ctx.message.kind is not Kind.DUE and answer.urgent


def _to_person(ctx: Context, chat: Chat, answer: Answer, rows: list[Row]) -> list[Row]:
    person = ctx.session.get(Person, chat.person_id) if chat.person_id else None
    if person is not None and person.muted_until is not None and person.muted_until > ctx.now:
        # What changes quietly disturbs nobody, and may be words that are taken back.
        return [row for row in rows if row["method"] == "edit"]
    if answer.chosen or ctx.community is None:
        return rows
    # Who follows in private is spared what a group is spared.
    return _to_group(ctx, chat, answer, rows, ctx.community)


def _to_group(ctx: Context, chat: Chat, answer: Answer, rows: list[Row], community: Community) -> list[Row]:
    rows = rows if answer.chosen else _wait(ctx, rows, community)
    posts = _posts(rows)
    if ctx.message.kind is not Kind.DUE or not posts or answer.digest:
        return rows
    local = _heard(posts, community)
    if posts_between(ctx.session, key(chat.id), *day_of(posts, community)) < quiet.POSTS_A_DAY:
        return rows
    _hold(ctx, chat, posts, local, community)
    return [row for row in rows if row not in posts]


def hush_all(ctx: Context, rows: list[Row]) -> None:
    """Put off what any group like that of *ctx* is told, unless it has heard enough that day."""
    for row in rows:
        row["priority"] = quiet_priority(ctx)
    _wait(ctx, rows, ctx.here)


def day_of(posts: list[Row], community: Community) -> Day:
    """When the day begins and ends on which the community hears these posts."""
    return quiet.bounds(_heard(posts, community).date(), ZoneInfo(community.zone))


def _posts(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["method"] in ("post", "file")]


def _heard(posts: list[Row], community: Community) -> datetime:
    """When the last of them comes, by the community's clock."""
    last: datetime = max(row["not_before"] for row in posts)
    return last.astimezone(ZoneInfo(community.zone))


def _wait(ctx: Context, rows: list[Row], community: Community) -> list[Row]:
    """Put the rows off until the quiet hours, and a holiday, are over; what expires by then is dropped."""
    free = cache(partial(_free_moment, ctx, community=community))
    for row in rows:
        if row["method"] != "edit":
            row["not_before"] = free(row["not_before"])
    return [row for row in rows if row["expires_at"] is None or row["expires_at"] > row["not_before"]]


def _free_moment(ctx: Context, moment: datetime, community: Community) -> datetime:
    calendar = calendar_of(ctx.session, community)
    local = quiet.awake(moment.astimezone(ZoneInfo(community.zone)), community.quiet_from, community.quiet_to)
    while calendar.day(local.date()).kind is DayKind.OFF:
        local = quiet.morning_after(local, community.quiet_to)
    return local.astimezone(UTC)


def _hold(ctx: Context, chat: Chat, posts: list[Row], local: datetime, community: Community) -> None:
    for row in posts:
        ctx.session.add(
            Held(
                chat_id=key(chat.id),
                payload=row["payload"],
                expires_at=row["expires_at"],
                created_at=ctx.now,
            )
        )
    schedule = digest_of(ctx.session, key(chat.id)) or Schedule(
        kind="quiet", ref_id=key(chat.id), community_id=community.id, content={"chat_id": chat.id}
    )
    schedule.next_at = schedule.next_at or quiet.morning_after(local, community.quiet_to).astimezone(UTC)
    ctx.session.add(schedule)
