"""The documentation is true: complete, linked, the same in both languages, and its example runs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.reference import pages
from config.settings import Settings
from handlers import load

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READMES = ("README.md", "README.en.md")
PAGES = sorted([*DOCS.glob("*.md"), *(ROOT / name for name in (*READMES, "CHANGELOG.md"))])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^```\w+ title=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
COPIED = ("bot", "config", "handlers", "storage", "tests", "pyproject.toml")


def words(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", sorted(pages()))
def test_pages_made_from_the_code_are_up_to_date(name: str) -> None:
    assert words(DOCS / name) == pages()[name], "run make docs"


def test_every_setting_is_described() -> None:
    text = words(DOCS / "settings.md")
    missing = [name for name in Settings.model_fields if f"`YANBAN_{name.upper()}`" not in text]
    assert missing == []
    assert all(field.description for field in Settings.model_fields.values())


def test_every_command_is_described() -> None:
    text = words(DOCS / "commands.md")
    assert [name for name in load().names if f"`/{name}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(without_code(words(page)))
    assert [one for one in targets if one and not (page.parent / one).exists()] == []


@pytest.mark.parametrize("readme", READMES)
def test_make_knows_every_word_the_readme_uses(readme: str) -> None:
    used = set(re.findall(r"^make (\w+)|`make (\w+)`", words(ROOT / readme), re.MULTILINE))
    known = set(re.findall(r"^(\w+):", words(ROOT / "Makefile"), re.MULTILINE))
    named = {first or second for first, second in used}
    assert named
    assert named <= known


@pytest.mark.parametrize("readme", READMES)
def test_the_command_line_knows_every_word_the_readme_uses(readme: str) -> None:
    used = set(re.findall(r"python -m bot (\w+)", words(ROOT / readme)))
    listed = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], capture_output=True, encoding="utf-8", cwd=ROOT, check=True
    )
    assert used
    assert used <= set(re.findall(r"^  (\w+)  ", listed.stdout, re.MULTILINE))


@pytest.mark.parametrize(
    ("chinese", "english"), [READMES, ("docs/connect-telegram.md", "docs/connect-telegram.en.md")]
)
def test_both_languages_have_the_same_headings_and_commands(chinese: str, english: str) -> None:
    ours, theirs = words(ROOT / chinese), words(ROOT / english)
    assert HEADING.findall(without_code(ours)) == HEADING.findall(without_code(theirs))
    assert re.findall(r"python -m bot \w+", ours) == re.findall(r"python -m bot \w+", theirs)
    assert set(re.findall(r"YANBAN_\w+", ours)) == set(re.findall(r"YANBAN_\w+", theirs))


def test_promises_name_tests_that_exist() -> None:
    promised = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", words(DOCS / "reliability.md"))
    assert promised
    for file, test in promised:
        assert f"def {test}" in words(ROOT / file) if test else (ROOT / file).exists()


def test_settings_named_in_the_docs_exist() -> None:
    known = {f"YANBAN_{name.upper()}" for name in Settings.model_fields}
    named = {name for page in PAGES for name in re.findall(r"YANBAN_[A-Z_]+[A-Z]", words(page))}
    assert named <= known


def test_the_example_of_a_new_command_works(tmp_path: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / name)
    files = dict(BLOCK.findall(words(DOCS / "adding-a-command.md")))
    assert len(files) == 4
    for name, content in files.items():
        assert not (tmp_path / name).exists()
        (tmp_path / name).write_text(content, encoding="utf-8")
    tests = ["tests/handlers/test_week.py", "tests/handlers/test_texts.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *tests],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
