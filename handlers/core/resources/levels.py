"""Grades and units as teachers write them, in Chinese and English.

A grade is kept as it was said: g3 (三年级, Grade 3), y3 (Year 3), j1 (初一), s1 (高一), with a or b for the
first or second volume (三年级上册: g3a). Which Year or 初 is which grade depends on the place.
"""

import re

_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")}
_NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_ONE = r"十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9]"
_NO_NUMBER_BEFORE = r"(?<![一二三四五六七八九十\d])"
_VOLUME = r"(?:([上下])(?:册|学期|(?![一-鿿])))?"
HAN_GRADE = re.compile(rf"{_NO_NUMBER_BEFORE}({_ONE})年级\s*{_VOLUME}")
HAN_RANGE = re.compile(rf"{_NO_NUMBER_BEFORE}({_ONE})(?:年级)?\s*[、和与及至到~～—–-]\s*({_ONE})年级")
HAN_SCHOOL = re.compile(rf"^([初高])([一二三])(?:年级)?{_VOLUME}(?=$|[语数英物化生历地政科音美体])")
LATIN_GRADE = re.compile(r"(?<![a-z])(grade|year)\s*(\d{1,2})(?!\d)|(?<!\d)(\d{1,2})(?:st|nd|rd|th)\s+grade")
HAN_UNIT = re.compile(rf"第({_NUMBER})单元")
LATIN_UNIT = re.compile(r"(?<![a-z])unit\s*(\d{1,2})(?!\d)")

_VOLUMES = {"上": "a", "下": "b"}
_SCHOOLS = {"初": "j", "高": "s"}
HIGHEST = 13
_HAN = "零一二三四五六七八九十"


def number(words: str) -> int:
    """3 for 三 or 3, up to 99."""
    if words.isascii():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[digit]) for digit in words))
    return (_DIGITS.get(tens[-1:], 1) if tens else 1) * 10 + (_DIGITS.get(ones[:1], 0) if ones else 0)


def grades_in(text: str) -> set[str]:
    """The grades named in folded *text*."""
    found = {f"g{number(one)}{_VOLUMES.get(volume, '')}" for one, volume in HAN_GRADE.findall(text)}
    found |= {f"g{number(one)}" for pair in HAN_RANGE.findall(text) for one in pair}
    for token in text.split():
        if school := HAN_SCHOOL.match(token):
            found.add(_SCHOOLS[school[1]] + str(number(school[2])) + _VOLUMES.get(school[3] or "", ""))
    for word, after, before in LATIN_GRADE.findall(text):
        if 1 <= int(after or before) <= HIGHEST:
            found.add(f"{'y' if word == 'year' else 'g'}{int(after or before)}")
    return found


def units_in(text: str) -> set[int]:
    """The units named in folded *text*."""
    return {number(one) for one in (*HAN_UNIT.findall(text), *LATIN_UNIT.findall(text))}


def without_levels(token: str) -> str:
    """A word without the Chinese grades and units in it."""
    return HAN_UNIT.sub("", HAN_GRADE.sub("", HAN_SCHOOL.sub("", token)))


def names_of(grade: str, unit: int | None) -> list[str]:
    """Every way somebody may look for a grade and a unit."""
    found: list[str] = []
    if grade:
        digits = grade[1:].rstrip("ab")
        han = _han(int(digits))
        found += {
            "g": [f"{han}年级", f"{digits}年级", f"grade {digits}"],
            "y": [f"year {digits}"],
            "j": [f"初{han}"],
            "s": [f"高{han}"],
        }[grade[0]]
        found += {"a": ["上册"], "b": ["下册"]}.get(grade[-1], [])
    if unit is not None:
        found += [f"第{_han(unit)}单元", f"第{unit}单元", f"unit {unit}"]
    return found


def _han(value: int) -> str:
    if value <= 10:
        return _HAN[value]
    tens, ones = divmod(value, 10)
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")
