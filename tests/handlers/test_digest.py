"""/digest: the week in one post."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from config.texts import Text, plain
from handlers import load
from handlers.core import digest
from handlers.core.context import Context
from storage.models.community import Community, Member, Person, Role
from storage.models.due import Schedule
from storage.models.log import Change
from storage.models.reflection import Reflection
from tests.chat import LEADER, Chat
from tests.settled import TEACHERS

SOME = "本周有若干位写了反思"
FIVE = (LEADER, *TEACHERS)
Spans = list[tuple[datetime, datetime]]


@pytest.fixture(autouse=True)
def _only_reflections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other features have lines of their own, which are theirs to test."""
    load()
    mine = {name: entry for name, entry in digest._CONTRIBUTORS.items() if "reflect" in name}
    monkeypatch.setattr(digest, "_CONTRIBUTORS", mine)


@pytest.fixture
def spans(_only_reflections: None) -> Iterator[Spans]:
    """The times a contributor that always has one line was asked about."""
    asked: Spans = []

    def lines(ctx: Context, since: datetime, until: datetime) -> list[Text]:
        asked.append((since, until))
        return [plain(f"新资料：{ctx.here.name}")]

    digest.contribute(order=10)(lines)
    yield asked
    del digest._CONTRIBUTORS[f"{lines.__module__}.{lines.__qualname__}"]


async def write(group: Chat, people: tuple[str, ...]) -> None:
    for name in people:
        await group.tell("/reflect 这周试了一件事", by=name)


async def test_four_writers_are_not_mentioned_at_all(group: Chat) -> None:
    await group.say("/digest")
    await write(group, FIVE[:4])
    assert await group.until("2026-11-28 12:00") == ""


async def test_one_who_writes_five_times_is_one(group: Chat) -> None:
    await group.say("/digest")
    await write(group, FIVE[1:2] * 5)
    assert await group.until("2026-11-28 12:00") == ""


async def test_from_five_writers_on_the_group_reads_some_and_no_number(group: Chat) -> None:
    await group.say("/digest")
    await write(group, FIVE)
    assert await group.until("2026-11-27 16:31") == f"这一周\n{SOME}"
    assert await group.until("2026-12-04 18:00") == ""


async def test_a_week_with_nothing_to_tell_has_no_post(group: Chat) -> None:
    await group.say("/digest")
    posts = len(group.posts())
    await group.until("2026-12-20 12:00")
    assert len(group.posts()) == posts


async def test_the_leader_may_stop_it_and_that_is_logged(group: Chat, spans: Spans) -> None:
    assert "下一次：11月27日 周五 16:30（第13周）" in await group.say("/digest")
    assert "负责人" in await group.press("停发", by="林老师")
    assert "现在停发" in await group.press("停发")
    assert await group.until("2026-11-28 12:00") == ""
    await group.press("恢复")
    assert "新资料：三年级数学教研组" in await group.until("2026-12-04 17:00")
    keys = await group.app.engine.submit(lambda session: list(session.exec(select(Change.key))))
    assert keys == ["digest-log-off", "digest-log-on"]


async def test_each_digest_tells_from_where_the_last_one_ended(group: Chat, spans: Spans) -> None:
    await group.say("/digest")
    await group.until("2026-12-11 17:00")
    days = [(since.day, until.day) for since, until in spans]
    assert days == [(20, 27), (27, 4), (4, 11)]


async def test_on_a_holiday_it_rests_and_tells_it_the_week_after(group: Chat, spans: Spans) -> None:
    await group.until("2026-12-28 09:00")
    await group.say("/digest")
    await group.until("2027-01-08 17:00")
    assert [until.date().isoformat() for _, until in spans] == ["2027-01-08"]


async def test_too_late_it_waits_for_the_next_week(group: Chat, spans: Spans) -> None:
    await group.say("/digest")
    group.clock.set(datetime(2026, 11, 28, 4, 0, tzinfo=UTC))
    await group.settle()
    assert spans == []
    await group.until("2026-12-04 17:00")
    assert len(spans) == 1


async def test_summer_time_does_not_move_it(group: Chat) -> None:
    def move(session: Session) -> None:
        community = session.exec(select(Community)).one()
        community.zone, community.country = "Europe/London", "GB"

    await group.app.engine.submit(move)
    await group.until("2027-03-27 12:00")
    await group.say("/digest")
    coming = await group.app.engine.submit(
        lambda session: session.exec(select(Schedule).where(Schedule.kind == "digest")).one().next_at
    )
    assert coming == datetime(2027, 4, 2, 15, 30, tzinfo=UTC)


async def test_who_left_and_other_communities_do_not_count_here(group: Chat) -> None:
    def others(session: Session) -> None:
        now = datetime(2026, 11, 24, tzinfo=UTC)
        elsewhere = Community(name="别的组", created_at=now)
        session.add(elsewhere)
        session.flush()
        for number in range(6):
            person = Person(name=f"老师{number}", created_at=now)
            session.add(person)
            session.flush()
            place, who = elsewhere.id or 0, person.id or 0
            session.add(Member(community_id=place, person_id=who, role=Role.MEMBER, joined_at=now))
            session.add(Reflection(community_id=place, person_id=who, written_at=now, changed_at=now))

    await group.say("/digest")
    await group.app.engine.submit(others)
    await write(group, FIVE[:4])
    assert await group.until("2026-11-28 12:00") == ""


async def test_in_english(group: Chat) -> None:
    def english(session: Session) -> None:
        session.exec(select(Community)).one().language = "en"

    await group.app.engine.submit(english)
    assert "Next: Fri 27 Nov 16:30 (week 13)" in await group.say("/digest")
    await write(group, FIVE)
    assert await group.until("2026-11-28 12:00") == "This week\nSeveral wrote a reflection this week"
