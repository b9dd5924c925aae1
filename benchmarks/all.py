"""Every figure of docs/performance.md in one go, as a Markdown table to paste there.

    python -m benchmarks.all [--rounds 3] [--quick] [--folder DIR]

Takes about ten minutes on two cores; `--quick` shrinks every part to seconds, only to see that it runs.
Search has its own command, because it needs a database of a million resources: benchmarks.search.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import kills, schedules, share
from benchmarks.bots import OURS, PEER


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    updates: int = 2000
    seconds: float = 15
    storm: int = 6000
    kills: int = 20
    chats: int = 50
    pending: int = 1_000_000
    few: int = 1000
    due: int = 5000


QUICK = Size(updates=60, seconds=1, storm=60, kills=2, chats=6, pending=3000, few=300, due=60)
FIGURES = {
    "updates_s": "updates/s, 40 under way",
    "cpu_us": "CPU per update, µs",
    "p50_ms": "reply at 40/s, p50, ms",
    "p99_ms": "reply at 40/s, p99, ms",
    "ready_s": "start to ready, s",
    "idle_mb": "idle memory, MB",
}


def sharing(found: dict[str, share.Figures]) -> list[str]:
    """Rows of the table beside the peer."""
    ours, peer = found[OURS.name], found[PEER.name]
    rows = [
        f"| {words} | {ours[name]:.4g} | {peer[name]:.4g} | {ours[name] / peer[name]:.2f} |"
        for name, words in FIGURES.items()
    ]
    return ["| /share by webhook | Yanban | peer | ratio |", "|---|---:|---:|---:|", *rows]


def alone(found: dict[str, schedules.Figures], storm: dict[str, int]) -> list[str]:
    """Rows of the table of what has no peer."""
    few, many, due = found["few"], found["many"], found["due"]
    size = f"{many['pending']:.0f} schedules against {few['pending']:.0f}"
    rows = {
        f"start with {size}, ratio": many["start_ms"] / few["start_ms"],
        f"idle tick with {size}, ratio": many["idle_ms"] / few["idle_ms"],
        f"{due['due']:.0f} prompts due in one minute: into the outbox, per s": due["per_s"],
        "… longest standstill of the event loop, ms": due["longest_block_ms"],
        "… commands of other chats, p99, ms": due["command_p99_ms"],
        f"{storm['updates']} updates, {storm['kills']} kills: lost": storm["lost"],
        "… unsent": storm["unsent"],
        "… replies that came twice": storm["repeated"],
        "… out of order within a chat": storm["out_of_order"],
    }
    return ["| figure | Yanban |", "|---|---:|", *(f"| {name} | {it:.4g} |" for name, it in rows.items())]


def measure(size: Size, rounds: int, folder: Path) -> str:
    """Run everything; the tables."""
    shared = share.compare(rounds, size.updates, size.seconds, folder)
    pending = schedules.run(size.pending, size.few, size.due, folder)
    storm = kills.storm(size.storm, size.kills, size.chats, seed=1)
    return "\n".join([*sharing(shared), "", *alone(pending, storm)])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--folder", type=Path, help="on a real disk")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmarks", dir=chosen.folder) as folder:
        print(measure(QUICK if chosen.quick else Size(), chosen.rounds, Path(folder)))


if __name__ == "__main__":
    main()
