"""How long and how soon: 一个半小时, 90分钟, half an hour, 1 hour 30 minutes."""

from __future__ import annotations

import re

from handlers.core.when.numerals import EN_NUM, NUM, number
from handlers.core.when.slots import Slots, rule

# A length is read whole or not at all: 一百二十分钟 must not be read as 二十分钟, nor 2天3小时 as 3小时.
WHOLE = r"(?<![\d.零〇一二两三四五六七八九十百千万几数多半天个时])"
CHINESE = (
    rf"(?:{WHOLE}(半)个?(?:小时|钟头)"
    rf"|{WHOLE}({NUM}|\d{{1,2}}\.5)\s?个?(半)?(?:小时|钟头)(半)?(?:零?\s?({NUM})\s?分钟?)?|{WHOLE}({NUM})\s?分钟)"
)
ENGLISH = (
    r"(?:(half an hour)|(an hour and a half)"
    rf"|({EN_NUM}|\d\.5)[ -]?(?:hours?|hrs?|h)(?:,? (?:and )?(\d{{1,2}}|a half) ?(?:minutes?|mins?|m)?)?"
    rf"|({EN_NUM})[ -]?(?:minutes?|mins?)|({EN_NUM})( and a half) hours)(?![a-z0-9:])"
)


def minutes_in_chinese(match: re.Match[str]) -> int | None:
    """The length in minutes, None when a numeral in it is not a number."""
    half, hours, half_before, half_after, odd, minutes = match.groups()[-6:]
    if half:
        return 30
    if minutes:
        return number(minutes)
    whole = float(hours) if "." in hours else number(hours)
    rest = number(odd) if odd else 0
    if whole is None or rest is None:
        return None
    return int(whole * 60) + rest + (30 if half_before or half_after else 0)


def minutes_in_english(match: re.Match[str]) -> int | None:
    """The length in minutes, None when a numeral in it is not a number."""
    half_hour, hour_and_half, hours, odd, minutes, halved, _ = match.groups()[-7:]
    if half_hour or hour_and_half:
        return 30 if half_hour else 90
    if minutes or halved:
        return number(minutes) if minutes else (number(halved) or 0) * 60 + 30
    whole = float(hours) if "." in hours else number(hours)
    rest = 30 if odd == "a half" else int(odd or 0)
    return None if whole is None else int(whole * 60) + rest


def duration(match: re.Match[str]) -> Slots | None:
    """How long it takes."""
    minutes = _minutes(match)
    return {"minutes": minutes} if minutes else None


def offset(match: re.Match[str]) -> Slots | None:
    """How long from now."""
    minutes = _minutes(match)
    return {"offset": minutes} if minutes else None


def _minutes(match: re.Match[str]) -> int | None:
    return minutes_in_chinese(match) if len(match.groups()) == 6 else minutes_in_english(match)


LEAD = r"(?:时长|用时|共|一共|开|预计|持续|为时|为期)"
START, END = r"(?<![a-z0-9.-])", r"(?![a-z0-9])"
LENGTHS = (
    rule("clock", rf"(?:过|再过)?{CHINESE}(?:之|以)?后(?![台续面])", offset),
    rule("spell", rf"{LEAD}\s?{CHINESE}", duration),
    rule("duration", rf"(?:大概|大约|约)?\s?{CHINESE}(?=\s|$|[,，。、;)])", duration),
    rule("clock", rf"{START}in {ENGLISH}(?:' time)?{END}", offset),
    rule("clock", rf"{START}{ENGLISH} (?:from now|later){END}", offset),
    rule("spell", rf"{START}(?:for|lasting) {ENGLISH}{END}", duration),
    rule("duration", rf"{START}\(?{ENGLISH}\)?(?<!minute)(?<!\dh)(?=$|[\s,;])(?! of )", duration),
)
LOST = (rule("doubt", r"(?:天|周|星期|礼拜|小时|钟头|分钟|个月|年)(?:之|以)?后(?=\s|$|的|[上下早晚中\d])"),)
