"""The few calls of the Official Account interface we make, on the HTTP library everything here uses."""

import asyncio
import json
from typing import Any

import aiohttp
import structlog

from bot.adapters.base import Closed, Gone, Paused, Refused, Undelivered, Unknown, Unreachable, Unwelcome
from bot.adapters.wechat_oa.credential import Token
from bot.clock import Clock
from bot.engine import Engine

log = structlog.get_logger()
TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
TOKEN_REFUSED = frozenset({40001, 40014, 42001})
WRONG_SECRET = frozenset({40001, 40013, 40125, 41002, 41004})
NOT_LISTED = 40164
BUSY = -1
TRIES, PAUSE = 3, 0.3
PARK = 60.0


class Missing(Undelivered):
    """The account has no right to this interface."""


class Full(Closed):
    """The platform counted more messages than it allows after what the person did last."""


class Client:
    """*address*: https://api.weixin.qq.com; *secret* goes nowhere but into the request for a token."""

    def __init__(self, address: str, app_id: str, secret: str, engine: Engine, clock: Clock) -> None:
        self._address, self._app_id, self._secret = address, app_id, secret
        self._session: aiohttp.ClientSession | None = None
        self._token = Token(app_id, secret, engine, clock, self._fetch)
        self.pause = PAUSE

    def __repr__(self) -> str:
        return f"Client({self._app_id})"

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def introduce(self) -> None:
        """Get a token, if the platform can be reached; raises Unwelcome for a secret it does not know."""
        try:
            await self._token.get()
        except Undelivered:
            return

    async def send_text(self, openid: str, text: str) -> None:
        """A customer-service message; raises Undelivered."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        await self.call("message/custom/send", body)

    async def send_template(self, openid: str, template: str, data: dict[str, str]) -> None:
        """A template message of a service account; raises Undelivered."""
        body = {"touser": openid, "template_id": template, "data": _values(data)}
        await self.call("message/template/send", body)

    async def send_notice(self, openid: str, template: str, data: dict[str, str]) -> None:
        """A notice the person allowed once; raises Undelivered."""
        body = {"touser": openid, "template_id": template, "data": _values(data)}
        await self.call("message/subscribe/bizsend", body)

    async def create_code(self, scene: str, seconds: int | None) -> dict[str, Any]:
        """A QR code that leads here with *scene* (1-64 characters): {ticket, url}; None: for ever."""
        lasting = {"action_name": "QR_LIMIT_STR_SCENE"}
        passing = {"action_name": "QR_STR_SCENE", "expire_seconds": seconds}
        info = {"action_info": {"scene": {"scene_str": scene}}}
        return await self.call("qrcode/create", (lasting if seconds is None else passing) | info)

    async def create_menu(self, buttons: list[dict[str, Any]]) -> None:
        """Replace the account's menu; raises Undelivered."""
        await self.call("menu/create", {"button": buttons})

    async def call(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        """What *method* answers; the token is renewed once if it is refused. Raises Undelivered."""
        token = await self._good_token()
        answer = await self._insist(method, body, token)
        if answer.get("errcode") in TOKEN_REFUSED:
            answer = await self._insist(method, body, await self._good_token(refused=token))
        if error := _undelivered(answer):
            raise error
        return answer

    async def _good_token(self, refused: str | None = None) -> str:
        """A secret changed while we run costs nobody a message: it goes when the secret is right again."""
        try:
            return await self._token.get(refused)
        except Unwelcome as error:
            log.error("secret_refused", reason=str(error))
            raise Unreachable("secret refused") from None

    async def _fetch(self, force: bool) -> tuple[str, int]:
        """A token and the seconds it lasts; raises Undelivered, or Unwelcome for a wrong secret."""
        body: dict[str, Any] = {"grant_type": "client_credential", "appid": self._app_id}
        answer = await self._insist("stable_token", body | {"secret": self._secret, "force_refresh": force})
        code = answer.get("errcode") or 0
        if code in WRONG_SECRET:
            raise Unwelcome(f"YANBAN_WECHAT_APP_SECRET: WeChat does not know this secret ({code})")
        if code == NOT_LISTED:
            raise Unreachable("this machine's address is not on the account's list (IP白名单)")
        if code or not isinstance(answer.get("access_token"), str):
            raise _undelivered(answer) or Unreachable("no token in the answer")
        return str(answer["access_token"]), int(answer.get("expires_in", 0))

    async def _insist(self, method: str, body: dict[str, Any], token: str | None = None) -> dict[str, Any]:
        """The answer; asked again, three times in all, while the platform says it is busy."""
        for number in range(1, TRIES + 1):
            answer = await self._post(method, body, token)
            if answer.get("errcode") != BUSY or number == TRIES:
                break
            await asyncio.sleep(self.pause * number)
        return answer

    async def _post(self, method: str, body: dict[str, Any], token: str | None) -> dict[str, Any]:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=TIMEOUT)
        query = {"access_token": token} if token else {}
        # Their servers take Chinese only as it is: escaped as \uXXXX it is shown like that.
        data = json.dumps(body, ensure_ascii=False).encode(errors="replace")
        url = f"{self._address}/cgi-bin/{method}"
        try:
            asking = self._session.post(url, params=query, data=data, headers=JSON, allow_redirects=False)
            async with asking as response:
                status, answer = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # Their words would name the address, and that the token.
            raise Unknown(type(error).__name__) from None
        return _answer(status, answer)


JSON = {"Content-Type": "application/json; charset=utf-8"}


def _answer(status: int, body: bytes) -> dict[str, Any]:
    if status >= 500:
        raise Unreachable(f"status {status}")
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Unknown("no answer")
    return found


def _values(data: dict[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"value": value} for name, value in data.items()}


def _undelivered(answer: dict[str, Any]) -> Undelivered | None:
    """What an errcode means for what was sent; None for none."""
    code = answer.get("errcode") or 0
    if code in (0, "0"):
        return None
    if code in (45015, 45047):
        return Full(str(code))
    if code in (48001, 48004, 50001, 50002):
        return Missing(str(code))
    if code in (40003, 43004, 43005):
        return Gone(str(code))
    if code == 45009:
        return Paused(PARK)
    if code in TOKEN_REFUSED or code in (BUSY, NOT_LISTED):
        return Unreachable(str(code))
    return Refused(f"errcode {code}")
