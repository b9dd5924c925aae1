"""`python -m bot check` on every platform but Telegram, which test_cli looks at."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.checkup import check
from bot.checkup.wechat import REASONS
from bot.clock import MovableClock
from bot.sandbox.webhook import PushRobot
from config.settings import Settings
from tests.chat import MONDAY, Chat, open_chat
from tests.codes import code_in
from tests.settled import settle_in

SECRET = "S3CRET-OF-THE-TESTS"
Serve = Callable[[web.Application], Any]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Puts an application on loopback; gives its host and port."""
    runners = []

    async def begin(app: web.Application) -> str:
        runner = web.AppRunner(app)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        return f"{host}:{port}"

    yield begin
    for runner in runners:
        await runner.cleanup()


async def findings(capsys: pytest.CaptureFixture[str], settings: Settings) -> list[str]:
    """The lines of a check, in which no secret may stand."""
    await check(settings)
    said = capsys.readouterr().out
    assert SECRET not in said
    return said.splitlines()


def with_wechat(folder: Path, host: str, **more: Any) -> Settings:
    """An Official Account at *host*."""
    usual: dict[str, Any] = {
        "wechat_app_id": "wx1",
        "wechat_app_secret": SecretStr(SECRET),
        "wechat_token": SecretStr("tokenOfTheTests1"),
        "wechat_aes_key": SecretStr("k" * 43),
        "wechat_url": f"http://{host}",
    }
    return Settings(data_dir=folder, **usual | more)


def tokens(answer: dict[str, Any]) -> web.Application:
    """stable_token that answers so."""

    async def stable_token(request: web.Request) -> web.Response:
        asked = await request.json()
        assert (asked["appid"], asked["secret"]) == ("wx1", SECRET)
        assert not asked.get("force_refresh")
        return web.json_response(answer)

    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", stable_token)
    return app


@pytest.mark.parametrize(
    ("kind", "may"), [("personal", "cannot speak up"), ("subscription", "48 hours"), ("service", "template")]
)
async def test_an_account_that_is_well(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, may: str
) -> None:
    host = await serve(tokens({"access_token": "T", "expires_in": 7200}))
    lines = await findings(capsys, with_wechat(tmp_path, host, wechat_kind=kind))
    assert "✓ Official Account: WeChat takes the AppID and the AppSecret" in lines
    assert "✓ Official Account: the server settings are complete" in lines
    assert any(line.startswith(f"✓ Official Account: as {kind}") and may in line for line in lines)
    assert not any("TELEGRAM" in line for line in lines)


@pytest.mark.parametrize("code", [*REASONS, 50000])
async def test_why_an_account_is_refused(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    host = await serve(tokens({"errcode": code, "errmsg": "no"}))
    lines = await findings(capsys, with_wechat(tmp_path, host))
    assert f"✗ Official Account: {REASONS.get(code, f'WeChat refuses with {code}')}" in lines


async def test_a_key_of_the_wrong_length_and_nobody_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = with_wechat(tmp_path, "127.0.0.1:9", wechat_aes_key=SecretStr("short"))
    lines = await findings(capsys, settings)
    assert "✗ YANBAN_WECHAT_AES_KEY: has to be 43 letters and digits" in lines
    assert any(line.startswith("✗ Official Account: WeChat cannot be reached") for line in lines)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("YANBAN_WECHAT_AES_KEY", {"wechat_aes_key": SecretStr("研" * 43)}),
        ("YANBAN_WECHAT_TOKEN", {"wechat_token": SecretStr("a token")}),
    ],
)
async def test_server_settings_the_console_does_not_take(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, wrong: dict[str, Any]
) -> None:
    lines = await findings(capsys, with_wechat(tmp_path, "127.0.0.1:9", **wrong))
    assert any(line.startswith(f"✗ {name}: has to be") for line in lines)


@pytest.mark.parametrize("typed", ["https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=S3CRET", "a b", ""])
async def test_more_than_the_key_of_the_push_robot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    settings = Settings(data_dir=tmp_path, wecom_webhook_key=SecretStr(typed))
    lines = await findings(capsys, settings)
    assert "✗ YANBAN_WECOM_WEBHOOK_KEY: only what follows key= in the robot's address" in lines
    assert "S3CRET" not in "".join(lines)


async def test_the_gateway_of_wecom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys: dict[str, Any] = {"wecom_bot_id": "bot", "wecom_bot_secret": SecretStr(SECRET)}
    gone = await findings(capsys, Settings(wecom_url="ws://127.0.0.1:9", data_dir=tmp_path, **keys))
    assert any(line.startswith("✗ WeCom: cannot be reached") for line in gone)


async def test_the_push_robot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    robot = PushRobot(MovableClock(MONDAY), SECRET)
    url = await robot.start()
    async with open_chat(tmp_path, wecom_webhook_key=SecretStr(SECRET), wecom_webhook_url=url) as chat:
        await settle_in(chat)
        await chat.settle()
        before = len(robot.posts)
        assert "not connected yet" in await robot_lines(chat, capsys)
        assert len(robot.posts) == before
        await chat.say(f"/link {code_in(robot.posts[0].content)}")
        said = await robot_lines(chat, capsys)
        assert "its group belongs to “三年级数学教研组”" in said
        assert "shows only with its next post" in said
    await robot.stop()


async def robot_lines(chat: Chat, capsys: pytest.CaptureFixture[str]) -> str:
    """What the check says of the robot."""
    lines = await findings(capsys, chat.app.settings)
    return "\n".join(line for line in lines if "push robot" in line)
