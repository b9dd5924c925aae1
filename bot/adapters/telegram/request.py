"""python-telegram-bot's requests over aiohttp, the one HTTP library of this project."""

import os
from datetime import timedelta
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

TIMEOUT = 15.0
JSON = {"Content-Type": "application/json"}
# The library is moving waits from numbers to timedeltas and warns until told which.
os.environ.setdefault("PTB_TIMEDELTA", "true")


def seconds(wait: float | timedelta) -> float:
    """A wait the Bot API asked for, in seconds."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class NotConnected(NetworkError):
    """No connection was made, so nothing was handed over."""


class AioRequest(BaseRequest):
    """One aiohttp session; the address, which holds the token, never reaches an error text."""

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body; raises NotConnected, TimedOut or NetworkError."""
        if self._session is None:
            raise NotConnected("not started")
        seconds = read_timeout if isinstance(read_timeout, int | float) else TIMEOUT
        limit = aiohttp.ClientTimeout(total=seconds + 5, sock_connect=5, sock_read=seconds)
        try:
            async with self._session.request(method, url, timeout=limit, **_body(request_data)) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise NotConnected("no connection") from None
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None


def _body(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": request_data.json_payload, "headers": JSON}
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
