"""Looking at shared links for handlers; with the setting off nobody is asked, and nothing is known.

`title` gives {"title": str | None}, `alive` gives {"alive": bool | None}, both for {"url": str}.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.links.fetch import alive, fetch_title

Content = dict[str, Any]
Worker = Callable[[Content], Awaitable[Content]]


async def _title(content: Content) -> Content:
    return {"title": (await fetch_title(content["url"])).words or None}


async def _alive(content: Content) -> Content:
    return {"alive": await alive(content["url"])}


async def _no_title(_content: Content) -> Content:
    return {"title": None}


async def _unknown(_content: Content) -> Content:
    return {"alive": None}


ASKING: Mapping[str, Worker] = {"title": _title, "alive": _alive}
SILENT: Mapping[str, Worker] = {"title": _no_title, "alive": _unknown}
