"""Repetition, limits and doubts in English: every other Thursday, odd weeks, until Dec 18, sometime."""

from __future__ import annotations

import re

from handlers.core.when.english_days import (
    DAY_LIST,
    END,
    MONTH,
    ORDINAL,
    PLAIN_DAY,
    START,
    day_numbers,
    every_nth,
)
from handlers.core.when.numerals import EN_NUM, EN_NUM_GROUP, number
from handlers.core.when.slots import Slots, rule

GAPS = {"other": 2, "second": 2, "alternate": 2, "third": 3}
SCHOOL_DAYS = (0, 1, 2, 3, 4)
TIME = rf"(?:{PLAIN_DAY}{END}|\d{{1,2}}(?::\d\d|\s?[ap]\.?m)|tomorrow|noon|{MONTH} ?\d)"


def every_days(match: re.Match[str]) -> Slots:
    """every Friday, every other Thursday, each Mon, Wed and Fri."""
    return {"every": "week", "interval": GAPS.get(match[1], 1), "weekdays": day_numbers(match[2])}


def every_unit(match: re.Match[str]) -> Slots | None:
    """every week, every two weeks, every other week, every month."""
    gap = GAPS.get(match[1] or "") or number(match[1] or "one")
    if not gap:
        return None
    return {"every": match[2], "interval": gap}


def month_days(match: re.Match[str]) -> Slots:
    """on the 15th of every month, the 1st and 15th of each month, every month on the 15th."""
    days = tuple(int(day) for day in re.findall(r"(\d{1,2})(?:st|nd|rd|th)", match[0]))
    return {"every": "month", "monthdays": days} if all(1 <= day <= 31 for day in days) else {"bad": match[0]}


def counted(match: re.Match[str]) -> Slots | None:
    """for 6 weeks, 8 times."""
    count = number(match[1])
    if not count:
        return None
    return {"span_weeks": count} if match[2].startswith("week") else {"count": count}


LAST = r"\s*(?:$|[,.;)]|for |until |till )"
EVENT = (
    r"(?:\w{1,12} )?(?:half[- ]?term|exams?|mid-?terms?|finals|tests?|break|holidays?|term|semester"
    r"|christmas|easter|new year|trip|inspection)"
)
FEAST = (
    r"(?:national day|may day|labou?r day|spring festival|(?:chinese |lunar )?new year(?:'?s)?(?: day)?"
    r"|thanksgiving|golden week|mid-autumn(?: festival)?|dragon boat(?: festival)?)(?: holidays?| break)?"
)
SPELT = (
    r"week (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty)"
)
STRETCH = (
    r"(?:(?:exams?|tests?|finals|mid-?terms?|assessment) week|next (?:month|term|semester|year)"
    rf"|(?:in )?(?:early|late|mid)[ -]?{MONTH}"
    rf"|(?:at |by )?(?:the )?(?:end|start|beginning|middle) of (?:the |this |next )?"
    rf"(?:{MONTH}|month|term|year))"
)
NTH_DAY = r"(?:the )?\d{1,2}(?:st|nd|rd|th)"
DATES = r"(?:the )?\d{1,2}(?:st|nd|rd|th)(?: (?:and|&) (?:the )?\d{1,2}(?:st|nd|rd|th))?"
EVERY = (
    rule(
        "every",
        rf"{START}(?:monthly|(?:every|each) month),?(?: on)?(?: the)? {ORDINAL} ({PLAIN_DAY}){END}"
        rf"|{START}(?:on )?(?:the )?{ORDINAL} ({PLAIN_DAY}),? monthly{END}",
        every_nth,
    ),
    rule(
        "every",
        rf"{START}(?:on |in )?alternat(?:e|ing) weeks{END}",
        lambda m: {"every": "week", "interval": 2},
    ),
    rule(
        "rhythm",
        rf"{START}(?:weekly|(?:once a|every|each) week)(?={LAST})",
        lambda m: {"every": "week", "interval": 1},
    ),
    rule(
        "rhythm",
        rf"{START}(?:fortnightly|every (?:fortnight|(?:other|second) week|(?:two|2) weeks))(?={LAST})",
        lambda m: {"every": "week", "interval": 2},
    ),
    rule("doubt", rf"{START}monthly(?={LAST})|{START}every (?=(?:the )?\d{{1,2}}(?:st|nd|rd|th){END})"),
    rule(
        "doubt",
        rf"{START}(?:every|each|once a|twice a) (?:term|semester|quarter|year|few \w{{1,9}}"
        rf"|half[- ]term|weekend)s?{END}",
    ),
    rule(
        "doubt",
        rf"{START}(?:(?:once|twice|three times) (?:a|per|every) (?:week|month|day)|bi-?weekly"
        rf"|bi-?monthly|termly|quarterly|yearly){END}",
    ),
    rule(
        "every",
        rf"{START}(?:on )?(?:every|each) (?:school |working |week)day{END}|{START}(?:on )?weekdays{END}",
        lambda m: {"every": "week", "weekdays": SCHOOL_DAYS},
    ),
    rule(
        "every",
        rf"{START}(?:on )?(?:every|each) (?:(other|second|alternate|third) )?({DAY_LIST})s?{END}",
        every_days,
    ),
    rule(
        "every",
        rf"{START}(?:on )?(alternate )?((?:mon|tues|wednes|thurs|fri|satur|sun)days(?:(?:, "
        rf"| and | & )(?:mon|tues|wednes|thurs|fri|satur|sun)days){{0,6}}){END}",
        lambda m: _plural(m),
    ),
    rule(
        "every",
        rf"{START}(?:on )?{DATES} (?:of|in) (?:every|each|the) month{END}|{START}(?:every month"
        rf"|each month|monthly),?(?: on)? {DATES}",
        month_days,
    ),
    rule(
        "every",
        rf"{START}fortnightly{END}|{START}every fortnight{END}",
        lambda m: {"every": "week", "interval": 2},
    ),
    rule(
        "every", rf"{START}(?:weekly|once weekly){END}(?= (?:on )?{PLAIN_DAY})", lambda m: {"every": "week"}
    ),
    rule(
        "every",
        rf"{START}(?:daily|every day|each day|everyday){END}(?! (?:5|five|life|practice"
        rf"|teaching|reading|english))",
        lambda m: {"every": "day"},
    ),
    rule("every", rf"{START}every(?= (?:morning|afternoon|evening|night){END})", lambda m: {"every": "day"}),
    rule(
        "every",
        rf"{START}(?:every|each) (?:(other|second|alternate|third|{EN_NUM}) )?(week|month|day)s?{END}",
        every_unit,
    ),
    rule(
        "every",
        rf"{START}(?:in |on )?(?:every )?(odd|even)(?:[- ]numbered)?(?: teaching| school)? weeks?{END}",
        lambda m: {"every": "week", "parity": int(m[1] == "odd")},
    ),
    rule("count", rf"{START}for {EN_NUM_GROUP} (weeks?|times|sessions|meetings|occurrences){END}", counted),
    rule(
        "count", rf"{START}{EN_NUM_GROUP} (times|sessions|meetings|occurrences)(?: in total)?{END}", counted
    ),
    rule("until", rf"{START}(?:until|till|til|up to|ending|ends)(?: the end of)?{END}"),
    rule("from", rf"{START}(?:starting from|starting on|starting|beginning|from){END}"),
)
NTH_WEEK = r"(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"
NTH = "first|third|fourth|fifth|last|1st|2nd|3rd|4th|5th"
DOUBTS = (
    rule(
        "doubt",
        rf"{START}(?:(?:every|each) (?:{NTH})|(?:the )?(?:second|first|third|fourth|fifth|[1-5]"
        rf"(?:st|nd|rd|th)))"
        rf"(?= {PLAIN_DAY}{END}(?! (?:of|in|every|each) ))(?<!every second)(?<!each second)",
    ),
    rule(
        "doubt",
        rf"{START}(?:{EN_NUM} weeks? (?=tomorrow|today|from (?:today|tomorrow|now))|next "
        rf"(?=next )|after next{END})",
    ),
    rule("doubt", rf"{START}(?:the )?{NTH_WEEK} week (?:of|in) (?:the )?\w{{1,12}}{END}"),
    rule("doubt", rf"{START}(?:of )?(?:the )?week (?:before|after) (?:the )?{EVENT}{END}"),
    rule("event", rf"{START}(?:in|from|starting|during) {MONTH}{END}(?! ?\d{{1,2}}(?![\d:.]))"),
    rule("event", rf"{START}{MONTH}(?=,? every )"),
    rule("event", rf"{START}(?:next|this) (?:month|year){END}(?!,? (?:on )?(?:{NTH_DAY}|{PLAIN_DAY}{END}))"),
    rule("doubt", rf"(?<=[ap]m) to \d{{1,2}}{END}(?!:)"),
    rule("doubt", rf"{START}\d{{1,2}}\.\d ?h(?:rs?|ours?)?{END}"),
    rule("doubt", rf"{START}(?:in )?a fortnight{END}|(?<=day )fortnight{END}"),
    rule("doubt", rf"{START}\d{{1,2}}(?:st|nd|rd|th)? (?:and|&|or) (?=\d{{1,2}}(?:st|nd|rd|th)? {MONTH})"),
    rule(
        "doubt",
        rf"{START}(?:in |on )?(?:teaching |school )?"
        rf"(?:(?:weeks?|wks?) ?\d{{1,2}},? ?(?:,|and|&|/) ?(?=\d)"
        rf"|(?:wks?|w) ?\d{{1,2}} ?(?:-|to|,|&|and|/) ?\d{{1,2}}(?=[\s,]))"
        rf"|{START}w\d{{1,2}}(?=,? (?:on )?{PLAIN_DAY}{END}|\s?周)"
        rf"|{START}(?:the )?(?:{SPELT}|\d{{1,2}}(?:st|nd|rd|th) week),? (?=(?:on )?{PLAIN_DAY}{END})",
    ),
    rule(
        "doubt",
        rf"{START}(?:before|after|during) (?:the )?(?:{EVENT}|{FEAST}),? (?=(?:on )?{PLAIN_DAY}{END})"
        rf"|{START}(?:the )?{STRETCH},? (?=(?:on )?{PLAIN_DAY}{END}|(?:week|wk) ?\d)"
        rf"|{START}between (?=\d{{1,2}}(?::\d\d)? (?:and|&) \d{{1,2}}(?::\d\d|\s?[ap]\.?m))",
    ),
    rule(
        "event",
        rf"{START}(?:for )?{EN_NUM} (?:days|months)(?=\s*$|[,;)])|{START}for (?:a|one) month{END}"
        rf"|{START}(?:x ?\d{{1,2}}|\d{{1,2}} ?x)(?=$|[\s,;)])",
    ),
    rule("tally", rf"(?<=\s){EN_NUM_GROUP} (weeks)(?=\s*$)", counted),
    rule(
        "beside",
        rf"\s(?:of (?:the )?\d{{1,2}}(?:st|nd|rd|th) week|w\d{{1,2}}|(?:in )?(?:early|late|mid)[ -]?{MONTH}"
        rf"|next (?:term|semester|year)(?!')){END}",
    ),
    rule("beside", rf"\s(?:before|after) (?:the )?(?:{EVENT}|{FEAST}){END}|\s(?:and|&) (?:the )?next{END}"),
    rule("doubt", rf"{START}{ORDINAL}(?:,| and|,? &) (?={ORDINAL} )"),
    rule(
        "doubt",
        rf"{START}(?:except|excluding|other than|not on|not|but not|any day but|apart from)"
        rf"(?: for)?(?: on)? (?={TIME})",
    ),
    rule("doubt", rf"{START}(?:or|either|and/or|vs) (?:on |at |the )?(?={TIME})"),
    rule(
        "doubt",
        rf"{START}(?:around|about|approximately|approx\.?|circa|roughly|before|after|by|between"
        rf"|no later than|sometime)(?: on| at)? (?={TIME})",
    ),
    rule(
        "doubt",
        rf"{START}(?:tbd|tba|tbc|to be (?:decided|confirmed|announced)){END}"
        rf"|(?:(?<=\d)|(?<=[ap]m))-?ish{END}",
    ),
    rule(
        "near",
        rf"\s?\(?(?:e[ds]?t|c[ds]t|m[ds]t|p[ds]?t|utc|gmt|bst|cest?|cet|jst|ist|hkt|aest|local time){END}\)?",
    ),
    rule(
        "event",
        rf"{START}(?:except|excluding|other than|apart from|skipping|but not)(?: for| on)? \w{{1,12}}",
    ),
    rule("near", rf"\s?(?:-?ish{END}|or so{END}|onwards?{END}|at the latest{END}|or later{END})"),
    rule(
        "hint",
        rf"{START}(?:some ?time|some ?day|whenever|soon|asap|(?:the )?(?:usual|same) time|later"
        rf"|weekends?|next (?:month(?!,? (?:on )?{NTH_DAY})|term|year|semester)){END}",
    ),
    rule(
        "hint",
        rf"{START}(?:(?:at |by )?(?:the )?(?:end|start|beginning|middle) of (?:the |this "
        rf"|next )?(?:month|term|week|year|semester|day)|mid-?\w{{0,9}}|lunch ?time){END}",
    ),
    rule(
        "event",
        rf"{START}(?:after|before|during) (?:the )?(?:\w{{1,12}} )?(?:school|class|classes"
        rf"|lunch|exams?|mid-?terms?|break|holidays?|assembly|lessons?|work){END}",
    ),
)


def _plural(match: re.Match[str]) -> Slots:
    slots: Slots = {"every": "week", "weekdays": day_numbers(match[2])}
    return slots | {"interval": 2} if match[1] else slots
