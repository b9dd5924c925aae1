"""The command menu a platform shows, in each language, made from the commands themselves."""

import asyncio
from itertools import product

import structlog

from bot.adapters.base import Adapter, Undelivered
from config.moments import Almanac
from config.texts import LANGUAGES, Speech, say
from handlers.core.router import Router
from storage.models.community import Role

log = structlog.get_logger()
SHORT = {"zh-CN": "", "en": "en"}


async def publish_menus(adapter: Adapter, router: Router) -> None:
    """Tell the platform the commands: everybody's and leaders', in Chinese by default and in English."""
    for language, role in product(LANGUAGES, (Role.MEMBER, Role.LEADER)):
        content = {
            "commands": await asyncio.to_thread(menu, router, language, role),
            "language": SHORT[language],
            "leaders": role is Role.LEADER,
        }
        try:
            await adapter.work("menu", content)
        except Undelivered as error:
            log.warning("menu_not_published", language=language, reason=type(error).__name__)


def menu(router: Router, language: str, role: Role) -> list[tuple[str, str]]:
    """(name, one line) of every command *role* may use."""
    speech = Speech(language, Almanac.blank())
    return [
        (command.name, speech.plain(say(f"{command.feature}-menu-{command.name}")))
        for command in router.commands.values()
        if command.role.rank <= role.rank
    ]
