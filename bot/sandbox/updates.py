"""The queue of updates as getUpdates shows it: confirmed by offset, filtered by allowed_updates."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

FIRST = 100_000_001
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Updates:
    """Updates not yet confirmed, oldest first; ids only grow."""

    waiting: list[Json] = field(default_factory=list)
    next_id: int = FIRST
    allowed: list[str] | None = None
    listeners: list[Callable[[], None]] = field(default_factory=list)
    history: list[Json] = field(default_factory=list)

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this *kind*; the list empty or absent means the usual ones."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def emit(self, kind: str, payload: Json) -> Json | None:
        """Queue one update of *kind*, or None if the bot did not ask for such."""
        return self.add({kind: payload}) if self.wants(kind) else None

    def add(self, update: Json) -> Json:
        """Queue *update* as it is, with an id if it has none."""
        numbered = {"update_id": self.next_id} | update
        self.next_id = max(self.next_id, int(numbered["update_id"])) + 1
        self.waiting.append(numbered)
        self.history.append(numbered)
        for listener in list(self.listeners):
            listener()
        return numbered

    def confirm(self, offset: int) -> None:
        """Forget every update before *offset*; a negative one keeps only that many of the newest."""
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset:
            self.waiting = [update for update in self.waiting if update["update_id"] >= offset]

    def batch(self, limit: int) -> list[Json]:
        """The oldest updates, at most *limit* of them."""
        return self.waiting[:limit]
