"""The shape of the code: layers, sizes, and one place that reads the time."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "storage", "config")
LONGEST_FUNCTION, LONGEST_CLASS, LONGEST_FILE = 50, 200, 300
CLOCK = ROOT / "bot" / "clock.py"
READS_TIME = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def sources() -> list[Path]:
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in found if "versions" not in path.parts]


SOURCES = sources()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def definitions(path: Path) -> Iterator[tuple[Named, int]]:
    """Functions and classes with their length in lines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Named):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def calls(path: Path) -> Iterator[tuple[str, str, int]]:
    """Every `name.attribute(…)`, where name may be the end of a longer path."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            yield name, node.func.attr, node.lineno


def test_the_layers_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(
    ("kinds", "most"),
    [((ast.FunctionDef, ast.AsyncFunctionDef), LONGEST_FUNCTION), ((ast.ClassDef,), LONGEST_CLASS)],
    ids=["functions", "classes"],
)
def test_nothing_is_longer_than_can_be_read_at_once(kinds: tuple[type[Named], ...], most: int) -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name} {length}"
        for path in SOURCES
        for node, length in definitions(path)
        if isinstance(node, kinds) and length > most
    ]
    assert long == []


def test_no_file_is_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert [str(path.relative_to(ROOT)) for path, length in lengths.items() if length > LONGEST_FILE] == []


def test_only_the_clock_reads_the_time() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in SOURCES
        if path != CLOCK
        for name, attribute, line in calls(path)
        if (name, attribute) in READS_TIME
    ]
    assert found == []
    assert any((name, attribute) in READS_TIME for name, attribute, _ in calls(CLOCK))


def test_below_the_bot_no_platform_has_a_name() -> None:
    names = {"telegram", "wecom", "wecom_webhook", "wechat"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] in ("handlers", "storage")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in names
    ]
    assert found == []
