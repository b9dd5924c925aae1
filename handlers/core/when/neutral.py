"""Dates and clocks written in digits, the same in every language."""

from __future__ import annotations

import re

from handlers.core.when.fold import CJK
from handlers.core.when.slots import Slots, rule

AFTER_DATE = (
    r"(?=\s?(?:$|[,，、()@]|上午|下午|早|晚|中午|凌晨|傍晚|清晨|日|号|周|星期|礼拜|\d{1,2}[:点]"
    r"|[一二三四五六七八九十]{1,3}点)|\s)"
)


def full_date(match: re.Match[str]) -> Slots:
    """Year, month, day in this order."""
    return {"year": int(match[1]), "month": int(match[2]), "day": int(match[3])}


def slashed(match: re.Match[str]) -> Slots:
    """12/3: month first beside Chinese; beside English only when one number cannot be a month."""
    first, second = int(match[1]), int(match[2])
    if CJK.search(match.string) or first == second:
        return {"month": first, "day": second}
    if first > 12:
        return {"month": second, "day": first}
    return {"month": first, "day": second} if second > 12 else {"unclear": "date_order"}


def month_day(match: re.Match[str]) -> Slots | None:
    """11.28 and 11-28: only beside Chinese, and only for a real month and day."""
    month, day = int(match[1]), int(match[2])
    if not CJK.search(match.string):
        return slashed(match)
    return {"month": month, "day": day} if 1 <= month <= 12 and 1 <= day <= 31 else None


def colon_clock(match: re.Match[str]) -> Slots:
    """H:MM on the 24-hour clock. 3:30 without a leading zero may be the afternoon, so it is loose."""
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:
        return {"bad": match[0]}
    slots: Slots = {"clock": (hour, minute)}
    return slots | {"loose": True} if len(match[1]) == 1 and 1 <= hour <= 6 else slots


def hour_to_clock(match: re.Match[str]) -> Slots:
    """9-10:30."""
    first, last, minute = int(match[1]), int(match[2]), int(match[3])
    if first > 23 or last > 23 or minute > 59:
        return {"bad": match[0]}
    slots: Slots = {"clock": (first, 0), "end_clock": (last, minute)}
    return slots | {"loose": True} if 1 <= first <= 7 else slots


def clock_to_hour(match: re.Match[str]) -> Slots | None:
    """16:00-17."""
    start, last = colon_clock(match), int(match[3])
    if "clock" not in start or last > 23:
        return None
    return start | {"end_clock": (last, 0)}


def four_digits(match: re.Match[str]) -> Slots:
    """1600 right after a day or "at". Only a school's hours: 2030 may well be a year, so it is asked."""
    hour, minute = int(match[1][:2]), int(match[1][2:])
    sound = 6 <= hour <= 18 and minute <= 59 and minute % 5 == 0
    return {"clock": (hour, minute)} if sound else {"unclear": "clock"}


DATES = (
    rule("day", r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)(?:日|t(?=\d))?", full_date),
    rule("day", r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?=\s|$)", full_date),
    rule("day", r"(?<![\d./:a-z-])(\d{1,2})/(\d{1,2})(?:[日号](?![楼室])|(?![\d/班的与]|年级))", slashed),
    rule(
        "day",
        rf"(?<![\d.a-z:-])(?<![㐀-鿿])(1[0-2]|0?[1-9])\.([0-3]?\d)(?![\d.%:]|\s?[ap]\.?m)[日号]?{AFTER_DATE}",
        month_day,
    ),
    rule(
        "day",
        rf"(?:(?<=^)|(?<=\s))(1[0-2]|0?[1-9])-([0-3]?\d)(?![\d:点时-]|\s?[ap]\.?m)[日号]?{AFTER_DATE}",
        month_day,
    ),
)
CLOCKS = (
    rule(
        "clock",
        r"(?<![\d.:/a-z第-])(\d{1,2})(?:-|~|到|至)(\d{1,2}):(\d{2})(?![\d:]|\s?[ap]\.?m)",
        hour_to_clock,
    ),
    rule(
        "clock",
        r"(?<![\d:.])(\d{1,2}):(\d{2})\s?(?:-|~|到|至)(\d{1,2})(?=$|[\s,;)])(?!\s?[点时:]|\s?[ap]\.?m)",
        clock_to_hour,
    ),
    rule("doubt", r"(?<=[ap]m)\s?-\d{1,2}(?=$|[\s,;)])"),
    rule(
        "clock",
        r"(?<![\d:.])(\d{1,2})(?::| : )(\d{2})(?::\d{2}(?:\.\d+)?)?(?!\d|:\d|\s?[ap]\.?m)",
        colon_clock,
    ),
    rule("digits", r"(?:(?<=\s)|(?<=^))(?:at )?(\d{4})(?:\s?(?:h|hrs|hours))?(?=\s|$|[,，])", four_digits),
    rule("doubt", r"(?<=\d)\s?(?:[+]\d\d:?\d\d|z(?![a-z])|utc|gmt)(?:[+-]\d{1,2})?"),
    rule("to", r"到|至|-{1,2}|~|(?<![a-z])(?:to|through|thru)(?![a-z])"),
)
