"""What platforms call and /health, on one small HTTP server."""

from typing import Any

from aiohttp import web

LARGEST = 1024 * 1024


class Web:
    """The server; adapters mount their addresses on `app`."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self.app = web.Application(client_max_size=LARGEST)
        self._runner: web.AppRunner | None = None

    def report_health(self, health: Any) -> None:
        """GET /health: 200 when everything works, 503 with the reasons otherwise."""

        async def answer(_request: web.Request) -> web.Response:
            found = health()
            return web.json_response(found, status=200 if found["ready"] else 503)

        self.app.router.add_get("/health", answer)

    async def start(self) -> None:
        self._runner = web.AppRunner(self.app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
