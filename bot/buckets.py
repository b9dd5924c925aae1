"""Rate limits kept in the database, so that a restart or a second node does not forget them (GCRA)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, text
from sqlmodel import Session, col

from bot.adapters.base import Capabilities, Parcel, Window
from storage.among import among
from storage.models.delivery import Bucket, Outbox
from storage.prepared import Prepared
from storage.types import UTCDateTime

BURST = 3  # messages a chat may send at once before it is paced
PLATFORM_BURST = 4
# A pace of thousands a second must not be kept message by message: no clock is that fine.
EARLY, PLATFORM_EARLY = timedelta(seconds=3), timedelta(milliseconds=160)
_SET = Prepared(
    text(
        "INSERT INTO bucket (key, tat) VALUES (:key, :tat) ON CONFLICT (key) DO UPDATE SET tat = excluded.tat"
    ).bindparams(bindparam("tat", type_=UTCDateTime))
)


@dataclass(frozen=True, slots=True)
class Limit:
    """*every*: the even pace between messages; *early*: how far ahead of it they may run."""

    key: str
    every: timedelta
    early: timedelta


_TATS = Prepared(select(col(Bucket.key), col(Bucket.tat)).where(among(col(Bucket.key), "names")))
_HEARD = Prepared(
    select(func.count()).where(
        col(Outbox.chat_id) == bindparam("chat"),
        col(Outbox.sent_at) > bindparam("since", type_=UTCDateTime),
    )
)


class Buckets:
    """The buckets one claim looks at for *parcels*; each is read once and written once."""

    def __init__(
        self, session: Session, now: datetime, can: Mapping[str, Capabilities], parcels: Iterable[Parcel]
    ) -> None:
        self._session, self._now, self._can = session, now, can
        self._changed: set[str] = set()
        chats = {parcel.chat_id: parcel for parcel in parcels}
        names = {limit.key for one in chats.values() for limit in limits_of(one, can[one.platform])}
        self._tats: dict[str, datetime] = dict(_TATS.rows(session, names=names) if names else ())

    def take(self, parcel: Parcel) -> datetime | None:
        """None and a token taken from every bucket, or when to try again."""
        limits = limits_of(parcel, self._can[parcel.platform])
        windows = self._can[parcel.platform].windows
        waits = [self._wait(limit) for limit in limits]
        waits += [self._full(parcel, one) for one in windows if not (one.groups_only and parcel.private)]
        if late := [wait for wait in waits if wait is not None]:
            return max(late)
        for limit in filter(lambda limit: limit.every, limits):
            self._tats[limit.key] = max(self._tat(limit.key), self._now) + limit.every
            self._changed.add(limit.key)
        return None

    def save(self) -> None:
        """Write the buckets that changed."""
        _SET.each(self._session, [{"key": name, "tat": self._tats[name]} for name in sorted(self._changed)])

    @staticmethod
    def hold(session: Session, parcel: Parcel, until: datetime, everywhere: bool) -> None:
        """Let nothing through before *until*, for the chat or the whole platform."""
        name = f"{parcel.platform}:pause" if everywhere else f"chat:{parcel.chat_id}:pause"
        session.merge(Bucket(key=name, tat=until))

    def _wait(self, limit: Limit) -> datetime | None:
        earliest = self._tat(limit.key) - limit.early
        return earliest if earliest > self._now else None

    def _full(self, parcel: Parcel, window: Window) -> datetime | None:
        """When a chat that has had its fill of the window may hear more."""
        start = self._now - window.span
        heard = _HEARD(self._session, chat=parcel.chat_id, since=start).fetchone()[0]
        if heard < window.count:
            return None
        since = select(col(Outbox.sent_at)).where(
            col(Outbox.chat_id) == parcel.chat_id, col(Outbox.sent_at) > start
        )
        nth = self._session.scalars(
            since.order_by(col(Outbox.sent_at).desc()).offset(window.count - 1).limit(1)
        ).first()
        return nth + window.span if nth else None

    def _tat(self, name: str) -> datetime:
        return self._tats.get(name, self._now)


def limits_of(parcel: Parcel, can: Capabilities) -> list[Limit]:
    """The even limits of a parcel: pauses that were asked for, the platform's account, the chat, files."""
    chat, nothing = f"chat:{parcel.chat_id}", timedelta(0)
    every, everywhere = timedelta(seconds=1 / can.per_chat_second), timedelta(seconds=1 / can.per_second)
    return [
        *_files(parcel, can),
        Limit(f"{parcel.platform}:pause", nothing, nothing),
        Limit(f"{chat}:pause", nothing, nothing),
        Limit(parcel.platform, everywhere, max(everywhere * PLATFORM_BURST, PLATFORM_EARLY)),
        Limit(chat, every, max(every * BURST, EARLY)),
    ]


def _files(parcel: Parcel, can: Capabilities) -> list[Limit]:
    """The limit of all the account's files together, for a file where there is one."""
    pace = can.uploads
    if pace is None or parcel.method != "file":
        return []
    return [Limit(f"{parcel.platform}:files", pace.every, pace.every * (pace.burst - 1))]
