"""Recorded samples and the vectors of Tencent's and wechatpy's own tests."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "data" / "wechat"
VECTORS: dict[str, Any] = json.loads((FOLDER / "vectors.json").read_text(encoding="utf-8"))
TENCENT, WECHATPY = VECTORS["tencent"], VECTORS["wechatpy"]
# Messages and events as accounts receive them; the crypto samples are envelopes.
SAMPLES = sorted(path for path in FOLDER.glob("*.xml") if not path.name.startswith("crypto"))


def words(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").strip()


def answer(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(words(name))
    return found
