"""Whatever is logged by us or by a library: no secret of any platform stands in it."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import structlog
from pydantic import SecretStr

from bot import logs
from config.settings import Settings

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


@pytest.fixture(autouse=True)
def quiet_again() -> Iterator[None]:
    """Afterwards nothing is logged, as before."""
    yield
    logs.set_up("CRITICAL")


def shown(capsys: pytest.CaptureFixture[str], line: str, secrets: Sequence[str] = ()) -> str:
    """*line* as a library logs it, and as we do, by somebody who was told of these *secrets*."""
    logs.set_up("DEBUG", secrets)
    logging.getLogger("some.library").error("%s", line)
    structlog.get_logger().error("it_failed", reason=line, all=[line])
    return capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        f"POST https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY} failed",
        f"Cannot connect to https://api.weixin.qq.com/cgi-bin/menu/create?a=1&access_token={KEY}&b=2",
        f'{{"access_token": "{KEY}", "expires_in": 7200}}',
        f"{{'bot_id': 'b', 'secret': '{KEY}'}}",
        f"GET /cgi-bin/token?appid=wx1&secret={KEY}",
        f"appsecret={KEY}; EncodingAESKey='{KEY}'",
        f'{{"url":"https://x.cn/1","aeskey":"{KEY}"}}',
        "https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe",
    ],
    ids=["robot", "token", "answer", "subscription", "old token", "settings", "file", "telegram"],
)
def test_what_looks_like_a_secret_is_blotted_out(capsys: pytest.CaptureFixture[str], line: str) -> None:
    said = shown(capsys, line)
    assert KEY not in said
    assert "AAHdqTcv" not in said
    assert said.count("[token]") >= 3


def test_every_secret_that_is_set_is_blotted_out_wherever_it_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = [name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)]
    values = {name: f"{number:02d}-{'x' * 40}" for number, name in enumerate(names)}
    given: dict[str, Any] = {name: SecretStr(value) for name, value in values.items()}
    settings = Settings(wecom_bot_id="b", wechat_app_id="wx1", **given)
    said = shown(capsys, f"some words: {'/'.join(values.values())}", settings.secrets)
    assert not [name for name, value in values.items() if value in said]


@pytest.mark.parametrize(
    "line",
    [
        "YANBAN_WECHAT_APP_SECRET: WeChat does not know this secret (40125)",
        "UNIQUE constraint failed: outbox.key",
        "the key is only for https://qyapi.weixin.qq.com",
        "a token is asked for; secret or not",
    ],
)
def test_what_only_speaks_of_secrets_stays(capsys: pytest.CaptureFixture[str], line: str) -> None:
    assert shown(capsys, line).count(line) == 3
