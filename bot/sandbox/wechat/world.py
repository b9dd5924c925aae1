"""The followers of the pretend account and what was said in the chat of each."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass
class Follower:
    """A person and their chat with the account."""

    name: str
    openid: str
    following: bool = False


@dataclass
class Post:
    """One line in a follower's chat; *kind*: text, template, notice, or trouble (WeChat's own words)."""

    id: int
    person: str
    from_bot: bool
    text: str
    date: int
    kind: str = "text"


class World:
    """Everything there is, with no HTTP; *listeners* are called when anything changed."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.followers: dict[str, Follower] = {}
        self.posts: list[Post] = []
        self.menu: list[Json] = []
        self.codes: dict[str, str] = {}
        self.listeners: list[Callable[[], None]] = []
        self._counter = 0

    def number(self) -> int:
        """A number that was not used before."""
        self._counter += 1
        return self._counter

    def person(self, name: str) -> Follower:
        """The person of that name, new or known."""
        if name not in self.followers:
            self.followers[name] = Follower(name, f"oSandbox{self.number():020d}")
        return self.followers[name]

    def whose(self, openid: str) -> Follower | None:
        """The person with that id."""
        return next((one for one in self.followers.values() if one.openid == openid), None)

    def add(self, name: str, text: str, from_bot: bool, kind: str = "text") -> Post:
        """A new line in the chat of *name*."""
        post = Post(self.number(), name, from_bot, text, int(self.clock().timestamp()), kind)
        self.posts.append(post)
        self.changed()
        return post

    def chat(self, name: str) -> list[Post]:
        """What was said in the chat of *name*, oldest first."""
        return [post for post in self.posts if post.person == name]

    def changed(self) -> None:
        for listener in self.listeners:
            listener()

    def dump(self) -> Json:
        """All of it as JSON."""
        return {
            "followers": [asdict(one) for one in self.followers.values()],
            "posts": [asdict(one) for one in self.posts],
            "menu": self.menu,
            "codes": self.codes,
            "counter": self._counter,
        }

    def load(self, dumped: Json) -> None:
        """Bring back what `dump` gave."""
        self.followers = {one["name"]: Follower(**one) for one in dumped["followers"]}
        self.posts = [Post(**one) for one in dumped["posts"]]
        self.menu, self.codes, self._counter = dumped["menu"], dumped["codes"], dumped["counter"]
        self.changed()
