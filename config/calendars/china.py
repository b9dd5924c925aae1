"""China's holidays: the yearly arrangement where it is published, and what the law fixes without it.

The arrangement of a year (放假调休) is announced around November of the year before, so a year may be
unknown. Statutory days: 全国年节及纪念日放假办法, as amended in force from 2025-01-01. Lunar dates
2026-2035 were checked against the `lunardate` package; a year outside the table simply has no lunar
statutory days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from config.calendars.days import Day, DayKind

FIXED = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节"} | {(10, n): "国庆节" for n in (1, 2, 3)}

SPRING = {
    2026: (2, 17),
    2027: (2, 6),
    2028: (1, 26),
    2029: (2, 13),
    2030: (2, 3),
    2031: (1, 23),
    2032: (2, 11),
    2033: (1, 31),
    2034: (2, 19),
    2035: (2, 8),
}
DRAGON_BOAT = {
    2026: (6, 19),
    2027: (6, 9),
    2028: (5, 28),
    2029: (6, 16),
    2030: (6, 5),
    2031: (6, 24),
    2032: (6, 12),
    2033: (6, 1),
    2034: (6, 20),
    2035: (6, 10),
}
MID_AUTUMN = {
    2026: (9, 25),
    2027: (9, 15),
    2028: (10, 3),
    2029: (9, 22),
    2030: (9, 12),
    2031: (10, 1),
    2032: (9, 19),
    2033: (9, 8),
    2034: (9, 27),
    2035: (9, 16),
}


def tomb_sweeping(year: int) -> date:
    """清明: the day of the solar term, by the usual formula for 2000-2099."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


@cache
def statutory(year: int) -> Mapping[date, str]:
    """The days that the law alone makes a holiday in *year*, with their names."""
    days = {date(year, month, day): name for (month, day), name in FIXED.items()}
    if 2000 <= year <= 2099:
        days[tomb_sweeping(year)] = "清明"
    for table, name in ((DRAGON_BOAT, "端午"), (MID_AUTUMN, "中秋")):
        if year in table:
            days[date(year, *table[year])] = name
    if year in SPRING:
        first = date(year, *SPRING[year])
        days |= {first + timedelta(days=n): "春节" for n in range(-1, 3)}
    return days


@cache
def arrangement(year: int) -> Mapping[date, Day] | None:
    """The special days of *year* (off days and make-up days), or None while the year is unpublished."""
    from chinese_calendar.constants import Holiday, holidays, workdays

    if not min(holidays).year <= year <= max(holidays).year:
        return None
    names = {item.value: str(vars(item)["chinese"]) for item in Holiday}
    off = {day: Day(DayKind.OFF, names[key]) for day, key in holidays.items() if day.year == year}
    worked = {day: Day(DayKind.MAKE_UP, names[key]) for day, key in workdays.items() if day.year == year}
    return {**off, **worked}
