"""Troubles that can be switched on at the pretend gateway."""

from dataclasses import dataclass

ACKS = frozenset({"lost ack", "late ack", "double ack", "swapped acks"})
KINDS = ACKS | {"errcode", "not subscribed", "double delivery"}


@dataclass
class Fault:
    """For a command (None is any), every nth fitting frame, *times* at most; *code* is what it answers."""

    kind: str
    cmd: str | None = None
    every: int = 1
    times: int | None = None
    code: int = 0
    seen: int = 0
    struck: int = 0

    def strikes(self, cmd: str) -> bool:
        """Count a frame and say whether it is hit."""
        if self.cmd not in (None, cmd):
            return False
        self.seen += 1
        hit = self.seen % self.every == 0 and (self.times is None or self.struck < self.times)
        self.struck += hit
        return hit


class Faults:
    """The troubles switched on now. Heartbeats and subscriptions are hit only when they are named.

    lost ack: it never comes · late ack: it waits for `Gateway.release` · double ack: it comes twice ·
    swapped acks: it comes after the next one · errcode: *code* instead of doing it · not subscribed: 846609
    from now on, the socket left open · double delivery: a callback comes twice.
    """

    def __init__(self) -> None:
        self.active: list[Fault] = []

    def on(
        self, kind: str, cmd: str | None = None, every: int = 1, times: int | None = None, code: int = 0
    ) -> Fault:
        """Switch a trouble on. Raises ValueError for an unknown kind."""
        if kind not in KINDS:
            raise ValueError(f"{kind}: one of {', '.join(sorted(KINDS))}")
        fault = Fault(kind, cmd, every, times, code)
        self.active.append(fault)
        return fault

    def off(self, fault: Fault | None = None) -> None:
        """Switch one trouble off, or all."""
        self.active = [one for one in self.active if fault is not None and one is not fault]

    def strike(self, cmd: str, kinds: frozenset[str]) -> Fault | None:
        """The trouble of these kinds that hits this frame, if any."""
        named = cmd in ("ping", "aibot_subscribe")
        fitting = [one for one in self.active if one.kind in kinds and (not named or one.cmd == cmd)]
        return next((one for one in fitting if one.strikes(cmd)), None)
