"""Texts without a language: handlers name a sentence, the catalogue says it."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.moments import Almanac

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("zh-CN", "en")
# Characters that turn the reading direction round or hide: a name must not rearrange our sentence.
UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
LONG, MARK = 2000, "\ue000{}\ue001"
JOINERS = {"zh-CN": "、", "en": ", "}

Value = Any  # str, int, datetime, date, Text, or a sequence of these


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence by its key in config/locales, with its values."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


def say(key: str, /, **values: Value) -> Text:
    """The sentence *key* of `<first part of key>.ftl` with *values*."""
    return Text(key, values)


def lines(*texts: "Text | None") -> Text:
    """Several sentences below each other; None is left out."""
    return Text("lines", {"texts": [text for text in texts if text is not None]})


def plain(words: str) -> Text:
    """Words of a person, shown as they are."""
    return Text("plain", {"words": words})


def link(words: str, address: str) -> Text:
    """Words of a person that lead to a page; anything but a web address leaves the words alone."""
    return Text("link", {"words": words, "address": address})


def rendered(markup: str) -> Text:
    """A text that was rendered before, for readers of the same language; never words of a person."""
    return Text("rendered", {"markup": markup})


def clean(words: str) -> str:
    """*words* without invisible and direction-changing characters."""
    return UNSEEN.sub("", words)


@dataclass(frozen=True)
class Speech:
    """How one reader is spoken to: language, and the almanac that dates are shown by."""

    language: str
    almanac: Almanac

    def html(self, text: Text) -> str:
        """The sentence as HTML with every value escaped."""
        return self._render(text, lambda words: html.escape(clean(words), quote=False))

    def plain(self, text: Text) -> str:
        """The sentence without markup, for buttons and menus."""
        return self._render(text, clean)

    def _render(self, text: Text, safe: Callable[[str], str]) -> str:
        if text.key == "lines":
            return "\n".join(self._render(one, safe) for one in text.values["texts"])
        if text.key == "plain":
            return safe(text.values["words"])
        if text.key == "link":
            return _link(text.values["address"], safe(text.values["words"]), marked=safe is not clean)
        if text.key == "rendered":
            return str(text.values["markup"])
        if not text.values:
            return _constant(self.language, text.key)
        values = {name: self._value(value, safe) for name, value in text.values.items()}
        return message(self.language, text.key, values)

    def _value(self, value: Value, safe: Callable[[str], str]) -> str | int | float:
        match value:
            case str():
                return safe(value)
            case bool():
                return "yes" if value else "no"
            case int() | float():
                return value
            case Text():
                return self._render(value, safe)
            case datetime():
                return self.almanac.moment(value, self.language)
            case date():
                return self.almanac.day(value, self.language)
            case Sequence():
                return JOINERS[self.language].join(str(self._value(one, safe)) for one in value)
            case _:
                raise TypeError(f"a text cannot hold {type(value).__name__}")


def _link(address: str, words: str, marked: bool) -> str:
    if not marked or not address.lower().startswith(("http://", "https://")):
        return words
    return f'<a href="{html.escape(clean(address), quote=True)}">{words}</a>'


def message(language: str, key: str, values: Mapping[str, str | int | float]) -> str:
    """The rendered message; raises KeyError for an unknown key, ValueError for a missing value."""
    bundle = _bundle(language, key.partition("-")[0])
    found = bundle.get_message(key) if bundle.has_message(key) else None
    if found is None or found.value is None:
        raise KeyError(key)
    # Fluent refuses values beyond a few thousand characters; a teacher's words may be longer than that.
    long = {name: value for name, value in values.items() if isinstance(value, str) and len(value) > LONG}
    words, errors = bundle.format_pattern(
        found.value, {**values} | {name: MARK.format(name) for name in long}
    )
    if errors:
        raise ValueError(f"{key}: {errors[0]}")
    return reduce(lambda said, name: said.replace(MARK.format(name), long[name]), long, str(words))


@cache
def _constant(language: str, key: str) -> str:
    """A message that holds no values, such as the words on a button."""
    return message(language, key, {})


def has(language: str, key: str) -> bool:
    """Whether *language* has the message *key*."""
    return bool(_bundle(language, key.partition("-")[0]).has_message(key))


@cache
def _bundle(language: str, feature: str) -> "FluentBundle":
    # Loaded with the first sentence, so that it does not hold up the start.
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([language], use_isolating=False)
    path = LOCALES / language / f"{feature}.ftl"
    if not path.exists():
        raise KeyError(feature)
    bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def language_of(code: str | None) -> str:
    """The language for someone whose platform says *code* (BCP 47): Chinese unless it says another."""
    return "zh-CN" if not code or code.lower().startswith("zh") else "en"
