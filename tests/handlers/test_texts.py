"""Every sentence, in both languages: the same keys, the same variables, and it can be said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from config.texts import LANGUAGES, LOCALES
from handlers import load
from handlers.core.router import Router

# A number is written out in Chinese and in figures in English: one value under two names.
SAME = {"when-period": {"chinese": "number"}}
FEATURES = sorted({path.stem for path in LOCALES.rglob("*.ftl")})


class Variables(Visitor):
    """Collects the variables of a message and the messages it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.parts: set[str] = set()

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.parts.add(node.id.name)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.found.add(node.id.name)


def messages(language: str, feature: str) -> dict[str, set[str]]:
    """Keys and the variables of each, those of the messages it is made of included."""
    source = (LOCALES / language / f"{feature}.ftl").read_text(encoding="utf-8")
    found: dict[str, Variables] = {}
    for entry in FluentParser().parse(source).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, entry.id.name
            found[entry.id.name] = Variables()
            found[entry.id.name].visit(entry)
    return {key: _everything(key, found) for key in found}


def _everything(key: str, found: dict[str, Variables]) -> set[str]:
    same = SAME.get(key, {})
    own = {same.get(name, name) for name in found[key].found}
    return own.union(*(_everything(part, found) for part in found[key].parts))


def files() -> Iterator[Path]:
    """Every file of texts."""
    return LOCALES.rglob("*.ftl")


@pytest.mark.parametrize("feature", FEATURES)
def test_both_languages_have_the_same_keys_and_variables(feature: str) -> None:
    chinese, english = (messages(language, feature) for language in LANGUAGES)
    assert chinese == english
    assert all(key.startswith(f"{feature}-") for key in chinese)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("feature", FEATURES)
def test_every_sentence_can_be_said(language: str, feature: str) -> None:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((LOCALES / language / f"{feature}.ftl").read_text(encoding="utf-8")))
    for key, variables in messages(language, feature).items():
        value = bundle.get_message(key).value
        assert value is not None
        names = variables | set(SAME.get(key, {}))
        for filled in (dict.fromkeys(names, "7"), dict.fromkeys(names, 7)):
            said, errors = bundle.format_pattern(value, filled)
            if not errors:
                break
        assert errors == [], key
        assert str(said).strip(), key


def test_chinese_does_not_shout() -> None:
    shouting = [
        f"{path.stem}: {line}"
        for path in files()
        if path.parent.name == "zh-CN"
        for line in path.read_text(encoding="utf-8").splitlines()
        if "！" in line or "!" in line
    ]
    assert shouting == []


def test_every_command_has_its_line_and_its_help_in_both_languages() -> None:
    wanted = [
        f"{command.feature}-{what}-{command.name}"
        for command in load().commands.values()
        for what in ("menu", "help")
    ]
    missing = [
        f"{language}: {key}"
        for language in LANGUAGES
        for key in wanted
        if key not in messages(language, key.partition("-")[0])
    ]
    assert missing == []


def test_lines_of_the_menu_are_short_enough_for_telegram() -> None:
    """Telegram takes names of 1 to 32 of a-z, 0-9 and _, and descriptions of 1 to 256 characters."""
    for command in load().commands.values():
        assert command.name.isascii()
        assert command.name.replace("_", "").isalnum()
        assert len(command.name) <= 32


def test_a_command_cannot_be_registered_twice() -> None:
    router = Router()
    router.command("join", "加入")(lambda ctx: None)
    with pytest.raises(ValueError, match="registered twice"):
        router.command("enter", "加入")(lambda ctx: None)
    other = Router()
    other.command("join")(lambda ctx: None)
    with pytest.raises(ValueError, match="registered twice"):
        router.include(other)
