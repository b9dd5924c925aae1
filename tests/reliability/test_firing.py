"""A due moment is fired once: by two processes, one of them killed, and whatever the clock does (3, 5)."""

import asyncio
import signal
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from bot.clock import system_clock
from config.calendars import SchoolCalendar
from handlers.core.weekly import Rhythm
from storage.database import open_database
from storage.models.community import Community
from storage.models.due import Occurrence, Schedule
from tests.chat import Chat
from tests.reliability.process import database_url, empty_world, found, start, wait_for

DUE = 100
FIRING = """
import asyncio
from bot.app import App
from bot.firing import due
from bot.together import fire_all
from config.settings import load_settings

async def main():
    app = App(load_settings())
    app._assemble()
    app.engine.start()
    while True:
        moments, _ = await app.engine.submit(lambda session: due(session, app.clock()))
        for first in range(0, len(moments), 7):
            some = moments[first : first + 7]
            await app.engine.submit(lambda session: fire_all(app.dispatcher, session, some))
            await asyncio.sleep(0.014)
        if not moments:
            break

asyncio.run(main())
"""


def plan(database: Engine, kind: str) -> None:
    """Schedules that all fall due at the same second; what they were for is gone, so nothing is said."""
    now = system_clock() - timedelta(seconds=1)
    with Session(database) as session:
        community = session.exec(select(Community.id)).one()
        for number in range(DUE):
            session.add(Schedule(kind=kind, ref_id=1000 + number, community_id=community, next_at=now))
        session.commit()


def fired(database: Engine) -> int:
    with Session(database) as session:
        return session.exec(select(func.count()).select_from(Occurrence)).one()


@pytest.mark.parametrize("kind", ["prompt", "meeting.soon"], ids=["together", "one by one"])
async def test_two_processes_fire_each_moment_once_though_one_is_killed(tmp_path: Path, kind: str) -> None:
    async with empty_world() as sandbox:
        found(sandbox, tmp_path, groups=1)
        database = open_database(database_url(tmp_path))
        plan(database, kind)
        both = [await start(tmp_path, sandbox.base_url, ("-c", FIRING)) for _ in range(2)]
        await wait_for(lambda: fired(database) >= DUE // 4)
        both[0].send_signal(signal.SIGKILL)
        await asyncio.gather(*(process.communicate() for process in both))
    assert both[1].returncode == 0
    with Session(database) as session:
        per_schedule = Counter(session.exec(select(Occurrence.schedule_id)).all())
        waiting = session.exec(select(Schedule).where(col(Schedule.next_at).is_not(None))).all()
    database.dispose()
    assert len(per_schedule) == DUE
    assert set(per_schedule.values()) == {1}
    assert waiting == []


ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"]
WEEKS = 30


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.dates(date(2024, 1, 1), date(2030, 6, 1)),
    st.sampled_from(
        [time(0, 0), time(0, 30), time(1, 45), time(2, 0), time(2, 30), time(3, 0), time(23, 59)]
    ),
    st.integers(0, 6),
)
def test_a_weekly_moment_comes_once_a_week_through_every_change_of_the_clocks(
    name: str, first: date, at: time, weekday: int
) -> None:
    zone = ZoneInfo(name)
    rhythm = Rhythm(weekday, at, SchoolCalendar(zone=zone), vacations=False)
    moment = datetime.combine(first, time(0), zone).astimezone(UTC) - timedelta(seconds=1)
    turns = []
    for _ in range(WEEKS):
        moment = rhythm.look_again(moment)
        turns.append(moment)
    for one, other in pairwise(turns):
        assert timedelta(days=6, hours=22) <= other - one <= timedelta(days=7, hours=2)
    if name == "Asia/Shanghai":
        assert {turn.astimezone(zone).time() for turn in turns} == {at}


STEPS = [timedelta(hours=1), timedelta(hours=-1), timedelta(days=400)]


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_clock_that_jumps_fires_nothing_twice(group: Chat, step: timedelta) -> None:
    await group.tell("/prompt", by="王老师")
    await group.wait(timedelta(days=7))
    group.clock.advance(step)
    await group.settle()
    group.clock.advance(-step)
    await group.settle()
    before = await occurrences(group)
    for _ in range(20):
        await group.settle()
    assert await occurrences(group) == before
    assert before
    assert len(set(before)) == len(before)


async def occurrences(chat: Chat) -> list[tuple[int, datetime]]:
    query = select(Occurrence.schedule_id, Occurrence.due_at)
    return await chat.app.engine.submit(lambda session: [(one, at) for one, at in session.exec(query)])
