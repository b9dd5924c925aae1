"""A whole school writes to the bot while it is killed (SIGKILL) and started again.

    python -m benchmarks.kills [--updates 6000] [--kills 20] [--chats 50] [--seed 1]

Prints one JSON object: how many updates were lost or left unsent, how many replies came twice (a reply
that was under way when the process died goes again) and how many came out of order within their chat.
Fails when anything was lost, unsent or out of order.
"""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path

from tests.reliability.storm import Storm


def storm(updates: int, kills: int, chats: int, seed: int) -> dict[str, int]:
    """What became of *updates* in *chats* groups with *kills* kills on the way."""
    with tempfile.TemporaryDirectory(prefix="kills") as folder:
        report = asyncio.run(Storm(Path(folder), chats, seed).run(updates, kills))
    return {
        "updates": report.updates,
        "kills": report.kills,
        "lost": report.lost,
        "unsent": report.unsent,
        "repeated": report.repeated,
        "out_of_order": report.out_of_order,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--updates", type=int, default=6000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--chats", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    found = storm(chosen.updates, chosen.kills, chosen.chats, chosen.seed)
    print(json.dumps(found), flush=True)
    if found["lost"] or found["unsent"] or found["out_of_order"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
