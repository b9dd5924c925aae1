"""A bot that can no longer hear says so: health, and an exit code (reliability test 9)."""

import sqlite3
from pathlib import Path

from bot.commands import DEAF
from tests.chat import TOKEN, Chat
from tests.reliability.process import empty_world, ended, start, wait_for

SHORT = "import asyncio, bot.commands; asyncio.run(bot.commands.run(patience=0.1))"


def locked(group: Chat) -> sqlite3.Connection:
    """Another program that holds the database until it rolls back."""
    path = group.app.settings.database_url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


async def test_health_tells_that_the_store_fails_and_that_it_is_well_again(group: Chat) -> None:
    await wait_for(lambda: group.app.health()["ready"])
    await group.app.engine.submit(
        lambda session: session.connection().exec_driver_sql("PRAGMA busy_timeout=20").close()
    )
    other = locked(group)
    group.world.tell("林老师", "帮助")
    await wait_for(lambda: not group.app.health()["ready"])
    other.execute("ROLLBACK")
    other.close()
    await wait_for(lambda: group.app.health()["ready"])
    await group.settle()
    assert "我是研伴" in group.last(group.private("林老师")).text


async def test_a_revoked_token_ends_the_process_with_one_clear_line(tmp_path: Path) -> None:
    async with empty_world() as sandbox:
        process = await start(tmp_path, sandbox.base_url, ("-c", SHORT))
        await wait_for(sandbox.polling.reading.is_set)
        sandbox.token = "123456:ANOTHER-TOKEN-THAT-BOTFATHER-GAVE-LATER"
        await sandbox.go_down()
        await sandbox.come_up()
        code, said = await ended(process)
    assert code == 1
    assert said.strip().splitlines()[-1] == DEAF
    assert "Traceback" not in said
    assert TOKEN not in said


async def test_while_it_hears_it_stays(group: Chat) -> None:
    await wait_for(lambda: group.app.health()["ready"])
    await group.tell("帮助", by="林老师")
    assert group.app.health() == {"ready": True, "telegram": "polling"}
