"""`python -m bot check`: what works and what does not, a line each."""

from collections.abc import AsyncIterator

from bot.checkup import local
from bot.checkup.line import Line
from bot.checkup.telegram import telegram
from bot.checkup.wechat import wechat
from bot.checkup.wecom import push_robot
from bot.clock import system_clock
from bot.ending import say
from config.settings import Settings

NOWHERE = "no platform is set: YANBAN_TELEGRAM_TOKEN, YANBAN_WECOM_BOT_ID or YANBAN_WECHAT_APP_ID"


async def check(settings: Settings) -> int:
    """Print every finding; 0 when all is well, 1 otherwise."""
    fine = True
    async for works, words in _findings(settings):
        say(f"{'✓' if works else '✗'} {words}")
        fine = fine and works
    return 0 if fine else 1


async def _findings(settings: Settings) -> AsyncIterator[Line]:
    for line in (*local.folder(settings.data_dir), local.calendar(system_clock().year)):
        yield line
    line, groups = local.database(settings)
    whole = line == local.WHOLE
    yield line
    if not settings.platforms:
        yield False, NOWHERE
    async for line in telegram(
        settings, [address for platform, address, _ in groups if platform == "telegram"]
    ):
        yield line
    if settings.wecom_bot_id is not None:
        from bot.adapters.wecom_aibot.check import check as wecom

        yield await wecom(settings, known=whole)
    for line in push_robot(settings, groups):
        yield line
    async for line in wechat(settings):
        yield line
