"""A handler that breaks, a database that is full or locked: what was said is kept, the next are served."""

import asyncio
import sqlite3
import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, func, select

from bot.engine import Unavailable
from config.texts import plain
from handlers.core.answer import Said
from handlers.core.context import Context
from handlers.core.router import Router
from storage.models.delivery import Inbox
from tests.chat import Chat

SORRY = "这件事我没处理好，已经记下，会再试。你不用重发。"


class Fragile:
    """A command that breaks as often as it is told to."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.router = Router()
        self.router.command("fragile")(self.handle)

    def handle(self, ctx: Context) -> Said:
        """Break, or answer."""
        if self.left:
            self.left -= 1
            raise RuntimeError("林老师的秘密")
        return plain("这次成了")


def fragile(chat: Chat, times: int) -> None:
    chat.app.router.include(Fragile(times).router)


async def failed(chat: Chat) -> list[tuple[str, bool]]:
    """(state, whether the raw update is kept) of every update that was not handled at once."""
    query = select(Inbox.state, col(Inbox.raw).is_not(None)).where(col(Inbox.attempts) > 1)
    return await chat.app.engine.submit(lambda session: [(row[0], row[1]) for row in session.exec(query)])


async def test_a_broken_handler_gets_a_kind_word_and_another_try(group: Chat) -> None:
    # Twice, because work that fails among others is done once more by itself.
    fragile(group, times=2)
    assert await group.tell("/fragile", by="林老师") == SORRY
    await group.wait(timedelta(seconds=15))
    assert group.last(group.private("林老师")).text == "这次成了"


async def test_what_stays_broken_is_set_aside_after_three_tries(group: Chat) -> None:
    fragile(group, times=99)
    assert await group.tell("/fragile", by="林老师") == SORRY
    assert "我是研伴" in await group.tell("帮助", by="林老师")
    await group.wait(timedelta(minutes=10))
    assert await failed(group) == [("dead", True)]
    assert [post.text for post in group.posts(group.private("林老师"))].count(SORRY) == 1


async def test_no_log_line_tells_what_was_private(group: Chat, capsys: pytest.CaptureFixture[str]) -> None:
    fragile(group, times=1)
    await group.tell("/fragile", by="林老师")
    assert "秘密" not in "".join(capsys.readouterr())


async def test_a_full_disk_is_waited_for_and_nothing_is_lost(group: Chat) -> None:
    await group.app.engine.submit(lambda session: fill(session, group))
    teachers = ["林老师", "周老师", "何老师", "孙老师"] * 10
    for number, name in enumerate(teachers):
        group.world.tell(name, f"帮助 {'没有的命令' * 50}{number}")
    while group.app.health()["ready"]:
        await tick()
    await group.app.engine.submit(lambda session: make_room(session))
    while group.world.pending_updates():
        await tick()
    await group.settle()
    answers = [len(group.posts(group.private(name))) for name in teachers[:4]]
    assert answers == [10, 10, 10, 10]


async def tick() -> None:
    await asyncio.sleep(0.02)


def fill(session: Session, group: Chat) -> None:
    """Let the database file grow no further."""
    pages = session.connection().execute(text("PRAGMA page_count")).scalar_one()
    session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def make_room(session: Session) -> None:
    session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")


async def test_a_locked_database_is_waited_for(group: Chat) -> None:
    path = group.app.settings.database_url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(1.0, lambda: other.execute("COMMIT")).start()
    assert "我是研伴" in await group.tell("帮助", by="林老师")
    other.close()
    assert (
        await group.app.engine.submit(lambda session: session.exec(select(func.count(col(Inbox.id)))).one())
        == 1
    )


async def test_what_comes_after_the_end_is_refused_at_once(chat: Chat) -> None:
    engine = chat.app.engine
    await chat.restart()
    with pytest.raises(Unavailable):
        await engine.submit(lambda session: None)
