"""The recorded frames of the protocol."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "data" / "wecom"


def sample(name: str) -> dict[str, Any]:
    """The frame or body in that file."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def frame_of(body: dict[str, Any], cmd: str = "aibot_msg_callback") -> dict[str, Any]:
    """*body* as it comes over the wire."""
    return {"cmd": cmd, "headers": {"req_id": "req-1"}, "body": body}
