"""A community that has been set up: for tests of what comes after."""

from datetime import UTC, date, datetime

from sqlmodel import Session

from bot.sandbox.world import World
from storage.models.community import Chat as ChatRow
from storage.models.community import Community, Member, Role
from storage.queries.community import add_account, add_chat
from tests.chat import LEADER, Chat

TEACHERS = ("林老师", "周老师", "何老师", "孙老师")
TERM_START = date(2026, 8, 31)


async def settle_in(chat: Chat) -> None:
    """王老师 leads, the four teachers have joined, and all have opened their private chat."""
    await chat.app.engine.submit(lambda session: found_community(session, chat.world))


def found_community(session: Session, world: World) -> None:
    """The rows of a community whose leader and teachers are those of the pretend world."""
    people = {}
    for name in (LEADER, *TEACHERS):
        person_there = world.person(name)
        people[name] = (str(person_there.id), person_there.username)
        world.private(name).started = True
    group, title = str(world.group.id), world.group.title
    now = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)
    community = Community(name=title, term_start=TERM_START, created_at=now)
    session.add(community)
    session.flush()
    add_chat(session, "telegram", group, False, title).community_id = community.id
    for name, (address, username) in people.items():
        _, person = add_account(session, "telegram", address, name, username, now)
        person.community_id, person.language = community.id, "zh-CN"
        role = Role.LEADER if name == LEADER else Role.MEMBER
        session.add(
            Member(community_id=community.id or 0, person_id=person.id or 0, role=role, joined_at=now)
        )
        session.add(ChatRow(platform="telegram", address=address, private=True, person_id=person.id))
