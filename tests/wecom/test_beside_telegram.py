"""One bot on two platforms at once."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.sandbox.server import Sandbox
from tests.chat import MONDAY, TOKEN
from tests.chat import Chat as TelegramChat
from tests.wecom.chat import WecomChat, open_wecom


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[tuple[WecomChat, TelegramChat]]:
    """The WeCom group, and beside it a Telegram group of the same bot."""
    sandbox = Sandbox(None, lambda: MONDAY, TOKEN, seed=False)
    await sandbox.start()
    telegram: dict[str, Any] = {
        "telegram_token": SecretStr(TOKEN),
        "telegram_base_url": sandbox.base_url,
        "telegram_base_file_url": sandbox.base_file_url,
    }
    async with open_wecom(tmp_path, **telegram) as chat:
        yield chat, TelegramChat(sandbox, chat.app, chat.clock)
        assert sandbox.complaints == []
    await sandbox.stop()


async def test_each_group_is_answered_where_it_is(both: tuple[WecomChat, TelegramChat]) -> None:
    wecom, telegram = both
    assert "我在" in await wecom.say("你好")
    assert "我在" in await telegram.say("/start")
    assert len(wecom.posts()) == len(telegram.posts()) == 1
    assert wecom.app.health() == {"ready": True, "telegram": "polling", "wecom": "connection"}
