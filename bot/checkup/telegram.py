"""What Telegram says of our bot."""

from collections.abc import AsyncIterator
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp

from bot.checkup.line import PATIENCE, Json, Line
from bot.clock import system_clock
from config.settings import Settings

SLOW = 60


async def telegram(settings: Settings, groups: list[str]) -> AsyncIterator[Line]:
    """What Telegram says of the token, the bot, and the groups at these addresses."""
    if settings.telegram_token is None:
        return
    address = f"{settings.telegram_base_url}{settings.telegram_token.get_secret_value()}"
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        try:
            me, there = await _ask(session, f"{address}/getMe", {})
            if me is None:
                yield False, "Telegram: does not know the token in YANBAN_TELEGRAM_TOKEN"
                return
            yield True, f"Telegram: the token belongs to @{me['username']}"
            yield _privacy(me)
            yield _clock(there)
            for group in groups:
                yield await _rights(session, address, group, me["id"])
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            # The error's own words hold the address, and with it the token.
            yield False, f"Telegram: cannot be reached ({type(error).__name__})"


async def _ask(session: aiohttp.ClientSession, url: str, given: Json) -> tuple[Json | None, datetime | None]:
    """The result, or None when it was refused; and what time Telegram has."""
    async with session.post(url, json=given) as response:
        answer = await response.json()
        date = response.headers.get("Date")
        there = parsedate_to_datetime(date) if date else None
        return (answer["result"] if answer.get("ok") else None), there


def _privacy(me: Json) -> Line:
    hears_all = bool(me.get("can_read_all_group_messages"))
    words = "off: turn it on with /setprivacy at @BotFather" if hears_all else "on"
    return not hears_all, f"privacy mode: {words}"


def _clock(there: datetime | None) -> Line:
    if there is None:
        return True, "clock: Telegram did not say what time it is"
    apart = abs((system_clock() - there).total_seconds())
    return apart < SLOW, f"clock: {apart:.0f} s apart from Telegram's"


async def _rights(session: aiohttp.ClientSession, address: str, group: str, me: int) -> Line:
    chat, _ = await _ask(session, f"{address}/getChat", {"chat_id": int(group)})
    if chat is None:
        return False, f"group {group}: the bot is not in it any more"
    member, _ = await _ask(session, f"{address}/getChatMember", {"chat_id": int(group), "user_id": me})
    status = (member or {}).get("status", "unknown")
    speaks = status in {"administrator", "member"} or bool((member or {}).get("can_send_messages"))
    return speaks, f"group “{chat.get('title', group)}”: the bot {'may write' if speaks else 'may not write'}"
