"""Pages are asked for their titles only where who runs the bot wants it."""

from pathlib import Path

import pytest

from bot.app import standard_workers
from bot.links.workers import ASKING
from config.settings import Settings

TRAP = {"url": "http://127.0.0.1:9/"}


def settings(folder: Path, fetch_titles: bool) -> Settings:
    return Settings(data_dir=folder, fetch_titles=fetch_titles)


async def test_by_default_nobody_is_asked(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).fetch_titles is False
    workers = standard_workers(settings(tmp_path, fetch_titles=False))
    assert await workers["title"](TRAP) == {"title": None}
    assert await workers["alive"](TRAP) == {"alive": None}
    assert workers["title"] is not ASKING["title"]


@pytest.mark.parametrize(("kind", "answer"), [("title", {"title": None}), ("alive", {"alive": None})])
async def test_when_wanted_what_is_private_is_still_left_alone(
    tmp_path: Path, kind: str, answer: dict[str, None]
) -> None:
    workers = standard_workers(settings(tmp_path, fetch_titles=True))
    assert workers[kind] is ASKING[kind]
    assert await workers[kind](TRAP) == answer
