"""The page's words: the same keys and places in both languages, none missing, none unused."""

import json
import re
from pathlib import Path

import pytest

PAGE = Path("bot/sandbox/page")
TEXTS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (PAGE / "texts").glob("*.json")}
# Keys the page puts together from a part that varies.
MADE = re.compile(
    r"clock_(hour|morning|due)|tour_(text_)?\w+|joined|left|pinned|moved|topic|today|yesterday|group_bot_\w+|platform_\w+"
)


def test_both_languages_say_the_same_things() -> None:
    assert set(TEXTS) == {"zh-CN", "en"}
    assert TEXTS["zh-CN"].keys() == TEXTS["en"].keys()


@pytest.mark.parametrize("key", TEXTS["en"])
def test_places_for_values_agree(key: str) -> None:
    places = {name: sorted(re.findall(r"\{(\w+)\}", words[key])) for name, words in TEXTS.items()}
    assert places["zh-CN"] == places["en"]


def test_every_word_asked_for_is_there_and_every_word_is_asked_for() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.js"))
    asked = set(re.findall(r"say\(\s*\"(\w+)\"", source))
    assert asked <= TEXTS["en"].keys()
    quoted = set(re.findall(r"\"(\w+)\"", source))
    assert {key for key in TEXTS["en"] if key not in quoted and not MADE.fullmatch(key)} == set()


@pytest.mark.parametrize("word", ["！", "!", "🎉", "亲"])
def test_the_tone_is_calm(word: str) -> None:
    assert not [text for words in TEXTS.values() for text in words.values() if word in text]
