"""From what happened to the handler that answers it. Denies by default: a handler states who may use it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from handlers.core.answer import Said
from handlers.core.arguments import Parser, parsers
from handlers.core.message import Kind
from handlers.core.turns import Circular, Letter, Turn
from storage.models.community import Role

Handler = Callable[..., Said]
TurnsHandler = Callable[[Session, Sequence[Turn], datetime], Iterable[Circular | Letter]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its names, who may use it, and under which situation /help shows it.

    *certain*: words after it that nobody would say in answer to a question.
    """

    name: str
    aliases: tuple[str, ...]
    role: Role
    situation: str
    handler: Handler
    arguments: Sequence[Parser]
    anonymous: bool = False
    feature: str = ""
    certain: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """A handler that is reached by something else than a command."""

    name: str
    handler: Handler
    role: Role = Role.ANYONE
    rank: int = 0
    anonymous: bool = False
    certain: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class DueRoute:
    """What is done at a due moment; *grace*: later than this it is not fired but passed over (see *late*)."""

    kind: str
    handler: Handler
    grace: timedelta
    late: Handler | None = None


@dataclass(frozen=True, slots=True)
class TurnsRoute:
    """What is done at very many due moments of one kind at a time; *grace* as in `DueRoute`."""

    kind: str
    handler: TurnsHandler
    grace: timedelta


@dataclass
class Router:
    """The routes of one feature; `include` gathers those of all features."""

    commands: dict[str, Command] = field(default_factory=dict)
    names: dict[str, Command] = field(default_factory=dict)
    buttons: dict[str, Route] = field(default_factory=dict)
    questions: dict[str, Route] = field(default_factory=dict)
    replies: dict[str, Route] = field(default_factory=dict)
    results: dict[str, Route] = field(default_factory=dict)
    starts: dict[str, Route] = field(default_factory=dict)
    dues: dict[str, DueRoute] = field(default_factory=dict)
    turns: dict[str, TurnsRoute] = field(default_factory=dict)
    events: dict[Kind, list[Route]] = field(default_factory=dict)
    listeners: list[Route] = field(default_factory=list)

    def command(
        self,
        name: str,
        *aliases: str,
        role: Role = Role.ANYONE,
        situation: str = "start",
        anonymous: bool = False,
        certain: Callable[[str], bool] | None = None,
    ) -> Callable[[Handler], Handler]:
        """`/name words` or `alias words`; the handler takes (ctx, *arguments read from the words)."""

        def register(handler: Handler) -> Handler:
            command = Command(
                name,
                aliases,
                role,
                situation,
                handler,
                parsers(handler),
                anonymous,
                handler.__module__.rpartition(".")[2],
                certain,
            )
            _put(self.commands, name, command)
            for word in (name, *aliases):
                _put(self.names, word.casefold(), command)
            return handler

        return register

    def button(
        self, action: str, role: Role = Role.MEMBER, anonymous: bool = False
    ) -> Callable[[Handler], Handler]:
        """A press on `Button(action=…)`; the handler takes (ctx, arg: str)."""
        return self._table(self.buttons, action, role, anonymous)

    def answer(self, route: str, role: Role = Role.ANYONE) -> Callable[[Handler], Handler]:
        """Words that answer `ctx.ask(route, **content)`; the handler takes (ctx, content: dict)."""
        return self._table(self.questions, route, role)

    def reply(self, card: str, role: Role = Role.MEMBER) -> Callable[[Handler], Handler]:
        """A reply to a post whose card is named `card:ref`; the handler takes (ctx, ref: str)."""
        return self._table(self.replies, card, role)

    def result(self, route: str) -> Callable[[Handler], Handler]:
        """The result of `ctx.later(kind, route, …)`; the handler takes (ctx, result: dict)."""
        return self._table(self.results, route, Role.ANYONE)

    def start(self, word: str) -> Callable[[Handler], Handler]:
        """A deep link `Button(start="word-ref")` opened; the handler takes (ctx, ref: str)."""
        return self._table(self.starts, word, Role.ANYONE)

    def due(self, kind: str, grace: timedelta, late: Handler | None = None) -> Callable[[Handler], Handler]:
        """A `Schedule` of *kind* is due; the handler takes (ctx, schedule) and sets schedule.next_at.

        More than *grace* late, *late* is called instead (None: nothing is said), which sets next_at too.
        """

        def register(handler: Handler) -> Handler:
            _put(self.dues, kind, DueRoute(kind, handler, grace, late))
            return handler

        return register

    def due_together(self, kind: str, grace: timedelta) -> Callable[[TurnsHandler], TurnsHandler]:
        """Schedules of *kind* are due, of which there may be very many at one time.

        The handler takes (session, turns, now), sets each turn's next_at, and gives circulars and letters.
        A turn more than *grace* late is marked so: nothing is to be said for it.
        """

        def register(handler: TurnsHandler) -> TurnsHandler:
            _put(self.turns, kind, TurnsRoute(kind, handler, grace))
            return handler

        return register

    def on(self, kind: Kind, rank: int = 0) -> Callable[[Handler], Handler]:
        """An event; every handler of the kind is called with (ctx), lowest rank first."""

        def register(handler: Handler) -> Handler:
            self.events.setdefault(kind, []).append(Route(kind, handler, rank=rank))
            return handler

        return register

    def listen(
        self, rank: int = 0, certain: Callable[[str], bool] | None = None
    ) -> Callable[[Handler], Handler]:
        """Words meant for the bot that nothing else claims; (ctx) → None passes them to the next rank.

        *certain*: words that are heard even while a question of another feature is open.
        """

        def register(handler: Handler) -> Handler:
            self.listeners.append(Route(handler.__name__, handler, rank=rank, certain=certain))
            return handler

        return register

    def include(self, other: "Router") -> None:
        """Take over the routes of a feature; raises ValueError for a name that is taken."""
        for mine, theirs in zip(self._tables(), other._tables(), strict=True):
            for name, route in theirs.items():
                _put(mine, name, route)
        for kind, routes in other.events.items():
            self.events.setdefault(kind, []).extend(routes)
            self.events[kind].sort(key=lambda route: route.rank)
        self.listeners = sorted([*self.listeners, *other.listeners], key=lambda route: route.rank)

    def _tables(self) -> list[dict[str, Any]]:
        return [
            self.commands,
            self.names,
            self.buttons,
            self.questions,
            self.replies,
            self.results,
            self.starts,
            self.dues,
            self.turns,
        ]

    def _table(
        self, table: dict[str, Route], name: str, role: Role, anonymous: bool = False
    ) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            _put(table, name, Route(name, handler, role, anonymous=anonymous))
            return handler

        return register


def _put(table: dict[str, Any], name: str, entry: Any) -> None:
    if name in table:
        raise ValueError(f"{name!r} is registered twice")
    table[name] = entry
