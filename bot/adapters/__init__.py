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
    return {adapter.platform: adapter for adapter in found}
