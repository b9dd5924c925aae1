"""A WeCom group for every test that asks for one."""

from collections.abc import AsyncIterator, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import logs
from tests.wecom.chat import WecomChat, open_wecom, settle_in


@pytest.fixture
async def wecom(tmp_path: Path) -> AsyncIterator[WecomChat]:
    """The whole bot in a WeCom group nobody has set up, on Monday 2026-11-23 10:00."""
    async with open_wecom(tmp_path) as opened:
        yield opened


@pytest.fixture
async def staff(wecom: WecomChat) -> WecomChat:
    """The same, after 王老师 set the community up and the four teachers joined and spoke to the bot."""
    await settle_in(wecom)
    return wecom


@pytest.fixture
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    """The lines of the log, as they are written."""
    logs.set_up("INFO")
    with capture_logs() as lines:
        yield lines
    logs.set_up("CRITICAL")
