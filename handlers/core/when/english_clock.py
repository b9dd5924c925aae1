"""Clocks in English: 3:30pm, noon, half past three, 3-4pm, for 90 minutes, in 2 hours."""

from __future__ import annotations

import re

from handlers.core.when.english_days import END, START
from handlers.core.when.numerals import EN_NUM, number
from handlers.core.when.slots import Slots, rule

HALF = r"(a\.?m\.?|p\.?m\.?)(?![a-z0-9])"
PAST = {"half": 30, "quarter": 15, "a quarter": 15, "ten": 10, "five": 5, "twenty": 20, "twenty-five": 25}


def on_day(hour: int, minute: int, half: str) -> tuple[int, int] | None:
    """A 12-hour clock on the 24-hour one; None when there is no such hour."""
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return (hour % 12 + (12 if half[0] == "p" else 0), minute)


def half_clock(match: re.Match[str]) -> Slots:
    """3:30pm. 12am could be either end of the day, so it is asked about."""
    hour, minute, half = match[1] or match[5], int(match[2] or match[6] or 0), match[3] or match[4]
    if int(hour) > 12 and half[0] == "p" and int(hour) < 24 and minute <= 59:
        return {"clock": (int(hour), minute)}
    clock = on_day(int(hour), minute, half)
    if clock is None:
        return {"bad": match[0]}
    return {"unclear": "midnight"} if clock == (0, 0) else {"clock": clock}


def half_range(match: re.Match[str]) -> Slots:
    """3-4pm, 11-1pm: the first clock takes the half of day that puts it before the second."""
    last = on_day(int(match[3]), int(match[4] or 0), match[5])
    options = [on_day(int(match[1]), int(match[2] or 0), half) for half in (match[5], "a")]
    if last is None or options[0] is None:
        return {"bad": match[0]}
    first = next((option for option in options if option and option < last), None)
    return {"clock": first, "end_clock": last} if first else {"bad": match[0]}


def spoken(match: re.Match[str]) -> Slots | None:
    """half past three, quarter to four."""
    minute, hour = PAST[match[1]], number(match[3])
    if hour is None or hour > 23:
        return None
    clock = (hour, minute) if match[2] == "past" else (hour - 1 if hour > 1 else 12, 60 - minute)
    if not match[4]:
        return {"clock": clock, "loose": True}
    told = on_day(*clock, match[4])
    return {"clock": told} if told else None


def bare(match: re.Match[str]) -> Slots | None:
    """at 3, 3 o'clock, at 16; 1 to 7 are loose."""
    hour = number(match[1] or match[2])
    if hour is None:
        return None
    if hour > 23:
        return {"bad": match[0]}
    return {"clock": (hour, 0), "loose": True} if 1 <= hour <= 7 else {"clock": (hour, 0)}


def bare_range(match: re.Match[str]) -> Slots:
    """15-17 or 3-4 right after a day."""
    first, last = int(match[1]), int(match[2])
    slots: Slots = {"clock": (first, 0), "end_clock": (last, 0), "loose": True}
    return slots if first < last <= 23 else {"unclear": "clock"}


def period(match: re.Match[str]) -> Slots | None:
    """period 3, 3rd period; the bell table says when that is."""
    count = int(match[1] or match[2])
    return {"period": count} if 1 <= count <= 15 else None


AT = r"(?:at |@ ?)?"
ZONES = dict.fromkeys(("beijing", "china", "shanghai"), "Asia/Shanghai")
ZONES |= dict.fromkeys(("london", "uk", "british"), "Europe/London")
ZONES |= {"hong kong": "Asia/Hong_Kong", "singapore": "Asia/Singapore", "tokyo": "Asia/Tokyo"}
ZONES |= dict.fromkeys(("new york", "eastern", "us eastern"), "America/New_York")
PART = r"morning|afternoon|evening|night"
CLOCKS = (
    rule(
        "clock",
        rf"{START}(?:in )?(?:period (\d{{1,2}})|(?:the )?(\d{{1,2}})(?:st|nd|rd|th) period){END}",
        period,
    ),
    rule(
        "clock",
        rf"(?<![\d:.a-z]){AT}(?:from )?(\d{{1,2}})(?:[:.](\d\d))?\s?(?:-|~|to|until"
        rf"|till)\s?(\d{{1,2}})(?:[:.](\d\d))?\s?{HALF}",
        half_range,
    ),
    rule(
        "clock",
        rf"(?<![\d:.]){AT}(\d{{1,2}})(?:[:.](\d\d))?\s?{HALF}|{START}([ap]m)\s?(\d{{1,2}})"
        rf"(?::(\d\d))?(?![\d:])",
        half_clock,
    ),
    rule("clock", rf"{START}(?:at )?(?:12 )?(?:noon|midday){END}", lambda m: {"clock": (12, 0)}),
    rule("clock", rf"{START}(?:at )?(?:12 )?midnight{END}", lambda m: {"unclear": "midnight"}),
    rule(
        "clock",
        rf"{START}(?:at )?(half|a quarter|quarter|ten|five|twenty-five|twenty) (past"
        rf"|to) ({EN_NUM})(?:\s?{HALF})?{END}",
        spoken,
    ),
    rule(
        "clock",
        rf"{START}(?:at )?({EN_NUM}) ?o'?clock{END}|{START}at ({EN_NUM})(?=$|\s|,)(?! (?:the"
        rf"|least|most|once|time|glance|schools?|minutes|people))(?![:.]\d)",
        bare,
    ),
    rule("hours", r"(?:(?<=\s)|(?<=^))(\d{1,2})\s?-\s?(\d{1,2})(?=\s|$|,)", bare_range),
    rule("part", rf"{START}(?:this ({PART})|in the ({PART})|(?:at )(night)){END}", lambda m: _part(m)),
    rule("epart", rf"{START}({PART}|[ap]m){END}", lambda m: {"part": m[1]}),
    rule("zone", rf"{START}\(?({'|'.join(ZONES)}) time{END}\)?", lambda m: {"zone": ZONES[m[1]]}),
)


def _part(match: re.Match[str]) -> Slots:
    part = match[1] or match[2] or match[3]
    return {"days_ahead": 0, "part": part} if match[1] else {"part": part}
