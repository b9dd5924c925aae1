"""Make api.json, the specification this sandbox checks against, from the full machine-readable one.

Source: https://github.com/PaulSonOfLars/telegram-bot-api-spec (api.json), read off core.telegram.org.
Only the facts of the interface are kept: names, types, what is required, limits. The prose is left out.
Run with `python -m bot.sandbox.compact full.json` after downloading a newer one.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("api.json")
SOURCE = (
    "https://github.com/PaulSonOfLars/telegram-bot-api-spec, made from https://core.telegram.org/bots/api"
)
NOTE = "Names, types and limits only; the descriptions are left out. No licence file was found there."

SPAN = re.compile(
    r"(?<![\d.+:-])(\d[\d,]*)-(\d[\d,]*)(?![\d-])\s*(characters|bytes|items?|identifiers|initial|emoji|tasks|"
    r"search keywords|answer options|are accepted)?( after entit\w+ parsing)?",
    re.IGNORECASE,
)
AT_MOST = re.compile(r"At most (\d+)|a JSON-serialized list of up to (\d+)", re.IGNORECASE)
CONSTANT = re.compile(r"(?:, always|, must be) [\"“]?([a-z0-9_]+)[\"”]?(?:[.,]|$)")
WORDS = re.compile(r"(?:must|Must) be one of ([\"“][^.;]+)")
LETTERS = {
    ("BotCommand", "command"): "[a-z0-9_]+",
    ("setWebhook", "secret_token"): "[A-Za-z0-9_-]+",
    ("InlineQueryResultsButton", "start_parameter"): "[A-Za-z0-9_-]+",
}
PARSED = {("InputTextMessageContent", "message_text")}


def limit(owner: str, field: dict[str, Any]) -> dict[str, Any]:
    """The documented limits of one field: {unit: [least, most]}, const, words, letters."""
    found = _span(owner, field) | _words(field["description"])
    if pattern := LETTERS.get((owner, field["name"])):
        found["letters"] = pattern
    return found


def _span(owner: str, field: dict[str, Any]) -> dict[str, Any]:
    kind, prose = field["types"][0], field["description"]
    if kind.startswith("Array") and (most := AT_MOST.search(prose)):
        return {"items": [0, int(most[1] or most[2])]}
    if not (match := SPAN.search(prose)) or "Dice" in owner or field["name"] == "emoji":
        return {}
    unit = (match[3] or "").lower()
    span = [int(match[1].replace(",", "")), int(match[2].replace(",", ""))]
    if span[0] > span[1]:
        return {}
    if kind.startswith("Array"):
        return {"items": span}
    if kind in ("Integer", "Float"):
        return {"number": span}
    if unit not in ("characters", "bytes"):
        return {}
    parsed = match[4] or (owner, field["name"]) in PARSED
    return {"parsed" if parsed else unit: span}


def _words(prose: str) -> dict[str, Any]:
    if constant := CONSTANT.search(prose):
        return {"const": constant[1]}
    words = WORDS.search(prose)
    choices = re.findall(r"[\"“]([^\"”]+)[\"”]", words[1]) if words else []
    return {"words": choices} if len(choices) > 1 else {}


def _fields(owner: str, entry: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        field["name"]: [field["types"], int(field["required"]), *filter(None, [limit(owner, field)])]
        for field in entry.get("fields", [])
    }


def compact(full: dict[str, Any]) -> dict[str, Any]:
    """The full specification without its prose; shapes are those `bot.sandbox.spec` reads."""
    methods = {name: _fields(name, entry) for name, entry in full["methods"].items()}
    types = {name: _fields(name, entry) for name, entry in full["types"].items()}
    unions = {name: entry["subtypes"] for name, entry in full["types"].items() if "subtypes" in entry}
    head = {"version": full["version"], "date": full["release_date"], "source": SOURCE, "note": NOTE}
    return head | {"methods": methods, "types": types, "unions": unions}


def main(path: Path) -> None:
    """Write api.json from the full file at *path*."""
    made = compact(json.loads(path.read_text(encoding="utf-8")))
    TARGET.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
