"""Clocks in Chinese: 下午三点一刻, 16点半, 3-5点, 一个半小时, 半小时后, 下午第三节."""

from __future__ import annotations

import re

from handlers.core.when.numerals import NUM, number
from handlers.core.when.slots import Slots, rule

QUARTERS = {"半": 30, "一刻": 15, "1刻": 15, "三刻": 45, "3刻": 45, "二刻": 30, "2刻": 30, "两刻": 30}
NO_MINUTE = r"(?![年班单课节次位个人分岁元册章级道题种生项条页周天月小号套组层室会\d])"
MINUTE = (
    rf"(?:\s?(半|[一三二两123]刻)钟?|\s?({NUM})分(?!钟|[之享数享析])|({NUM})(?<=[\d零〇十一二三四五六七八九]{{2}}){NO_MINUTE}"
    rf"|\s?(?:整|正)(?![理式面])|钟)?"
)
NOT_A_CLOCK = "[段空期代拨差]|评(?![课审议比优])|名(?![师家著校])|心(?![理得])"
PARTS = (
    "凌晨|清晨|清早|一?大早|一早(?![读操餐晨自])|早晨|早上|大清早"
    "|上午|中午|正午|午间|下午|午后|傍晚|晚上|晚间|夜里|夜晚|深夜|半夜"
)


def point_clock(match: re.Match[str]) -> Slots | None:
    """三点一刻. Hours 1 to 7 without a part of day are loose."""
    hour = number(match[1])
    minute = _minute(match[2], match[3] or match[4])
    if hour is None or minute is None:
        return None
    if hour > 23 or minute > 59:
        return {"bad": match[0]}
    slots: Slots = {"clock": (hour, minute)}
    return slots | {"loose": True} if 1 <= hour <= 7 else slots


def _minute(quarter: str | None, words: str | None) -> int | None:
    if quarter:
        return QUARTERS[quarter]
    return number(words) if words else 0


def point_range(match: re.Match[str]) -> Slots | None:
    """2-4点."""
    first, last = number(match[1]), number(match[2])
    if first is None or last is None:
        return None
    if first > 23 or last > 23:
        return {"bad": match[0]}
    slots: Slots = {"clock": (first, 0), "end_clock": (last, 30 if match[3] else 0)}
    return slots | {"loose": True} if first <= 7 else slots


def period(match: re.Match[str]) -> Slots | None:
    """第三节; the part of day before it is read by its own rule."""
    count = number(match[1])
    return None if count is None or not 1 <= count <= 15 else {"period": count}


CLOCKS = (
    rule("doubt", rf"第?\s?{NUM}\s?[-~到至、]\s?{NUM}\s?节(?!课时)|第{NUM}{NUM}节"),
    rule("clock", rf"第\s?({NUM})\s?节(?:课)?", period),
    rule(
        "doubt",
        rf"差(?:一刻|{NUM}分)钟?(?:到|不到)?\s?{NUM}[点时]|{NUM}[点时]差(?:一刻|{NUM}分)|差{NUM}分钟?(?:到|不到)?\s?\d{{1,2}}:",
    ),
    rule("clock", rf"(?<![\d.:第])({NUM})\s?[-~到至]\s?({NUM})\s?[点时](半)?(?![钟段空期代])", point_range),
    rule("clock", rf"(?<![\d.:第])({NUM})\s?[点时](?!{NOT_A_CLOCK}){MINUTE}", point_clock),
    rule("part", rf"({PARTS})", lambda m: {"part": m[1]}),
    rule(
        "part",
        r"([早晚晨])(?:上|间)?(?=\s?(?:\d|[一二两三四五六七八九十]{1,2}点))",
        lambda m: {"part": {"晚": "晚上"}.get(m[1], "早上")},
    ),
    rule(
        "part", r"(?<=[今明后昨])([早晚晨])(?:上|间)?", lambda m: {"part": {"晚": "晚上"}.get(m[1], "早上")}
    ),
    rule("zone", r"\(?(?:北京时间|中国时间)\)?", lambda m: {"zone": "Asia/Shanghai"}),
)
