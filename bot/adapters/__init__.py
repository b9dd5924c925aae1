"""The platforms the settings name, each loaded only when it is used."""

from bot.adapters.base import Adapter
from bot.clock import Clock
from bot.engine import Engine
from config.settings import Settings


def adapters_for(settings: Settings, clock: Clock, engine: Engine) -> dict[str, Adapter]:
    """An adapter for every platform that has its secret set, by platform."""
    found: list[Adapter] = []
    if settings.telegram_token is not None:
        from bot.adapters.telegram import TelegramAdapter

        found.append(TelegramAdapter(settings, clock))
    if settings.wechat_app_id is not None:
        from bot.adapters.wechat_oa import WechatAdapter

        found.append(WechatAdapter(settings, clock, engine))
    if settings.wecom_bot_id:
        from bot.adapters.wecom_aibot import WecomAdapter

        found.append(WecomAdapter(settings, clock, engine))
    return {adapter.platform: adapter for adapter in found}
