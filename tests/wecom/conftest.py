"""A WeCom group for every test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

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
