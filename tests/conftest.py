"""Fixtures every test may ask for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import logs
from tests.chat import Chat, open_chat
from tests.settled import settle_in

pytest_plugins = ["tests.postgres"]
logs.set_up("CRITICAL")
# How long an example takes says something of the machine only.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """The whole bot in a group with a leader and four teachers, on SQLite, on Monday 2026-11-23 10:00."""
    async with open_chat(tmp_path) as opened:
        yield opened


@pytest.fixture
async def group(chat: Chat) -> Chat:
    """The same, after 王老师 set the community up and the four teachers joined; term began 2026-08-31."""
    await settle_in(chat)
    return chat
