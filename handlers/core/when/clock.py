"""Which wall time the clock words mean.

A school's clock is read on 24 hours: 16点, 9点, 12点, 7:50, 03:30. Where a teacher most likely says the
hour of the afternoon, nobody guesses: 1点 to 7点 without 上午/下午, and 1:00 to 6:59 without a leading
zero, are asked about. 8点 to 12点 alone are the morning and noon, because the evening readings lie
outside school hours.
"""

from __future__ import annotations

from datetime import time

from config.calendars import AFTERNOON, EVENING, SchoolCalendar
from handlers.core.when.problems import Unclear
from handlers.core.when.slots import Slots


def _same(*hours: int) -> dict[int, int]:
    return {hour: hour for hour in hours}


def _later(*hours: int) -> dict[int, int]:
    return {hour: hour + 12 for hour in hours} | _same(*(hour + 12 for hour in hours))


DAWN = _same(*range(7))
EARLY = _same(*range(4, 12))
FORENOON = _same(*range(6, 12))
NOON = _same(10, 11, 12) | _later(1, 2)
AFTER_NOON = _same(12) | _later(*range(1, 8))
DUSK = _later(4, 5, 6, 7, 8)
NIGHT = _later(*range(5, 12))
LATE = _later(*range(8, 12))
PARTS = (
    {"凌晨": DAWN}
    | dict.fromkeys(("清晨", "清早", "早晨", "早上", "大清早", "一大早", "大早", "一早"), EARLY)
    | dict.fromkeys(("上午", "morning"), FORENOON | _same(4, 5))
    | dict.fromkeys(("中午", "正午", "午间"), NOON)
    | dict.fromkeys(("下午", "午后", "afternoon"), AFTER_NOON)
    | {"傍晚": DUSK, "am": _same(*range(1, 12)), "pm": _same(12) | _later(*range(1, 12))}
    | dict.fromkeys(("晚上", "晚间", "夜晚", "evening", "night"), NIGHT)
    | dict.fromkeys(("夜里", "深夜", "半夜"), LATE)
)
COUNTED_AGAIN = {"下午": AFTERNOON, "午后": AFTERNOON, "晚上": EVENING}
HALVES = {"上午": (0, 12), "早上": (0, 12), "下午": (12, 18), "午后": (12, 18), "晚上": (18, 24)}


def wall_clock(slots: Slots, calendar: SchoolCalendar) -> time | None:
    """The wall time said, None when no clock was said. Raises Unclear."""
    if "period" in slots:
        return bell(slots, calendar)
    if "clock" not in slots:
        if "part" in slots:
            raise Unclear("vague", "hour")
        return None
    hour, minute = slots["clock"]
    if "part" in slots:
        return time(in_part(hour, slots["part"]), minute)
    if slots.get("loose") and 1 <= hour <= 7:
        raise Unclear("vague", "half")
    return time(hour, minute)


def in_part(hour: int, part: str) -> int:
    """下午3点 is 15. Raises Unclear for 下午9点 (asked about) and 上午16点 (wrong)."""
    hours = PARTS[part]
    if hour in hours:
        return hours[hour]
    raise Unclear("bad_time", "bad_time") if hour > 12 else Unclear("vague", "half")


def fits(hour: int, part: str) -> bool:
    """Can a clock on 24 hours be in this part of day."""
    return hour in PARTS[part].values()


def period_number(slots: Slots) -> int:
    """The number under which a bell table holds the period: 下午第3节 is counted apart from 第3节."""
    return COUNTED_AGAIN.get(slots.get("part", ""), 0) + slots["period"]


def bell(slots: Slots, calendar: SchoolCalendar) -> time:
    """When the period starts. Raises Unclear when the bell table does not settle it.

    下午第3节 may be kept as such, be the third bell of the afternoon, or the day's third
    if that is in the afternoon.
    """
    bells, count, part = calendar.bells, slots["period"], slots.get("part", "")
    if period_number(slots) in bells and period_number(slots) != count:
        return bells[period_number(slots)]
    if part not in HALVES:
        found = {bells[count]} if count in bells else set()
    else:
        low, high = HALVES[part]
        inside = sorted(
            start for number, start in bells.items() if number < AFTERNOON and low <= start.hour < high
        )
        found = {start for start in inside if bells.get(count) == start} | set(inside[count - 1 : count])
    if len(found) != 1:
        raise Unclear("vague", "bell")
    return found.pop()


def end_clock(start: time, main: Slots, ending: Slots) -> time | None:
    """When it ends, after *start*: 下午2点到4点半 ends in the same afternoon. Raises Unclear."""
    said = ending.get("clock") or main.get("end_clock")
    if said is None:
        return None
    hour, minute = said
    if "part" in ending:
        options = [in_part(hour, ending["part"])]
    else:
        inherited = PARTS.get(main.get("part", ""), {}).get(hour, hour)
        options = [inherited, hour] + ([hour + 12] if hour < 12 and _may_be_later(main, ending) else [])
    later = [time(option, minute) for option in options if time(option, minute) > start]
    if not later:
        raise Unclear("bad_time", "bad_time")
    return later[0]


def _may_be_later(main: Slots, ending: Slots) -> bool:
    return "part" in main or bool(ending.get("loose") or main.get("loose"))
