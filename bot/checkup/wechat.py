"""What WeChat says of our Official Account."""

import re
from collections.abc import AsyncIterator

import aiohttp
from pydantic import SecretStr

from bot.checkup.line import PATIENCE, Json, Line
from config.settings import Settings

AES_KEY = re.compile(r"[A-Za-z0-9]{43}")
TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")
REASONS = {
    40001: "YANBAN_WECHAT_APP_SECRET is not the one of this account",
    40013: "YANBAN_WECHAT_APP_ID is not known",
    40125: "YANBAN_WECHAT_APP_SECRET is not the one of this account",
    40164: "add this machine's address to the account's IP whitelist",
}
MAY = {
    "personal": "answers only; it cannot speak up by itself, so nothing is reminded of",
    "subscription": "answers, and up to 5 messages in the 48 hours after somebody wrote",
    "service": "answers, up to 5 messages in the 48 hours after somebody wrote, and template messages",
}


async def wechat(settings: Settings) -> AsyncIterator[Line]:
    """Whether the account's secret is taken, its server settings are whole, and what it may do."""
    if settings.wechat_app_id is None:
        return
    yield _server(settings)
    yield await _token(settings)
    yield True, f"Official Account: as {settings.wechat_kind} it may do this: {MAY[settings.wechat_kind]}"
    if settings.wechat_kind == "service" and not settings.wechat_template:
        yield True, "YANBAN_WECHAT_TEMPLATE: not set; no reminders outside the 48 hours"


def _server(settings: Settings) -> Line:
    if AES_KEY.fullmatch(_plain(settings.wechat_aes_key)) is None:
        return False, "YANBAN_WECHAT_AES_KEY: has to be 43 letters and digits"
    if TOKEN.fullmatch(_plain(settings.wechat_token)) is None:
        return False, "YANBAN_WECHAT_TOKEN: has to be 3 to 32 letters and digits"
    return True, "Official Account: the server settings are complete"


async def _token(settings: Settings) -> Line:
    """A token is asked for as the bot does: the one in use stays good."""
    given = {
        "grant_type": "client_credential",
        "appid": settings.wechat_app_id,
        "secret": _plain(settings.wechat_app_secret),
    }
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.post(f"{settings.wechat_url}/cgi-bin/stable_token", json=given) as response,
        ):
            answer: Json = await response.json(content_type=None)
            code = int(answer.get("errcode", 0))
            taken = bool(answer.get("access_token"))
    except (aiohttp.ClientError, TimeoutError, ValueError, AttributeError) as error:
        return False, f"Official Account: WeChat cannot be reached ({type(error).__name__})"
    if taken:
        return True, "Official Account: WeChat takes the AppID and the AppSecret"
    return False, f"Official Account: {REASONS.get(code, f'WeChat refuses with {code}')}"


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
