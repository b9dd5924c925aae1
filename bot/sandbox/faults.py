"""Troubles that can be switched on: what a platform does on a bad day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.refusal import Refusal

Json = dict[str, Any]

REFUSED: dict[str, Callable[[Json], Refusal]] = {
    "429": lambda extra: Refusal(
        429, f"retry after {extra['retry_after']}", retry_after=extra["retry_after"]
    ),
    "kicked": lambda _: Refusal(403, "bot was kicked from the supergroup chat"),
    "blocked": lambda _: Refusal(403, "bot was blocked by the user"),
    "not found": lambda _: Refusal(400, "chat not found"),
    "migrated": lambda extra: Refusal(
        400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=extra["to"]
    ),
}
BEFORE = frozenset({"5xx", "silence", "reset before"})
AFTER = frozenset({"reset after", "truncated"})
KINDS = frozenset(REFUSED) | BEFORE | AFTER


@dataclass
class Fault:
    """One trouble: for a *method* and a *chat* (None is any), every nth fitting request, *times* at most."""

    kind: str
    method: str | None = None
    chat: int | None = None
    every: int = 1
    times: int | None = None
    extra: Json = field(default_factory=dict)
    seen: int = 0
    struck: int = 0

    def strikes(self, method: str, chat: object) -> bool:
        """Count a request and say whether it is hit."""
        if self.method not in (None, method) or self.chat not in (None, chat):
            return False
        self.seen += 1
        hit = self.seen % self.every == 0 and (self.times is None or self.struck < self.times)
        self.struck += hit
        return hit


class Faults:
    """The troubles switched on now; the first that strikes wins. getUpdates is hit only when named."""

    def __init__(self) -> None:
        self.active: list[Fault] = []

    def on(
        self,
        kind: str,
        method: str | None = None,
        chat: int | None = None,
        every: int = 1,
        times: int | None = None,
        **extra: int,
    ) -> Fault:
        """Switch a trouble on. *kind* is one of KINDS; "429" takes retry_after (seconds), "migrated" takes
        to (chat id), "5xx" takes status. Raises ValueError for an unknown kind, KeyError for a missing extra.
        """
        if kind not in KINDS:
            raise ValueError(f"{kind}: one of {', '.join(sorted(KINDS))}")
        fault = Fault(kind, method, chat, every, times, dict(extra))
        if kind in REFUSED:
            REFUSED[kind](fault.extra)
        self.active.append(fault)
        return fault

    def off(self, fault: Fault | None = None) -> None:
        """Switch one trouble off, or all."""
        self.active = [one for one in self.active if fault is not None and one is not fault]

    def strike(self, method: str, chat: object) -> Fault | None:
        """The trouble that hits this request, if any."""
        fitting = [one for one in self.active if method != "getUpdates" or one.method == "getUpdates"]
        return next((one for one in fitting if one.strikes(method, chat)), None)
