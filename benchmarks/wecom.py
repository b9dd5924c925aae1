"""WeCom's long connection: how soon it is back after a break, what breaks lose, an hour of a whole district.

    python -m benchmarks.wecom [--rounds 10] [--breaks 100] [--groups 200] [--minutes 60] [--folder DIR]

Prints one JSON object: the longest time back to a subscription for each kind of break in seconds, commands
without an answer over all breaks, and, of the simulated time in which every group talks and one group in
ten talks more than WeCom takes in a minute, commands, answers, and how often WeCom refused for its limits.
Fails when anything was lost or refused or took longer than two seconds. The gateway is the pretend one; it
sends again what was on its way when a connection broke.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from sqlmodel import Session, col, func, select

from bot import logs
from bot.adapters.wecom_aibot.wire import Timing
from bot.sandbox.wecom.gateway import Gateway
from bot.sandbox.wecom.people import Room
from storage.models.community import Community, Member, Role
from storage.models.delivery import Outbox
from storage.queries.community import add_account, add_chat
from tests.chat import MONDAY
from tests.wecom.chat import WecomChat, open_wecom

AIM = 2.0
STEP = timedelta(seconds=10)
PATIENCE = 60.0
BUSY = 40  # commands in one minute: more than WeCom lets a bot say there
Break = Callable[[Gateway], Awaitable[None]]


async def _abort(gateway: Gateway) -> None:
    gateway.abort()


async def _close(gateway: Gateway) -> None:
    await gateway.close(1000)


async def _restart(gateway: Gateway) -> None:
    await gateway.close(1012)


async def _unsubscribe(gateway: Gateway) -> None:
    gateway.faults.on("not subscribed", "ping", times=1)
    while gateway.connected:  # noqa: ASYNC110
        await asyncio.sleep(0.005)


async def _silence(gateway: Gateway) -> None:
    session, gateway.heartbeats = gateway.session, False
    while gateway.session is session:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    gateway.heartbeats = True


BREAKS: dict[str, Break] = {
    "abort": _abort,
    "close 1000": _close,
    "close 1012": _restart,
    "846609": _unsubscribe,
    "no heartbeat": _silence,
}
# Only the looking for trouble is quicker than it really is; the pauses are the real ones.
WATCHFUL = replace(Timing(), heartbeat=0.3, ack=0.3)


async def reconnects(rounds: int, folder: Path) -> dict[str, float]:
    """The longest time from the end of a connection to the next subscription, in seconds, by kind."""
    longest = dict.fromkeys(BREAKS, 0.0)
    async with open_wecom(folder, timing=WATCHFUL) as chat:
        for name, break_ in islice(cycle(BREAKS.items()), rounds * len(BREAKS)):
            begun = chat.gateway.begun
            await break_(chat.gateway)
            since = time.perf_counter()
            async with asyncio.timeout(PATIENCE):
                await chat.gateway.subscription(begun + 1)
            longest[name] = max(longest[name], time.perf_counter() - since)
    return longest


async def losses(breaks: int, folder: Path) -> int:
    """How many commands had no answer after *breaks* breaks, a command right before and after each."""
    async with open_wecom(folder, timing=WATCHFUL) as chat:
        await chat.app.engine.submit(lambda session: found(session, [chat.group], "lin_laoshi"))
        for number, break_ in enumerate(islice(cycle(BREAKS.values()), breaks)):
            begun = chat.gateway.begun
            _share(chat, chat.group, 2 * number)
            await break_(chat.gateway)
            _share(chat, chat.group, 2 * number + 1)
            async with asyncio.timeout(PATIENCE):
                await chat.gateway.subscription(begun + 1)
        await _drain(chat)
        said = "\n".join(post.raw for post in chat.posts())
        return sum(f"a.example.cn/{number})" not in said for number in range(2 * breaks))


async def district(groups: int, minutes: int, folder: Path) -> dict[str, int]:
    """What became of *minutes* of simulated talk in *groups* groups."""
    async with open_wecom(folder) as chat:
        rooms = [chat.world.add_group(f"第{number}组", "林老师") for number in range(groups)]
        await chat.app.engine.submit(lambda session: found(session, rooms, "lin_laoshi"))
        said = 0
        for minute in range(minutes):
            said += _minute(chat, rooms, minute, said)
            await _pass(chat, timedelta(minutes=1))
        await _drain(chat)
        answers = sum("a.example.cn/" in post.raw for post in chat.world.posts if post.from_bot)
        return {"commands": said, "answers": answers, "refused": chat.gateway.desk.limits.refused}


def _minute(chat: WecomChat, rooms: list[Room], minute: int, said: int) -> int:
    """Every group speaks every other minute, each tenth of them once in a great hurry."""
    before = said
    for number, room in enumerate(rooms):
        hurry = number % 10 == 0 and minute == number // 10 % 20
        for _ in range(BUSY if hurry else (number + minute) % 2):
            _share(chat, room, said)
            said += 1
    return said - before


def _share(chat: WecomChat, room: Room, number: int) -> None:
    chat.world.say("林老师", room, f"@研伴 分享 https://a.example.cn/{number} 第{number}课")


async def _pass(chat: WecomChat, span: timedelta) -> None:
    until = chat.clock() + span
    await chat.settle()
    while chat.clock() < until:
        chat.clock.advance(STEP)
        await chat.traveller.settle()


async def _drain(chat: WecomChat) -> None:
    """Let time pass until everything is said."""
    await chat.settle()
    while await chat.app.engine.submit(_open_rows):
        await _pass(chat, timedelta(minutes=1))


def _open_rows(session: Session) -> int:
    return session.exec(select(func.count()).where(col(Outbox.state).in_(("open", "sending")))).one()


def found(session: Session, rooms: list[Room], userid: str) -> None:
    """A community in each of the groups, led by one person."""
    _, person = add_account(session, "wecom", userid, userid, None, MONDAY)
    for room in rooms:
        community = Community(name=room.title, created_at=MONDAY)
        session.add(community)
        session.flush()
        add_chat(session, "wecom", room.chatid, False, "").community_id = community.id
        member = Member(community_id=community.id or 0, person_id=person.id or 0, joined_at=MONDAY)
        member.role = Role.LEADER
        session.add(member)


def run(rounds: int, breaks: int, groups: int, minutes: int, folder: Path) -> dict[str, object]:
    """All figures."""
    parts = [folder / name for name in ("back", "lost", "hour")]
    for part in parts:
        part.mkdir()
    back = asyncio.run(reconnects(rounds, parts[0]))
    lost = asyncio.run(losses(breaks, parts[1]))
    hour = asyncio.run(district(groups, minutes, parts[2]))
    return {"back_s": {name: round(it, 3) for name, it in back.items()}, "lost": lost} | hour


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--breaks", type=int, default=100)
    parser.add_argument("--groups", type=int, default=200)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--folder", type=Path, help="on a real disk")
    chosen = parser.parse_args()
    logs.set_up("CRITICAL")
    with tempfile.TemporaryDirectory(prefix="wecom", dir=chosen.folder) as folder:
        found_ = run(chosen.rounds, chosen.breaks, chosen.groups, chosen.minutes, Path(folder))
    print(json.dumps(found_), flush=True)
    back = found_["back_s"]
    slow = isinstance(back, dict) and max(back.values()) > AIM
    if slow or found_["lost"] or found_["refused"] or found_["commands"] != found_["answers"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
