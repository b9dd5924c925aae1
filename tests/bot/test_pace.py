"""Never faster than the platform allows, whatever is asked of it (reliability test 6)."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from bot import lanes
from bot.adapters.base import Capabilities, Parcel
from bot.adapters.wecom_aibot import UPLOADS, WecomAdapter
from storage.database import open_database
from storage.migrate import migrate
from storage.models.community import Chat
from storage.models.delivery import Outbox

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LIMITS = {"telegram": Capabilities()}
GROUPS, PRIVATE, EACH = 2, 36, 22


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A fresh database of each kind, with chats and a full outbox."""
    url = f"sqlite:///{tmp_path / 'pace.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_database")
    engine = open_database(url)
    migrate(engine)
    with Session(engine) as session:
        fill(session)
        session.commit()
    yield engine
    engine.dispose()


def fill(session: Session) -> None:
    for number in range(GROUPS + PRIVATE):
        private = number >= GROUPS
        chat = Chat(platform="telegram", address=f"pace-{number}", private=private)
        session.add(chat)
        session.flush()
        for post in range(1 if private else EACH):
            session.add(
                Outbox(
                    key=f"pace:{number}:{post}",
                    chat_id=chat.id or 0,
                    method="post",
                    payload={"html": str(post)},
                    not_before=START,
                    created_at=START,
                )
            )


class Platform:
    """Takes parcels and notes when; every third time it asks to wait."""

    def __init__(self, engine: Engine, storm: bool) -> None:
        self.engine, self.storm = engine, storm
        self.chance = random.Random(7)
        self.taken: dict[int, list[datetime]] = defaultdict(list)
        self.order: dict[int, list[str]] = defaultdict(list)
        self.private: dict[int, bool] = {}
        self.files: list[datetime] = []
        self.asked: dict[int, datetime] = {}
        self.early = 0
        self.count = 0

    def deliver(self, parcel: Parcel, now: datetime) -> lanes.Settle:
        self.count += 1
        self.early += now < self.asked.get(parcel.chat_id, START)
        if self.storm and self.count % 3 == 0:
            until = now + timedelta(seconds=self.chance.randint(1, 30))
            self.asked[parcel.chat_id] = until
            return lanes.paused(parcel, until, everywhere=False)
        self.taken[parcel.chat_id].append(now)
        self.order[parcel.chat_id].append(parcel.payload["html"])
        self.private[parcel.chat_id] = parcel.private
        self.files += [now] if parcel.method == "file" else []
        return lanes.sent(parcel, str(self.count), now)

    def run(self, limits: Mapping[str, Capabilities] = LIMITS) -> None:
        """Live through as much time as it takes to carry everything, jumping to each next moment."""
        now: datetime | None = START
        while now is not None:
            with Session(self.engine) as session:
                parcels, later = lanes.claim(session, now, limits)
                session.commit()
            for parcel in parcels:
                self._settle(self.deliver(parcel, now))
            now = now + timedelta(milliseconds=10) if parcels else later and max(later, now)
            if not parcels and later is not None and now == later:
                now += timedelta(milliseconds=1)

    def _settle(self, settle: Callable[[Session], None]) -> None:
        with Session(self.engine) as session:
            settle(session)
            session.commit()


def most_within(moments: list[datetime], window: timedelta) -> int:
    """The largest number of moments in any window of that length."""
    moments = sorted(moments)
    most = first = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("storm", [False, True], ids=["calm", "storm"])
def test_limits_hold_and_everything_arrives_in_order(database: Engine, storm: bool) -> None:
    platform = Platform(database, storm)
    platform.run()
    every = [moment for moments in platform.taken.values() for moment in moments]
    assert len(every) == GROUPS * EACH + PRIVATE
    assert platform.early == 0
    assert most_within(every, timedelta(seconds=1)) <= 30
    groups = [moments for chat, moments in platform.taken.items() if not platform.private[chat]]
    assert max(most_within(moments, timedelta(minutes=1)) for moments in groups) <= 20
    assert all(said == sorted(said, key=int) for said in platform.order.values())
    with Session(database) as session:
        assert set(session.exec(select(Outbox.state).where(col(Outbox.key).startswith("pace:")))) == {"sent"}


def test_a_chat_that_has_to_wait_holds_up_nobody_behind_it(database: Engine) -> None:
    """More posts than are looked at in one go wait for a chat that was told to pause."""
    with Session(database) as session:
        session.execute(delete(Outbox))
        waiting, other = session.exec(select(Chat.id).order_by(col(Chat.id)).limit(2)).all()
        for number in range(lanes.BATCH + 1):
            session.add(waiting_post(number, waiting))
        session.flush()
        (first,), _ = lanes.claim(session, START, LIMITS)
        lanes.paused(first, START + timedelta(minutes=5), everywhere=False)(session)
        session.add(waiting_post(lanes.BATCH + 1, other))
        session.flush()
        parcels, _ = lanes.claim(session, START + timedelta(seconds=2), LIMITS)
    assert first.chat_id == waiting
    assert [parcel.chat_id for parcel in parcels] == [other]


def waiting_post(number: int, chat_id: int | None) -> Outbox:
    return Outbox(
        key=f"long:{number}",
        chat_id=chat_id or 0,
        method="post",
        payload={"html": str(number)},
        not_before=START,
        created_at=START,
    )


SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@SQLITE
@pytest.mark.parametrize(("count", "span"), [(25, timedelta(minutes=1)), (900, timedelta(hours=1))])
def test_a_wecom_chat_that_has_had_its_fill_waits(database: Engine, count: int, span: timedelta) -> None:
    limits = LIMITS | {"wecom": WecomAdapter.can}
    with Session(database) as session:
        session.execute(delete(Outbox))
        full, other = (Chat(platform="wecom", address=name, private=False) for name in ("full", "other"))
        session.add_all([full, other])
        session.flush()
        for number in range(count):
            said = waiting_post(number, full.id)
            said.state, said.sent_at = "sent", START - span + (number + 1) * span / (count + 1)
            session.add(said)
        session.add_all([waiting_post(count, full.id), waiting_post(count + 1, other.id)])
        session.flush()
        parcels, later = lanes.claim(session, START, limits)
        assert [parcel.address for parcel in parcels] == ["other"]
        assert later == START + span / (count + 1)
        parcels, _ = lanes.claim(session, later + timedelta(milliseconds=1), limits)
        assert [parcel.address for parcel in parcels] == ["full"]


@SQLITE
def test_files_of_all_chats_together_are_no_more_than_wecom_takes(database: Engine) -> None:
    with Session(database) as session:
        session.execute(delete(Outbox))
        for number in range(20):
            chat = Chat(platform="wecom", address=f"wecom-{number}", private=True)
            session.add(chat)
            session.flush()
            rows = [waiting_post(3 * number + one, chat.id) for one in range(3)]
            rows[0].method = rows[1].method = "file"
            session.add_all(rows)
        session.commit()
    platform = Platform(database, storm=False)
    platform.run({"wecom": WecomAdapter.can})
    assert sum(map(len, platform.taken.values())) == 60
    assert most_within(platform.files, timedelta(minutes=1)) <= 30
    assert UPLOADS.burst + timedelta(hours=1) // UPLOADS.every <= 1000
