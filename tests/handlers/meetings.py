"""What the tests of discussions share: a meeting that is settled, and looks into the rows."""

from typing import Any

from icalendar import Calendar
from sqlmodel import Session, col, select

from storage.models.community import Chat as ChatRow
from storage.models.community import Community
from storage.models.discussion import Discussion, Meeting
from storage.models.log import Change
from tests.chat import Chat

FRIDAY = "/schedule 周五 16:00 分数教学研讨"
CIRCLE = "/schedule 每双周周五16:00 读书会 直到第20周"


async def settled(group: Chat, words: str = FRIDAY) -> None:
    """王老师 arranges it and presses 就这样."""
    await group.say(words)
    await group.press("就这样")


async def rows(group: Chat) -> list[tuple[str, str, str]]:
    """Title, UTC moment and state of every meeting."""

    def read(session: Session) -> list[tuple[str, str, str]]:
        query = (
            select(Discussion.title, Meeting.starts_at, Meeting.status)
            .join(Meeting, col(Meeting.discussion_id) == col(Discussion.id))
            .order_by(col(Meeting.starts_at))
        )
        return [(title, f"{at:%Y-%m-%d %H:%M}", state) for title, at, state in session.exec(query)]

    return await group.app.engine.submit(read)


async def states(group: Chat) -> list[str]:
    """The state of every meeting, in order."""
    return [state for _, _, state in await rows(group)]


async def changes(group: Chat) -> list[str]:
    """The keys in the log of leaders' changes."""

    def read(session: Session) -> list[str]:
        return list(session.exec(select(Change.key).order_by(col(Change.id))))

    return await group.app.engine.submit(read)


async def put(group: Chat, **values: object) -> None:
    """Change the community's row."""

    def write(session: Session) -> None:
        community = session.exec(select(Community)).one()
        for name, value in values.items():
            setattr(community, name, value)

    await group.app.engine.submit(write)


async def close_private(group: Chat, person: str) -> None:
    """The person never opened the private chat."""
    address = str(group.private(person).id)
    group.private(person).started = False

    def write(session: Session) -> None:
        found = select(ChatRow).where(col(ChatRow.address) == address)
        session.delete(session.exec(found).one())

    await group.app.engine.submit(write)


async def rehome(group: Chat) -> None:
    """All that was arranged now belongs to another community."""

    def write(session: Session) -> None:
        other = Community(name="别处", created_at=group.clock())
        session.add(other)
        session.flush()
        for row in (*session.exec(select(Discussion)), *session.exec(select(Meeting))):
            row.community_id = other.id or 0

    await group.app.engine.submit(write)


def events(group: Chat, person: str) -> list[Any]:
    """The events of the newest calendar file in the person's private chat."""
    return list(Calendar.from_ical(calendar_file(group, person)).walk("VEVENT"))


def calendar_file(group: Chat, person: str) -> str:
    """The text of the newest file in the person's private chat."""
    sent = group.last(group.private(person)).body["document"]
    return group.world.files[sent["file_id"]].content.decode()
