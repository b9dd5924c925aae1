"""A server on loopback that should not be reached, and a name server that can be made to lie."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.links.guard import Address

PAGE = "<html><head><title>分数的意义</title></head></html>"


class Names(AbstractResolver):
    """A name server of our own: each question about a name takes the next of its answers."""

    def __init__(self, **names: list[list[str]]) -> None:
        self.names = {name.replace("_", "."): answers for name, answers in names.items()}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        answers = self.names[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        return None


@dataclass
class Trap:
    """A server on loopback that counts who comes, and answers with what the test hung up."""

    port: int = 0
    connections: int = 0
    requests: list[web.BaseRequest] = field(default_factory=list)
    pages: dict[str, Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]] = field(default_factory=dict)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def hang(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        async def answer(_: web.BaseRequest) -> web.StreamResponse:
            fields = {"Content-Type": "text/html"} | {k.replace("_", "-"): v for k, v in headers.items()}
            content = body if isinstance(body, bytes) else body.encode()
            return web.Response(status=status, body=content, headers=fields)

        self.pages[path] = answer
        return self.url(path)

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests.append(request)
        return await self.pages[request.path](request)

    def here(self, address: Address, port: int) -> bool:
        """The rule for tests that want an answer: this trap and nothing else."""
        return address == ipaddress.ip_address("127.0.0.1") and port == self.port


@asynccontextmanager
async def set_trap() -> AsyncIterator[Trap]:
    trap = Trap()
    server = web.Server(trap.serve)
    loop = asyncio.get_running_loop()

    def accept() -> asyncio.Protocol:
        trap.connections += 1
        return server()

    listening = await loop.create_server(accept, "127.0.0.1", 0)
    trap.port = listening.sockets[0].getsockname()[1]
    trap.hang("/", PAGE)
    yield trap
    listening.close()
    await server.shutdown(1)
    await listening.wait_closed()
