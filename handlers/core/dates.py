"""Short dates for lists, where the year and the week stand in the heading."""

from datetime import date, datetime

from config.texts import Text, plain, say

HOLIDAYS = {
    "元旦": "new-year",
    "春节": "spring",
    "清明": "tomb-sweeping",
    "清明节": "tomb-sweeping",
    "劳动节": "labour",
    "端午": "dragon-boat",
    "端午节": "dragon-boat",
    "中秋": "mid-autumn",
    "中秋节": "mid-autumn",
    "国庆节": "national",
}


def short_day(day: date) -> Text:
    """12月4日 · 4 Dec."""
    return say("meeting-day", month=day.month, day=str(day.day))


def weekday(day: date) -> Text:
    """周五 · Friday."""
    return say("meeting-weekday", number=day.weekday())


def clock(moment: datetime) -> str:
    """The wall time of a local moment."""
    return f"{moment:%H:%M}"


def in_week(day: date, week: int | None) -> Text:
    """第14周 12月4日 · 4 Dec (week 14)."""
    if week is None:
        return short_day(day)
    return say("meeting-day-of-week", day=short_day(day), week=str(week))


def holiday(name: str) -> Text:
    """The holiday in the reader's language where it is one of China's; a school's own name as it is."""
    if not name:
        return say("meeting-holiday-other")
    return say(f"meeting-holiday-{HOLIDAYS[name]}") if name in HOLIDAYS else plain(name)
