"""Days in English: tomorrow, next Friday, Dec 3, week 15, first Friday, two weeks from Thursday."""

from __future__ import annotations

import re

from handlers.core.when.numerals import EN_NUM_GROUP, ORDINALS, number
from handlers.core.when.slots import Slots, rule

START, END = r"(?<![a-z0-9])", r"(?![a-z0-9])"
DAY = r"(mon(?:day)?|tues?(?:day)?|wed(?:s|nesday)?|thur?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
PLAIN_DAY = DAY.replace("(mon(", "(?:mon(", 1)
DAY_NUMBER = {name: value for value, name in enumerate(["mo", "tu", "we", "th", "fr", "sa", "su"])}
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?"
    r"(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
MONTH_NUMBER = {
    name: value
    for value, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
ORDINAL = r"(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"
SHIFTS = {"this": 0, "next": 1, "last": -1}
NAMED_DAYS = {"today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "tomoz": 1, "yesterday": -1}


def day_numbers(words: str) -> tuple[int, ...]:
    """mon, wed and fri → day numbers; mon-fri and monday to friday are ranges."""
    days = [DAY_NUMBER[name[:2]] for name in re.findall(DAY, words)]
    if re.search(r"-|~|to|through", words) and len(days) == 2 and days[0] < days[1]:
        days = list(range(days[0], days[1] + 1))
    return tuple(sorted(set(days)))


DAY_LIST = rf"{PLAIN_DAY}(?:\s?(?:,|and|&|/|, and|-|~|to|through|\+)\s?{PLAIN_DAY}{END}){{0,6}}"


def weekday(match: re.Match[str]) -> Slots:
    """friday, this friday, next friday (the Friday of next week), friday week."""
    slots: Slots = {"weekdays": day_numbers(match[2])}
    if match[3]:
        return slots | {"plus_weeks": 1}
    return slots | {"week_shift": SHIFTS[match[1]]} if match[1] in SHIFTS else slots


def weeks_from(match: re.Match[str]) -> Slots | None:
    """two weeks from thursday, a week on friday."""
    weeks = number(match[1])
    return None if weeks is None else {"weekdays": day_numbers(match[2]), "plus_weeks": weeks}


def month_day(match: re.Match[str]) -> Slots:
    """Dec 3, December 3rd, 2026."""
    return _dated(match[1], match[2], match[3])


def day_month(match: re.Match[str]) -> Slots:
    """3 December, 3rd of Dec 2026."""
    return _dated(match[2], match[1], match[3])


def _dated(month: str, day: str, year: str | None) -> Slots:
    slots: Slots = {"month": MONTH_NUMBER[month[:3]], "day": int(day)}
    return slots | {"year": int(year)} if year else slots


def every_nth(match: re.Match[str]) -> Slots:
    """first friday of every month, every first friday of the month."""
    ordinal, days = match[1] or match[3], match[2] or match[4]
    return {"every": "month", "nth": _ordinal(ordinal), "weekdays": day_numbers(days)}


def nth(match: re.Match[str]) -> Slots:
    """first friday of every month, last friday of december, first wednesday of next month."""
    slots: Slots = {"nth": _ordinal(match[1]), "weekdays": day_numbers(match[2])}
    if match[3]:
        return slots | {"month_shift": SHIFTS[match[3]]}
    return slots | {"month": MONTH_NUMBER[match[4][:3]]} if match[4] else slots


def _ordinal(word: str) -> int:
    return int(word[0]) if word[0].isdigit() else ORDINALS[word]


def relative(match: re.Match[str]) -> Slots | None:
    """in 3 days, 3 days from now, 3 days ago."""
    count = number(match[1] or match[3])
    if count is None:
        return None
    unit = match[2] or match[4]
    sign = -1 if "ago" in match[0] else 1
    return {"days_ahead": sign * count} if unit == "day" else {"week_shift": sign * count}


def named(match: re.Match[str]) -> Slots:
    """tomorrow, tonight."""
    slots: Slots = {"days_ahead": NAMED_DAYS[match[1]]}
    return slots | {"part": "evening"} if match[1] == "tonight" else slots


YEAR = r"(?:,?\s?(20\d\d)(?![:\d]))?"
DAYS = (
    rule("day", rf"{START}(?:the )?day after tomorrow{END}", lambda m: {"days_ahead": 2}),
    rule("day", rf"{START}(?:the )?day before yesterday{END}", lambda m: {"days_ahead": -2}),
    rule("day", rf"{START}(today|tonight|tomorrow|tmrw|tmr|tomoz|yesterday)(?:'s)?{END}", named),
    rule(
        "day",
        rf"{START}(?:in {EN_NUM_GROUP} (day|week)s?(?:' time)?"
        rf"|{EN_NUM_GROUP} (day|week)s? (?:from now|later|ago)){END}",
        relative,
    ),
    rule(
        "day",
        rf"{START}{EN_NUM_GROUP} weeks? (?:from|on|after) (?:this )?({PLAIN_DAY}){END}",
        weeks_from,
    ),
    rule(
        "every",
        rf"{START}(?:on )?(?:the |every )?{ORDINAL} ({PLAIN_DAY}) (?:of )?(?:every|each) month{END}"
        rf"|{START}(?:on )?(?:every|each) {ORDINAL} ({PLAIN_DAY}) (?:of|in) (?:the|a) month{END}",
        every_nth,
    ),
    rule(
        "day",
        rf"{START}(?:on )?(?:the )?{ORDINAL} ({PLAIN_DAY}) (?:of|in) (?:(this|next|last) month"
        rf"|the month|{MONTH}){END}",
        nth,
    ),
    rule(
        "day",
        rf"{START}(?:on )?{MONTH}\s?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d|\d"
        rf"|\s?[ap]\.?m|-\d){END}{YEAR}",
        month_day,
    ),
    rule(
        "day", rf"{START}(?:on )?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\s?(?:of )?{MONTH}{END}{YEAR}", day_month
    ),
    rule(
        "day",
        rf"{START}(?:in |of )?(?:teaching |school )?(?:week|wk) ?(\d{{1,2}}){END}(?! (?:of|review))",
        lambda m: {"week": int(m[1])},
    ),
    rule(
        "weeks",
        rf"{START}(?:in )?(?:teaching )?weeks (\d{{1,2}})\s?(?:-|to)\s?(\d{{1,2}}){END}",
        lambda m: {"weeks": (int(m[1]), int(m[2])), "every": "week"},
    ),
    rule(
        "day",
        rf"{START}(?:on )?\(?(?:(this|next|last|coming|this coming) )?({DAY_LIST}){END}\.?"
        rf"(?: (week){END}(?! \d{{1,2}}(?!\d|[:.]\d|\s?[ap]\.?m)))?\)?",
        weekday,
    ),
    rule(
        "day",
        rf"{START}(this|next|last) week{END}(?!-| (?:on|of) )|{START}(this|next|last) week(?= on )",
        lambda m: {"week_shift": SHIFTS[m[1] or m[2]]},
    ),
    rule(
        "day",
        rf"{START}(?:on )?(?:the )?(\d{{1,2}})(?:st|nd|rd|th){END}(?=$|\s?,| at | of (?:this"
        rf"|next) month| \d)",
        lambda m: {"day": int(m[1])},
    ),
    rule(
        "day",
        rf"{START}(this|next) month,? (?:on )?(?:the )?(\d{{1,2}})(?:st|nd|rd|th){END}",
        lambda m: {"month_shift": SHIFTS[m[1]], "day": int(m[2])},
    ),
    rule("day", rf"{START}(?:of )(this|next) month{END}", lambda m: {"month_shift": SHIFTS[m[1]]}),
)
