"""The webhook: 200 only after the commit, and only for who knows the secret."""

import json
import socket
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from sqlmodel import col, func, select

from bot.adapters.base import Unwelcome
from bot.adapters.telegram.webhook import PATH, SECRET_HEADER
from bot.web import LARGEST, Web
from config.settings import SettingsError, load_settings
from storage.models.delivery import Inbox
from tests.chat import TOKEN, Chat, open_chat
from tests.settled import settle_in

SECRET = "a-secret-of-the-tests-0123456789-abcdef"
UPDATE = {
    "update_id": 800_000_001,
    "message": {
        "message_id": 5,
        "date": 1_795_000_000,
        "from": {"id": 99, "is_bot": False, "first_name": "郑老师"},
        "chat": {"id": 99, "type": "private", "first_name": "郑老师"},
        "text": "帮助",
    },
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
async def hooked(tmp_path: Path) -> AsyncIterator[Chat]:
    """The bot behind a webhook, with the community set up."""
    port = free_port()
    more: dict[str, Any] = {
        "telegram_webhook_url": f"http://127.0.0.1:{port}{PATH}",
        "telegram_webhook_secret": SecretStr(SECRET),
        "http_port": port,
    }
    async with open_chat(tmp_path, **more) as opened:
        await settle_in(opened)
        yield opened


async def post(chat: Chat, secret: str | None, body: object = UPDATE) -> int:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    url = f"http://127.0.0.1:{chat.app.settings.http_port}{PATH}"
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(url, data=BytesIO(data)) as answer,
    ):
        return answer.status


async def kept(chat: Chat) -> int:
    return await chat.app.engine.submit(lambda session: session.exec(select(func.count(col(Inbox.id)))).one())


@pytest.mark.parametrize(
    ("host", "line"), [("127.0.0.1", "^YANBAN_HTTP_PORT: "), ("192.0.2.1", "^YANBAN_HTTP_HOST: ")]
)
async def test_a_place_that_cannot_be_had_is_named(host: str, line: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        web = Web(host, taken.getsockname()[1])
        with pytest.raises(Unwelcome, match=line):
            await web.start()
        await web.stop()


async def test_what_is_said_comes_in_by_the_webhook(hooked: Chat) -> None:
    assert "我是研伴" in await hooked.tell("帮助", by="林老师")


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "å"])
async def test_who_does_not_know_the_secret_is_turned_away(hooked: Chat, secret: str | None) -> None:
    assert await post(hooked, secret) == 403
    assert await kept(hooked) == 0


async def test_a_repeated_call_is_answered_200_and_handled_once(hooked: Chat) -> None:
    assert [await post(hooked, SECRET), await post(hooked, SECRET)] == [200, 200]
    assert await kept(hooked) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"update_id": "x"}', b"[" * 10_000])
async def test_what_is_no_update_is_refused(hooked: Chat, body: bytes) -> None:
    assert await post(hooked, SECRET, body) == 400
    assert await kept(hooked) == 0


async def test_a_body_beyond_any_update_is_refused(hooked: Chat) -> None:
    assert await post(hooked, SECRET, b'{"update_id": 1, "x": "' + b"x" * LARGEST + b'"}') == 413


@pytest.mark.parametrize("secret", [None, "short"])
def test_a_webhook_without_a_good_secret_is_not_started(
    secret: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANBAN_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("YANBAN_TELEGRAM_WEBHOOK_URL", "https://bot.example.edu.cn/telegram")
    if secret:
        monkeypatch.setenv("YANBAN_TELEGRAM_WEBHOOK_SECRET", secret)
    with pytest.raises(SettingsError, match="YANBAN_TELEGRAM_WEBHOOK_SECRET"):
        load_settings()
