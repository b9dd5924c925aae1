"""An Official Account under load: callback to answer at 100 messages/s, and 10,000 malformed callbacks.

    python -m benchmarks.wechat [--rate 100] [--seconds 30] [--malformed 10000] [--folder DIR]

Every message is signed, encrypted, verified, committed and answered in its response; the run fails unless
each answer is encrypted, signed and for its sender. A latency runs from the moment the call was due, so that
a queue cannot hide. Half of the messages ask for the agenda, half share a link. DIR should be on a real disk.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import insert, update
from sqlmodel import Session

from benchmarks import school
from benchmarks.bots import Bot, Kind
from benchmarks.malformed import gather
from benchmarks.share import free_port
from benchmarks.wire import Messages
from bot.clock import system_clock
from bot.sandbox.wechat import Account, WechatSandbox
from bot.sandbox.wechat.caller import Call
from bot.sandbox.wechat.xml import compose, read_reply
from storage.database import open_database
from storage.models.community import Account as Known
from storage.models.community import Chat, Member

CONNECTIONS = 64
PATIENCE = 60.0
WARM = 100
BY_FOLLOWER = 1_000_000
Answer = tuple[bytes, bytes]


def openid(teacher: int) -> str:
    return f"oBench{teacher:022d}"


def found(path: Path) -> None:
    """The school on paper, where everybody follows the account too."""
    school.found(path)
    people = range(1, school.GROUPS * school.TEACHERS + 1)
    chats = [
        {
            "id": BY_FOLLOWER + at,
            "platform": "wechat",
            "address": openid(at),
            "private": True,
            "person_id": at,
        }
        for at in people
    ]
    accounts = [{"platform": "wechat", "address": openid(at), "name": "", "person_id": at} for at in people]
    database = open_database(f"sqlite:///{path}")
    with Session(database) as session:
        session.execute(insert(Chat), [{"title": "", "active": True} | chat for chat in chats])
        session.execute(insert(Known), accounts)
        session.execute(update(Member).values(chat_id=Member.person_id + BY_FOLLOWER))
        session.commit()
    database.dispose()


def environment(api: int, port: int, path: Path) -> dict[str, str]:
    account = Account("personal")
    settings = {
        "DATA_DIR": str(path.parent),
        "DATABASE_URL": f"sqlite:///{path}",
        "WECHAT_APP_ID": account.app_id,
        "WECHAT_APP_SECRET": account.secret,
        "WECHAT_TOKEN": account.token,
        "WECHAT_AES_KEY": account.aes_key,
        "WECHAT_KIND": account.kind,
        "WECHAT_URL": f"http://127.0.0.1:{api}",
        "HTTP_PORT": str(port),
        "LOG_LEVEL": "ERROR",
    }
    return {f"YANBAN_{name}": value for name, value in settings.items()}


OURS = Kind("yanban", [sys.executable, "-m", "bot", "run"], environment, found, "SELECT count(*) FROM inbox")


class Line(Messages):
    """One kept connection: a call at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: asyncio.Future[Answer] | None = None

    def take(self, head: bytes, body: bytes) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((head, body))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("closed"))

    async def ask(self, request: bytes) -> Answer:
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await asyncio.wait_for(self._answer, PATIENCE)


class Lines:
    """As many as are needed, each used again when it is free."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[Line] = []

    async def ask(self, call: Call) -> Answer:
        line = self._free.pop() if self._free else None
        if line is None or line.transport.is_closing():
            _, line = await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", self._port)
        answer = await line.ask(request(call))
        if b"connection: close" in answer[0].lower():
            line.transport.close()
        else:
            self._free.append(line)
        return answer

    def close(self) -> None:
        for line in self._free:
            line.transport.close()


def request(call: Call) -> bytes:
    query = urlencode(call.query, errors="replace")
    head = f"POST /wechat?{query} HTTP/1.1\r\nHost: bot\r\nContent-Type: text/xml\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(call.body) + call.body


def message(wechat: WechatSandbox, number: int) -> tuple[str, Call]:
    """Who says it, and message *number*: a teacher asks for the agenda or shares a link."""
    who = openid(number * 7919 % (school.GROUPS * school.TEACHERS) + 1)
    link = f"https://example.org/r/{number}"
    words = "日程" if number % 2 else f"分享 {link} {school.TITLES[number % len(school.TITLES)]}"
    fields = {"ToUserName": wechat.account.original, "FromUserName": who}
    fields |= {"CreateTime": str(int(wechat.clock().timestamp())), "MsgType": "text", "Content": words}
    return who, wechat.caller.call(compose(fields | {"MsgId": str(24_000_000_000_000_000 + number)}))


async def paced(wechat: WechatSandbox, lines: Lines, rate: float, first: int, count: int) -> list[float]:
    """Seconds from when each message was due to its whole answer; fails if one was not answered well."""
    calls = [message(wechat, number) for number in range(first, first + count)]
    started = time.perf_counter() + 0.1
    answers: list[tuple[str, bytes]] = []

    async def one(at: int, who: str, call: Call) -> float:
        due = started + at / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        _, body = await lines.ask(call)
        answers.append((who, body))
        return time.perf_counter() - due

    took = await asyncio.gather(*(one(at, *call) for at, call in enumerate(calls)))
    said = [read_reply(wechat.account, body.decode(), who, sealed=True) for who, body in answers]
    if None in said:
        raise RuntimeError(f"{said.count(None)} of {count} messages were not answered in their response")
    return sorted(took)


async def wrong(wechat: WechatSandbox, lines: Lines, count: int) -> dict[str, float]:
    """The slowest answer to *count* malformed calls, one after another, in ms; fails on a status of 500."""
    took, statuses = [], []
    for one in await asyncio.to_thread(gather, count):
        call = one.call(wechat)
        began = time.perf_counter()
        head, _ = await lines.ask(call)
        took.append(time.perf_counter() - began)
        statuses.append(int(head.split(b" ", 2)[1]))
    if strange := set(statuses) - {200, 400, 403}:
        raise RuntimeError(f"answered with {strange}")
    ranked = sorted(took)
    return {
        "malformed": len(took),
        "refused": sum(status != 200 for status in statuses),
        "median_ms": statistics.median(ranked) * 1e3,
        "p999_ms": ranked[int(len(ranked) * 0.999)] * 1e3,
        "slowest_ms": ranked[-1] * 1e3,
    }


async def measure(rate: float, seconds: float, malformed: int, folder: Path) -> dict[str, float]:
    """Both figures, of a bot in its own process."""
    wechat = WechatSandbox(system_clock, Account("personal"))
    async with Bot(OURS, 1, free_port(), folder) as bot:
        lines = Lines(bot.port)
        await paced(wechat, lines, rate, 1, WARM)
        before = bot.cpu_seconds
        took = await paced(wechat, lines, rate, WARM + 1, max(1, int(rate * seconds)))
        figures = {
            "messages": float(len(took)),
            "cpu_us": (bot.cpu_seconds - before) / len(took) * 1e6,
            "p50_ms": statistics.median(took) * 1e3,
            "p99_ms": took[min(len(took) - 1, int(len(took) * 0.99))] * 1e3,
            "longest_ms": took[-1] * 1e3,
        }
        figures |= await wrong(wechat, lines, malformed)
        lines.close()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rate", type=float, default=100)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--malformed", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="on a real disk")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wechat", dir=chosen.folder) as folder:
        found_ = asyncio.run(measure(chosen.rate, chosen.seconds, chosen.malformed, Path(folder)))
    print(json.dumps({name: round(value, 2) for name, value in found_.items()}))


if __name__ == "__main__":
    main()
