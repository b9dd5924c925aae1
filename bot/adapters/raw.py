"""What holds for the raw updates of every platform."""

import json
from typing import Any


def sound(raw: dict[str, Any]) -> dict[str, Any]:
    """*raw* with halves of characters, which no database takes, replaced."""
    try:
        json.dumps(raw, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        whole: dict[str, Any] = json.loads(json.dumps(raw, ensure_ascii=False).encode(errors="replace"))
        return whole
    return raw
