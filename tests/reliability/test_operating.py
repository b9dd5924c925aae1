"""As an operator sees it: a damaged file, a stop under load, and a token that never shows."""

import signal
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from bot.sandbox.server import Sandbox
from config.settings import load_settings
from storage.database import open_database
from storage.models.delivery import Inbox
from storage.models.resource import Resource
from tests.chat import TOKEN, Chat
from tests.reliability.process import (
    RUN,
    TEACHER,
    database_url,
    empty_world,
    ended,
    found,
    start,
    unsent,
    wait_for,
)
from tests.reliability.storm import _number

UPDATES, GROUPS = 200, 4
NOWHERE = "http://127.0.0.1:9/bot"
RESTORE = "python -m bot restore"
SECRET = TOKEN.partition(":")[2]


@pytest.mark.parametrize("words", [RUN, ("-m", "bot", "migrate")], ids=["run", "migrate"])
@pytest.mark.parametrize("kind", ["no database", "bytes inside"])
async def test_a_damaged_file_is_refused_and_the_way_back_named(
    tmp_path: Path, words: tuple[str, ...], kind: str
) -> None:
    async with empty_world() as sandbox:
        found(sandbox, tmp_path, groups=1)
    file = tmp_path / "yanban.db"
    damaged = bytearray(b"x" * 8192 if kind == "no database" else file.read_bytes())
    damaged[4096 : 4096 + 40_000] = b"\xa5" * 40_000
    file.write_bytes(damaged)
    code, said = await ended(await start(tmp_path, NOWHERE, words))
    assert code == 3
    assert RESTORE in said
    assert "Traceback" not in said
    assert file.read_bytes() == bytes(damaged)


def say_all(sandbox: Sandbox, rooms: list[int]) -> None:
    for number in range(UPDATES):
        room = rooms[number % GROUPS]
        sandbox.world.say(TEACHER, room, f"/share https://example.org/r/{number} 第{number}份")


def sends(sandbox: Sandbox) -> int:
    return sum(request.method == "sendMessage" for request in sandbox.requests)


async def test_a_stop_under_load_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    async with empty_world() as sandbox:
        rooms = found(sandbox, tmp_path, GROUPS)
        database = open_database(database_url(tmp_path))
        process = await start(tmp_path, sandbox.base_url)
        say_all(sandbox, rooms)
        await wait_for(lambda: sends(sandbox) >= 10)
        process.send_signal(signal.SIGTERM)
        assert await ended(process) == (0, "")
        process = await start(tmp_path, sandbox.base_url)
        await wait_for(lambda: left(database) == (UPDATES, 0, UPDATES))
        process.send_signal(signal.SIGTERM)
        assert await ended(process) == (0, "")
        database.dispose()
        posts = [post for room in rooms for post in sandbox.world.messages(room) if post.from_bot]
    assert Counter(_number(post.text) for post in posts) == Counter(range(UPDATES))


def left(database: Engine) -> tuple[int, int, int]:
    """Updates handled, posts not yet sent, and what was shared."""
    with Session(database) as session:
        handled = session.exec(select(func.count(col(Inbox.id)))).one()
        return handled, unsent(session), session.exec(select(func.count(col(Resource.id)))).one()


async def test_the_token_shows_nowhere(tmp_path: Path) -> None:
    async with empty_world() as sandbox:
        rooms = found(sandbox, tmp_path, GROUPS)
        for kind in ("5xx", "truncated", "reset before"):
            sandbox.faults.on(kind, "sendMessage", times=1)
            sandbox.faults.on(kind, "getUpdates", times=1)
        process = await start(tmp_path, sandbox.base_url, YANBAN_LOG_LEVEL="DEBUG", PYTHONASYNCIODEBUG="1")
        for room in rooms:
            sandbox.world.say(TEACHER, room, "/help")
        await wait_for(lambda: sends(sandbox) >= len(rooms))
        copy = await start(tmp_path, NOWHERE, ("-m", "bot", "backup", str(tmp_path / "copy")))
        saved = await ended(copy)
        process.send_signal(signal.SIGTERM)
        code, said = await ended(process)
    assert (saved[0], code) == (0, 0)
    assert "ready" in said
    assert SECRET not in said + saved[1]
    assert holding_it(tmp_path) == []


def holding_it(folder: Path) -> list[str]:
    """Files that hold the token: database, journal, backup or any other."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 2
    return [path.name for path in files if SECRET.encode() in path.read_bytes()]


async def test_no_part_tells_the_token_when_printed(group: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANBAN_TELEGRAM_TOKEN", TOKEN)
    app = group.app
    parts = [app, app.settings, app.telegram, app.telegram.poller, app.courier, app.jobs, app.scheduler]
    for part in [*parts, load_settings(), app.dispatcher, app.web, app.engine]:
        assert SECRET not in f"{part!r} {part}"
