"""What the words beside a link or file say: title, note, tags, subject, grade, unit. Never guesses."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from handlers.core.resources.levels import grades_in, names_of, units_in, without_levels
from handlers.core.resources.subjects import ALONE, BESIDE_GRADE, BY_NAME, SUBJECTS, SURE
from storage.links import find_links

T = TypeVar("T")
LONGEST_TITLE, LONGEST_NOTE, LONGEST_TAG, MOST_TAGS = 120, 3500, 30, 12
_TAG_CHARACTER = r"[^\s#＃，,。；;：:、！!？?（）()《》“”\"'<>]"
_TAG = re.compile(rf"(?<![0-9A-Za-z&/])(-?)[#＃]({_TAG_CHARACTER}{{1,{LONGEST_TAG}}})(?:[#＃](?=\s|$))?")
_MARKS = " \t\n,，。.;；:：、-—|｜#＃"
# What is left of “链接：…” and “（…）” without the link, and what a net disk writes around its links.
_AROUND = re.compile(
    r"(?:链接|网址)\s*[:：]\s*(?=\s|$)|[(（【\[]\s*[)）】\]]|通过网盘分享的文件\s*[:：]"
    r"|复制这段内容后打开百度网盘手机App，?操作更方便哦|-*来自百度网盘(?:超级会员\w*)?的分享"
)
_CODE = re.compile(r"(?:提取码|访问码)\s*[:：]\s*[A-Za-z0-9]{4,8}(?![A-Za-z0-9])")
_BETWEEN = re.compile(r"[\s,，。;；、|｜《》()（）“”\"]+")


@dataclass(frozen=True, slots=True)
class Labels:
    """*unsure*: which of subject, grade and unit several were named of, so that none was chosen."""

    title: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    subject: str = ""
    grade: str = ""
    unit: int | None = None
    unsure: tuple[str, ...] = ()

    @property
    def keywords(self) -> str:
        """What subject, grade and unit are also called."""
        return " ".join([*SUBJECTS.get(self.subject, ()), *names_of(self.grade, self.unit)])


def folded(words: str) -> str:
    """*words* as tags and labels are compared."""
    return unicodedata.normalize("NFKC", words).casefold()


def read_labels(words: str) -> Labels:
    """Read *words*: first line the title, further lines the note; `#word` is a tag, `-#word` none."""
    lines = [_bare(line) for line in words.split("\n")]
    lines = _code_last([line for line in lines if line])
    tags, dropped = _tags(words)
    first = lines[0].strip(_MARKS) if lines else ""
    title, note = _title(first), "\n".join(lines[1:])
    if len(title) > LONGEST_TITLE:
        title, note = f"{title[: LONGEST_TITLE - 1]}…", f"{first}\n{note}".strip()
    plain = folded(f"{' '.join(lines[:1])} {' '.join(tags)}")
    subjects = _subjects(plain) | {BY_NAME[tag] for tag in map(folded, tags) if tag in BY_NAME}
    grades, units = _without_doubles(grades_in(plain)), units_in(plain)
    named: dict[str, Iterable[object]] = {"subject": subjects, "grade": grades, "unit": units}
    return Labels(
        title,
        note[:LONGEST_NOTE],
        tags,
        dropped,
        _only(subjects) or "",
        _only(grades) or "",
        _only(units),
        tuple(name for name, found in named.items() if len(set(found)) > 1),
    )


def without_links(words: str) -> str:
    """*words* without the links in them."""
    for link in find_links(words):
        words = _AROUND.sub(" ", words.replace(link, " "))
    return words


def _code_last(lines: list[str]) -> list[str]:
    """The code that opens a net disk's link is needed, but is no title."""
    found = _CODE.search(lines[0]) if lines and "码" in lines[0] else None
    if found is None:
        return lines
    first = " ".join((lines[0][: found.start()] + " " + lines[0][found.end() :]).split()).strip(_MARKS)
    return [*([first] if first or not lines[1:] else []), *lines[1:], found[0]]


def _bare(line: str) -> str:
    return " ".join(_TAG.sub(" ", line).split()).lstrip(_MARKS)


def _tags(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kept: dict[str, str] = {}
    dropped: dict[str, str] = {}
    for minus, tag in _TAG.findall(words):
        if (tag := tag.strip(_MARKS)) and (key := folded(tag)):
            (dropped if minus else kept).setdefault(key, tag)
    return tuple(kept.values())[:MOST_TAGS], tuple(dropped.values())


def _title(line: str) -> str:
    """Without words that are nothing but subject, grade or unit, unless nothing would be left."""
    kept = [token for token in line.split() if not _is_label(token)]
    return " ".join(kept).strip(_MARKS) or line


def _is_label(token: str) -> bool:
    rest = without_levels(folded(token))
    return (rest != folded(token) and not rest) or (rest in BY_NAME and not token.isascii())


def _subjects(text: str) -> set[str]:
    found = {BY_NAME[name] for name in SURE.findall(text)}
    for token in _BETWEEN.split(text):
        if alone := ALONE.fullmatch(without_levels(token)):
            found.add(BY_NAME[alone[1]])
    for after, before in BESIDE_GRADE.findall(text):
        found.add(BY_NAME[after or before])
    return found


def _without_doubles(grades: set[str]) -> set[str]:
    """三年级 beside 三年级上册 is the same grade, said less exactly."""
    return {grade for grade in grades if not {f"{grade}a", f"{grade}b"} & grades}


def _only(found: set[T]) -> T | None:
    return next(iter(found)) if len(found) == 1 else None
