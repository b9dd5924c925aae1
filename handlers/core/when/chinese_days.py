"""Days in Chinese: 明天, 下周三, 12月3号, 第15周, 下个月第一个周三, 元旦后第一个工作日."""

from __future__ import annotations

import re

from handlers.core.when.keep import UNITS
from handlers.core.when.lengths import WHOLE
from handlers.core.when.neutral import AFTER_DATE
from handlers.core.when.numerals import NUM, number, year_number
from handlers.core.when.slots import Slots, rule

WEEK = r"(?:周|星期|礼拜)"
DAY = "[一二三四五六日天]"
# 每周一、三15:00 is two days; 每周五、一起读书 and 每周五，日常规 are one.
NO_DAY = (
    "日[常语记历报本程期光]|三[角八]|天[文气地天]|[五六]一|五[子官角笔]|[二三]维|四[则季边面]|二[进胡]"
    "|一[起些切般直定线体对同带]"
)
NEXT_DAY = rf"(?!{NO_DAY})[一二三四五六日天](?![{UNITS}]|\d(?!\d?[:点时]))"
LONE_DAY = rf"{NEXT_DAY}(?![㐀-鿿](?<![上下早晚中的和及与到至]))"
# 周一三五 names its days in order, so 周三四点 is Wednesday at four and 周二四年级 is not a list.
ONE_BY_ONE = "|".join(
    f"{first}(?![次回])"
    + "".join(f"(?:{later}(?![{UNITS}十]))?" for later in "一二三四五六日天"[place + 1 :])
    for place, first in enumerate("一二三四五六日天")
)
DIGIT_DAYS = rf"{WEEK}[1-7](?:\s?[、,和及与/.·~到至-]\s?[1-7])+(?=$|[上下早晚中]|\s(?![{UNITS}]))"
DAY_LIST = (
    rf"(?:{DIGIT_DAYS}|{WEEK}(?:[1-7](?![\d{UNITS}:])|{ONE_BY_ONE})"
    rf"(?:\s?[、/和及与·]\s?(?:{WEEK}{DAY}|{NEXT_DAY})|\s?,\s?(?:{WEEK}{DAY}|{LONE_DAY}))*"
    rf"(?:\s?[到至~-]\s?(?:{WEEK}{DAY}|{NEXT_DAY}))?)"
)
NUMBER_OF_DAY = {char: value for value, char in enumerate("一二三四五六日")} | {"天": 6}
NUMBER_OF_DAY |= {str(value + 1): value for value in range(7)}
SHIFTS = {
    "上上": -2,
    "上": -1,
    "上个": -1,
    "本": 0,
    "这": 0,
    "这个": 0,
    "下": 1,
    "下个": 1,
    "下下": 2,
    "下下个": 2,
}
SHIFTS |= {"下下下": 3, "再下": 2, "再下个": 2}
SHIFT = r"(下下下|再下个|再下|下下个|下下|下个|下|上上|上个|上|本|这个|这)"
RELATIVE = {
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "后天": 2,
    "大后天": 3,
    "大大后天": 4,
}
RELATIVE |= {"昨天": -1, "昨日": -1, "前天": -2, "大前天": -3, "今": 0, "明": 1, "后": 2, "昨": -1}
YEARS = {"今": 0, "本": 0, "明": 1, "去": -1, "后": 2}
HOLIDAYS = "元旦|春节|清明|五一|劳动节|端午|中秋|国庆|十一|六一|儿童节|教师节"
TWICE = "(?:五一(?=劳动)|六一(?=儿童)|十一(?=国庆))?"

BEFORE_DAY = rf"的?\s?,?\s?(?=[每逢]?{WEEK}{DAY}(?!{WEEK}))"


def day_list(words: str) -> tuple[int, ...]:
    """周一三五, 周一、周四, 周一到周五 → day numbers in order of the week."""
    days = [NUMBER_OF_DAY[char] for char in words if char in NUMBER_OF_DAY]
    if re.search(r"[到至~-]", words) and len(days) >= 2:
        days[-2:] = range(days[-2], days[-1] + 1)
    return tuple(sorted(set(days)))


def weekday(match: re.Match[str]) -> Slots:
    """周五, 下周三, （周四）."""
    slots: Slots = {"weekdays": day_list(match[2])}
    return slots | {"week_shift": SHIFTS[match[1]]} if match[1] else slots


def month_and_day(match: re.Match[str]) -> Slots | None:
    """12月3日 with or without its year."""
    month, day = number(match[3]), number(match[4])
    if month is None or day is None:
        return None
    slots: Slots = {"month": month, "day": day}
    if match[1]:
        return slots | {"year_shift": YEARS[match[1]]}
    year = year_number(match[2]) if match[2] else None
    return slots | {"year": year} if year else slots


def day_of_month(match: re.Match[str]) -> Slots | None:
    """28号."""
    day = number(match[1])
    return None if day is None else {"day": day}


def month_of_year(match: re.Match[str]) -> Slots | None:
    """12月 alone, as in 12月第一个周三 or 明年3月第一个周三."""
    month = number(match[3])
    if month is None:
        return None
    slots: Slots = {"month": month}
    if match[1]:
        return slots | {"year_shift": YEARS[match[1]]}
    year = year_number(match[2]) if match[2] else None
    return slots | {"year": year} if year else slots


def teaching_week(match: re.Match[str]) -> Slots | None:
    """第15周."""
    week = number(next(filter(None, match.groups())))
    return None if week is None else {"week": week}


def teaching_weeks(match: re.Match[str]) -> Slots | None:
    """第14-18周."""
    first, last = number(match[1]), number(match[2])
    return None if first is None or last is None else {"weeks": (first, last), "every": "week"}


def days_later(match: re.Match[str]) -> Slots | None:
    """三天后; 3天前 is past."""
    days = number(match[1])
    return None if days is None else {"days_ahead": -days if "前" in match[0] else days}


def weeks_later(match: re.Match[str]) -> Slots | None:
    """两周后: a week, which still needs its weekday."""
    weeks = number(match[1])
    return None if weeks is None else {"week_shift": -weeks if "前" in match[0] else weeks}


def nth(match: re.Match[str]) -> Slots | None:
    """第一个周三, 最后一个周五."""
    count = -1 if match[1] == "最后一" else number(match[1][1:])
    return None if count is None else {"nth": count, "weekdays": day_list(match[2])}


def after_holiday(match: re.Match[str]) -> Slots:
    """元旦后第一个工作日, 国庆节后第一个周一."""
    if match[2]:
        return {"anchor": match[1], "anchor_day": str(NUMBER_OF_DAY[match[2]])}
    return {"anchor": match[1], "anchor_day": "school"}


DAYS = (
    rule(
        "day",
        rf"{TWICE}({HOLIDAYS})(?:节|假期|长假|假)?(?:之|以)?后的?第一个(?:工作日|上班日|上学日|{WEEK}({DAY}))",
        after_holiday,
    ),
    rule(
        "day",
        rf"{TWICE}({HOLIDAYS})节?(?:当天|那天|(?=\s?(?:上午|下午|晚上|早上|\d{{1,2}}[:点])))",
        lambda m: {"anchor": m[1]},
    ),
    rule(
        "day",
        r"(?:(今|本|明|去|后)年|(?<!\d)(\d{4}|\d{2}|[二一][〇零九][一二三四五六七八九〇零]{2})年)?的?\s?"
        rf"({NUM})\s?月\s?({NUM})(?:\s?[日号](?:(?=上午|下午)|(?![{'楼室'}]))|(?![\d个次节位份人年-])(?=\s|$|上|下|早|晚|\({WEEK}))",
        month_and_day,
    ),
    rule("weeks", rf"第\s?({NUM})\s?周?\s?[到至~-]\s?第?\s?({NUM})\s?周(?!年|岁)", teaching_weeks),
    rule(
        "weeks",
        rf"(?<![\d第./:零〇一二两三四五六七八九十廿-])({NUM})\s?周?\s?[到至~-]\s?({NUM})\s?周{BEFORE_DAY}",
        teaching_weeks,
    ),
    rule("doubt", rf"第\s?{NUM}\s?(?={WEEK}{DAY})(?!{WEEK}{DAY}?{WEEK})"),
    rule(
        "day",
        rf"(?:开学)?第\s?({NUM})\s?个?(?:教学周|学周|周|个?星期|个?礼拜)(?!年|岁|{DAY}(?!天))",
        teaching_week,
    ),
    rule(
        "doubt",
        rf"隔{WEEK}{DAY}|(?<![\d第一二三四五六七八九十])[一二两三四五六七八九]周的?\s?(?={WEEK}{DAY})",
    ),
    rule(
        "day",
        rf"(?<![\d第隔])(\d{{1,2}}|[一二]?十[一二三四五六七八九]?)\s?周{BEFORE_DAY}|(?<=[到至])({NUM})周(?!年|岁|{DAY})",
        teaching_week,
    ),
    rule("day", rf"(第{NUM}|最后一)个?(?:\s?的)?\s?({WEEK}{DAY})", nth),
    rule(
        "doubt",
        rf"下一个?{WEEK}{DAY}?|(?:半个?月|{NUM}个月|几天|几周|几个?星期|若干天)(?:之|以)?后|过(?:几|两|些)天",
    ),
    rule("day", rf"\(?{SHIFT}?({DAY_LIST})\)?", weekday),
    rule("day", rf"{SHIFT}(?:周|星期|礼拜)(?!末|{DAY})", lambda m: {"week_shift": SHIFTS[m[1]]}),
    rule("day", rf"{WHOLE}({NUM})\s?(?:周|个?星期|个?礼拜)(?:之|以)?[后前]", weeks_later),
    rule("day", rf"{WHOLE}({NUM})\s?(?:天|日)(?:之|以)?[后前](?!置)", days_later),
    rule("day", r"(下下|下|本|这|上)个?月(?![初末底])", lambda m: {"month_shift": SHIFTS[m[1]]}),
    rule(
        "day",
        r"(大大后天|大后天|后天|明天|明日|明儿|今天|今日|今儿|大前天|前天|昨天|昨日)",
        lambda m: {"days_ahead": RELATIVE[m[1]]},
    ),
    rule(
        "day",
        r"([今明后昨])(?=[早晚晨](?:上|间|\s?\d|[一二两三四五六七八九十]|\s|$))",
        lambda m: {"days_ahead": RELATIVE[m[1]]},
    ),
    rule(
        "day",
        r"(?<![\d第.:-])(\d{1,2}|[一二三]?十[一二三四五六七八九]|[二三]十|廿[一二三四五六七八九]|三十一)[号日](?![楼室游记志内刊线])",
        day_of_month,
    ),
    rule("day", rf"(?<![\d第])([一二三四五六七八九十])号{AFTER_DATE}", day_of_month),
    rule(
        "day",
        rf"(?:(?:([今本明去后])|(?<!\d)(\d{{4}}|\d{{2}}))年的?\s?)?(?<!\d)({NUM})月份?(?!考|饼|亮|球|报|刊|度|[初末底上中下])(?=的?\s?(?:第|最后|开始|起|每|[到至](?:\d{{4}}年|[今明后]年)?{NUM}月|{NUM}|$|\s))",
        month_of_year,
    ),
)
