"""School calendars: teaching weeks, bells, holidays and make-up days."""

from config.calendars.days import Day, DayKind
from config.calendars.imports import CalendarError, Corrections, load_ics, load_json
from config.calendars.school import AFTERNOON, EVENING, SchoolCalendar

__all__ = [
    "AFTERNOON",
    "EVENING",
    "CalendarError",
    "Corrections",
    "Day",
    "DayKind",
    "SchoolCalendar",
    "load_ics",
    "load_json",
]
