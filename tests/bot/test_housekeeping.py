"""What is no longer needed is forgotten, and nothing else."""

from datetime import timedelta

from sqlmodel import col, func, select

from storage.models.delivery import Inbox, Outbox, Pending
from tests.chat import Chat


async def rows(chat: Chat) -> tuple[int, ...]:
    """How many claims, posts and open questions are kept."""
    tables = (Inbox.id, Outbox.id, Pending.id)
    return await chat.app.engine.submit(
        lambda session: tuple(session.exec(select(func.count(col(one)))).one() for one in tables)
    )


async def test_after_two_weeks_only_what_serves_is_left(group: Chat) -> None:
    await group.tell("帮助", by="林老师")
    await group.tell("/reflect", by="林老师")
    await group.app.scheduler.tidy()
    assert await rows(group) == (2, 2, 1)
    group.clock.advance(timedelta(days=8))
    await group.app.scheduler.tidy()
    assert await rows(group) == (2, 0, 0)
    group.clock.advance(timedelta(days=7))
    await group.app.scheduler.tidy()
    assert await rows(group) == (0, 0, 0)


async def test_what_waits_to_be_sent_is_never_forgotten(group: Chat) -> None:
    group.sandbox.faults.on("5xx", "sendMessage", status=502)
    await group.tell("帮助", by="林老师")
    group.clock.advance(timedelta(days=60))
    await group.app.scheduler.tidy()
    group.sandbox.faults.off()
    await group.wait(timedelta(minutes=2))
    assert "我是研伴" in group.last(group.private("林老师")).text
