"""Everything a community shares, as JSON and Markdown, without anybody's private words.

A feature takes part by offering `export_community(session, community_id) -> dict` in its module of
`storage.queries`: JSON-able, only what the whole group can see.
"""

import importlib
import json
import os
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from bot.clock import system_clock
from bot.commands import opened, prepare
from bot.ending import BAD_SETTING, TROUBLE, fail, say
from config.settings import Settings
from handlers.core.context import speech
from handlers.log import told
from storage import queries
from storage.models.community import Community
from storage.models.log import Change
from storage.queries.community import chats_of, members_of

Json = dict[str, Any]
Shared = Callable[[Session, int], Json]
UNFIT = re.compile(r"[^\w-]+")


def export(settings: Settings, folder: Path) -> None:
    """Write one folder for each community into *folder*."""
    prepare(settings)
    database = opened(settings)
    try:
        with Session(database) as session:
            communities = session.exec(select(Community).order_by(col(Community.id))).all()
            names = [_write(folder, one, shared(session, one)) for one in communities]
    except OSError as error:
        fail(f"{folder}: {error.strerror}", TROUBLE)
    finally:
        database.dispose()
    if not names:
        fail("There is no community yet", BAD_SETTING)
    say("\n".join(f"Written: {name}" for name in names))


def shared(session: Session, community: Community) -> Json:
    """The community's settings, its features and its log; times in UTC."""
    number = community.id or 0
    kept = {name: tell(session, number) for name, tell in sources()}
    return {
        "community": _about(session, community),
        **{name: content for name, content in kept.items() if content},
        "log": _log(session, community),
    }


def sources() -> Iterator[tuple[str, Shared]]:
    """The features that have something to export, by name."""
    for found in pkgutil.iter_modules(queries.__path__):
        module: ModuleType = importlib.import_module(f"{queries.__name__}.{found.name}")
        if hasattr(module, "export_community"):
            yield found.name, module.export_community


def _about(session: Session, community: Community) -> Json:
    hidden = {"id"}
    members = members_of(session, community.id or 0)
    return community.model_dump(mode="json", exclude=hidden) | {
        "chats": [
            {"platform": chat.platform, "title": chat.title} for chat in chats_of(session, community.id or 0)
        ],
        "members": [{"name": person.name, "role": member.role.value} for member, person in members],
    }


def _log(session: Session, community: Community) -> list[Json]:
    """What leaders changed, oldest first, in the community's language."""
    now = system_clock()
    voice = speech(community.language, community, ZoneInfo(community.zone), now)
    query = select(Change).where(Change.community_id == community.id).order_by(col(Change.id))
    return [
        {"at": change.at.isoformat(), "what": voice.plain(told(session, voice, change))}
        for change in session.exec(query)
    ]


def _write(folder: Path, community: Community, content: Json) -> Path:
    name = UNFIT.sub("-", community.name).strip("-")[:60]
    place = folder / f"{community.id}-{name}".rstrip("-")
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    _put(place / "community.json", json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    _put(place / "community.md", "\n".join([f"# {_line(community.name)}", *_markdown(content, 2)]) + "\n")
    return place


def _put(file: Path, text: str) -> None:
    with open(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
        out.write(text)


def _markdown(content: Json, depth: int) -> Iterator[str]:
    for name, value in content.items():
        if isinstance(value, dict) and depth < 6:
            yield from ("", f"{'#' * depth} {_line(name)}", "", *_markdown(value, depth + 1))
        elif isinstance(value, list):
            yield from ("", f"{'#' * depth} {_line(name)}", "", *(f"- {_flat(one)}" for one in value), "")
        else:
            yield f"- {_line(name)}: {_flat(value)}"


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(
            f"{name}: {_flat(one)}" for name, one in value.items() if one not in (None, "", [], {})
        )
    if isinstance(value, list):
        return ", ".join(_flat(one) for one in value)
    return "" if value is None else _line(str(value))


def _line(words: str) -> str:
    """One line, in which nothing is taken for a heading or a list."""
    return re.sub(r"([\\`*_<>\[\]#])", r"\\\1", " ".join(words.split()))
