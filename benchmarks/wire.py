"""Just enough HTTP for the two ends of a benchmark, so that the driver costs little of the machine."""

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable
from itertools import count

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
MARK = re.compile(rb"zq(\d+)qz")
Heard = Callable[[int], None]


class Messages(asyncio.Protocol):
    """Cuts what arrives into HTTP messages with a Content-Length and hands each on."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while (end := self._rest.find(b"\r\n\r\n")) >= 0:
            length = LENGTH.search(self._rest, 0, end)
            size = end + 4 + (int(length[1]) if length else 0)
            if len(self._rest) < size:
                return
            whole, self._rest = self._rest[:size], self._rest[size:]
            self.take(whole[:end], whole[end + 4 :])

    def take(self, head: bytes, body: bytes) -> None:
        raise NotImplementedError


class BotApi(Messages):
    """A Bot API that answers every call at once; *heard* gets the number of each marked post."""

    numbers = count(1000)

    def __init__(self, heard: Heard) -> None:
        super().__init__()
        self._heard = heard

    def take(self, head: bytes, body: bytes) -> None:
        method = head.split(b" ", 2)[1].rsplit(b"/", 1)[1].lower()
        if method == b"sendmessage" and (mark := MARK.search(body)):
            self._heard(int(mark[1]))
        self.transport.write(_answer(method))


class Caller(Messages):
    """One kept connection to a bot's webhook, one update under way on it at a time."""

    def __init__(self, calls: "Calls") -> None:
        super().__init__()
        self._calls = calls

    def take(self, head: bytes, body: bytes) -> None:
        if b" 200 " not in head[:16] + b" ":
            self._calls.refused += 1
        self._calls.free(self)


class Calls:
    """All connections to the webhook; an update waits when none is free."""

    def __init__(self, port: int, secret: str) -> None:
        self._port, self._secret = port, secret
        self._idle: list[Caller] = []
        self._waiting: deque[bytes] = deque()
        self.refused = 0

    async def open(self, connections: int) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(connections):
            _, caller = await loop.create_connection(lambda: Caller(self), "127.0.0.1", self._port)
            self._idle.append(caller)

    def close(self) -> None:
        for caller in self._idle:
            caller.transport.close()

    def send(self, body: bytes) -> None:
        request = b"POST /telegram HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
        request += f"X-Telegram-Bot-Api-Secret-Token: {self._secret}\r\n".encode()
        request += b"Content-Length: %d\r\n\r\n" % len(body) + body
        if self._idle:
            self._idle.pop().transport.write(request)
        else:
            self._waiting.append(request)

    def free(self, caller: Caller) -> None:
        if self._waiting:
            caller.transport.write(self._waiting.popleft())
        else:
            self._idle.append(caller)


def _answer(method: bytes) -> bytes:
    result: object = True
    if method == b"getme":
        result = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
    elif method == b"sendmessage":
        chat = {"id": -1, "type": "supergroup", "title": "-"}
        result = {"message_id": next(BotApi.numbers), "date": 1790000000, "chat": chat, "text": "-"}
    body = json.dumps({"ok": True, "result": result}).encode()
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
