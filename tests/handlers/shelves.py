"""Sending files, photos and deep looks into the library, for tests of what is shared."""

from typing import Any

from sqlmodel import Session, col, select

from bot.sandbox.world import Post
from storage.models.community import Person
from storage.models.resource import Resource, ResourceCredit
from tests.chat import Chat

LINK = "https://jiaoyan.example.cn/lesson/27"


async def post_file(group: Chat, name: str, by: str, content: bytes = b"%PDF", caption: str = "") -> Post:
    """A file in the group; the bot does not see it by itself."""
    return group.world.send_file(by, None, name, content, caption)


async def send_file(group: Chat, name: str, by: str, caption: str = "") -> str:
    """A file sent to the bot in private; what it says."""
    before = len(group.posts(group.private(by)))
    group.world.send_file(by, group.private(by), name, b"%PDF", caption)
    await group.settle()
    return "\n".join(post.text for post in group.posts(group.private(by))[before:])


async def send_photo(group: Chat, by: str, caption: str = "") -> str:
    """A photo sent to the bot in private; what it says."""
    before = len(group.posts(group.private(by)))
    group.world.send_photo(by, group.private(by), b"JPEG", caption)
    await group.settle()
    return "\n".join(post.text for post in group.posts(group.private(by))[before:])


async def kept(group: Chat) -> list[Resource]:
    """Every entry there is."""
    return await group.app.engine.submit(
        lambda session: list(session.exec(select(Resource).order_by(col(Resource.id))))
    )


async def person_id(group: Chat, name: str) -> int:
    """The number of a person."""
    query = select(Person.id).where(col(Person.name) == name)
    return await group.app.engine.submit(lambda session: session.exec(query).one() or 0)


async def do(group: Chat, function: Any, *values: Any) -> Any:
    """Call *function* with a session and *values*, in a unit of work of its own."""

    def work(session: Session) -> Any:
        return function(session, *values)

    return await group.app.engine.submit(work)


async def credits_of(group: Chat) -> list[tuple[int, str]]:
    """Entry and name, for every credit."""
    query = select(ResourceCredit.resource_id, Person.name).join(
        Person, col(Person.id) == col(ResourceCredit.person_id)
    )
    return await group.app.engine.submit(lambda session: list(session.exec(query)))
