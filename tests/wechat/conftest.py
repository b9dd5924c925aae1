"""An Official Account of each kind, with a community of its followers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.follower import Followers, open_followers


@pytest.fixture
async def personal(tmp_path: Path) -> AsyncIterator[Followers]:
    """A personal account: it answers, and never speaks first."""
    async with open_followers(tmp_path, "personal") as opened:
        yield opened


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Followers]:
    """A verified service account."""
    async with open_followers(tmp_path, "service") as opened:
        yield opened


@pytest.fixture
async def subscription(tmp_path: Path) -> AsyncIterator[Followers]:
    """A verified subscription account."""
    async with open_followers(tmp_path, "subscription") as opened:
        yield opened
