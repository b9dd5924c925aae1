"""What platforms call and /health, on one small HTTP server."""

import errno
from typing import Any

from aiohttp import web

from bot.adapters.base import Unwelcome

LARGEST = 1024 * 1024


class Web:
    """The server; adapters mount their addresses on `app`."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self.app = web.Application(client_max_size=LARGEST)
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """Where it listens, once it does."""
        if self._runner is None:
            raise LookupError("not started")
        return int(self._runner.addresses[0][1])

    def report_health(self, health: Any) -> None:
        """GET /health: 200 when everything works, 503 with the reasons otherwise."""

        async def answer(_request: web.Request) -> web.Response:
            found = health()
            return web.json_response(found, status=200 if found["ready"] else 503)

        self.app.router.add_get("/health", answer)

    async def start(self) -> None:
        """Listen; raises Unwelcome where that is not possible."""
        self._runner = web.AppRunner(self.app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            raise Unwelcome(unfit(error, self._host, self._port)) from error

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()


def unfit(error: OSError, host: str, port: int) -> str:
    """Why nothing can listen there, and which setting to change."""
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        return f"YANBAN_HTTP_PORT: port {port} is taken, choose another"
    return f"YANBAN_HTTP_HOST: {host} is no address of this computer"
