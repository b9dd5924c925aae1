"""The world on disk: one SQLite file, so that a restart keeps the conversation."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.sandbox.guests import Guest
from bot.sandbox.people import Chat, Person, Post
from bot.sandbox.registry import Query, StoredFile
from bot.sandbox.world import World

Json = dict[str, Any]
SCHEMA = (
    "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value TEXT, bytes BLOB, PRIMARY KEY (kind, key))"
)
# A row that is written again keeps its place, and with it the order in which people are shown.
PUT = (
    "INSERT INTO kept VALUES (?, ?, ?, ?) "
    "ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, bytes = excluded.bytes"
)
READ = "SELECT value, bytes FROM kept WHERE kind = ? ORDER BY rowid"


class Store:
    """Rows of JSON by kind and key; only what changed is written."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=NORMAL")
        self.database.execute(SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def load(self, world: World) -> bool:
        """Bring a kept world back into an empty one; False when nothing was kept."""
        for value, _ in self._rows("person"):
            world.people[value["id"]] = Person(**value)
        for value, _ in self._rows("chat"):
            world.chats[value["id"]] = Chat(**value)
        for value, _ in sorted(self._rows("post"), key=lambda row: (row[0]["chat"], row[0]["id"])):
            world.posts[value["chat"], value["id"]] = Post(**value)
        for value, _ in self._rows("query"):
            world.queries[value["id"]] = Query(**value)
        for value, content in self._rows("file"):
            world.files[value["id"]] = StoredFile(**value, content=content)
        for value, _ in self._rows("rest"):
            _restore(world, value)
        return bool(world.people)

    def _rows(self, kind: str) -> list[tuple[Json, bytes]]:
        return [(json.loads(value), content) for value, content in self.database.execute(READ, (kind,))]

    def guest(self, platform: str) -> Json | None:
        """What was kept of another platform."""
        return next((value["kept"] for value, _ in self._rows("guest") if value["of"] == platform), None)

    def save(self, world: World, skipped: float, guests: Sequence[Guest] = ()) -> None:
        """Write what changed since the last time; *skipped* is the moved clock's offset in seconds."""
        rows = [_row(world, kind, key) for kind, key in sorted(world.dirty, key=repr) if kind in TABLES]
        rest = {
            "counter": world.counter,
            "commands": world.commands,
            "skipped": skipped,
            "waiting": world.updates.waiting,
            "next_id": world.updates.next_id,
            "allowed": world.updates.allowed,
        }
        world.dirty.clear()
        self.database.execute("BEGIN")
        others = [
            ("guest", guest.platform, json.dumps({"of": guest.platform, "kept": guest.dump()}), None)
            for guest in guests
        ]
        self.database.executemany(PUT, [*rows, *others, ("rest", "", json.dumps(rest), None)])
        self.database.execute("COMMIT")

    def skipped(self) -> float:
        """The offset kept with the world, in seconds."""
        return sum(float(value["skipped"]) for value, _ in self._rows("rest"))


TABLES = {
    "person": lambda world, key: world.people[key],
    "chat": lambda world, key: world.chats[key],
    "post": lambda world, key: world.posts[key],
    "query": lambda world, key: world.queries[key],
    "file": lambda world, key: world.files[key],
}


def _row(world: World, kind: str, key: Any) -> tuple[str, str, str, bytes | None]:
    value = asdict(TABLES[kind](world, key))
    content = value.pop("content", None)
    return kind, repr(key), json.dumps(value), content


def _restore(world: World, rest: Json) -> None:
    world.counter, world.commands = rest["counter"], rest["commands"]
    world.updates.waiting, world.updates.next_id = rest["waiting"], rest["next_id"]
    world.updates.allowed = rest["allowed"]
