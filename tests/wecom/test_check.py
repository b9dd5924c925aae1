"""`python -m bot check` for a bot at WeCom."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.checkup import check
from bot.clock import system_clock
from bot.sandbox.wecom.gateway import Gateway
from tests.wecom.chat import open_wecom, settings_for


async def test_a_right_and_a_wrong_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gateway = Gateway(system_clock)
    await gateway.start()
    await check(settings_for(gateway, tmp_path))
    assert "✓ WeCom: knows the bot and its secret" in capsys.readouterr().out
    assert await check(settings_for(gateway, tmp_path, wecom_bot_secret=SecretStr("another"))) == 1
    said = capsys.readouterr().out
    assert "✗ YANBAN_WECOM_BOT_SECRET: " in said
    assert "another" not in said
    assert "TELEGRAM" not in said
    await gateway.stop()
    await check(settings_for(gateway, tmp_path))
    assert "✗ WeCom: cannot be reached" in capsys.readouterr().out


async def test_a_running_bot_is_not_disturbed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with open_wecom(tmp_path, now=system_clock()) as chat:
        await check(chat.app.settings)
        assert "✓ WeCom: a running Yanban is connected" in capsys.readouterr().out
        assert chat.gateway.begun == 1
        assert "我在" in await chat.say("你好")
