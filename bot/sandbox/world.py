"""The pretend world: people, chats and messages. Pure state, no network."""

from bot.sandbox.membership import Membership
from bot.sandbox.people import Chat, Person, Post
from bot.sandbox.registry import Query, StoredFile
from bot.sandbox.talk import Talk

__all__ = ["Chat", "Person", "Post", "Query", "StoredFile", "World"]


class World(Talk, Membership):
    """Everything people can do (`talk`), everywhere they can be (`membership`), on one state (`registry`).

    A chat may be named by itself, its id, its title, or None for the first group; a person by name.
    """
