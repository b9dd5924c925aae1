"""Showing dates as people say them: date, weekday, time, and the teaching week when it is known."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = {
    "zh-CN": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Almanac:
    """Zone, first day of term and today, by which moments are shown."""

    zone: ZoneInfo
    today: date
    term_start: date | None = None
    term_weeks: int = 20

    @classmethod
    def blank(cls) -> "Almanac":
        """For texts in which no moment is shown."""
        return cls(ZoneInfo("UTC"), date(2000, 1, 1))

    def week(self, day: date) -> int | None:
        """The teaching week of *day*; the Monday of the week with the first day of term starts week 1."""
        if self.term_start is None:
            return None
        first = self.term_start - timedelta(days=self.term_start.weekday())
        number = (day - first).days // 7 + 1
        return number if 1 <= number <= self.term_weeks else None

    def moment(self, instant: datetime, language: str) -> str:
        """12月4日 周五 16:00（第14周） · Fri 4 Dec 16:00 (week 14)."""
        local = instant.astimezone(self.zone)
        return self._with_week(f"{self._date(local.date(), language)} {local:%H:%M}", local.date(), language)

    def day(self, day: date, language: str) -> str:
        """12月4日 周五（第14周） · Fri 4 Dec (week 14)."""
        return self._with_week(self._date(day, language), day, language)

    def _date(self, day: date, language: str) -> str:
        name = WEEKDAYS[language][day.weekday()]
        year = "" if day.year == self.today.year else str(day.year)
        if language == "zh-CN":
            return f"{year and year + '年'}{day.month}月{day.day}日 {name}"
        return f"{name} {day.day} {MONTHS[day.month - 1]}{year and ' ' + year}"

    def _with_week(self, words: str, day: date, language: str) -> str:
        week = self.week(day)
        if week is None:
            return words
        return f"{words}（第{week}周）" if language == "zh-CN" else f"{words} (week {week})"
