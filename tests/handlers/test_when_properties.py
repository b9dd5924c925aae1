"""What must hold for any text at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.calendars import SchoolCalendar
from handlers.core.when import complete, read
from handlers.core.when.problems import ERRORS
from handlers.core.when.reader import LONGEST
from tests.handlers.test_when_corpus import rows

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 10, tzinfo=ZONE)
SCHOOL = SchoolCalendar(ZONE, date(2026, 8, 31), "CN")
ANY_TEXT = st.text(st.characters(), max_size=300)
PIECES = (
    "周五 下周三 每周 单周 第15周 12月3日 下午 3点 16:00 到 直到 从 共8次 第三节 半小时后 或 除了 两周后 "
    "的 和 、 - 1 十 第一个 评课 三年级 《 ） 月 日 号 点 每 元旦 后 第 周 天 开始 11.28 12/3 "
    "Friday next every 4pm at until week 15 in 2 hours for 90 minutes odd first last of the month Dec 3 "
    "each and other from to noon half past three weekly 26th a tomorrow \u200f \ud800"
)
WORDS = st.sampled_from(PIECES.split(" "))
ASSEMBLED = st.lists(WORDS, max_size=14).flatmap(
    lambda words: st.sampled_from(["".join(words), " ".join(words)])
)


@given(st.one_of(ANY_TEXT, ASSEMBLED), st.one_of(st.just(""), ANY_TEXT, ASSEMBLED))
@example("\ud800周五16:00\udfff", "3点")
@example("\u202e周五\u200b 16:00 评课", "")
def test_any_text_is_an_instant_ahead_or_a_question(text: str, answer: str) -> None:
    for reading in (read(text, NOW, SCHOOL), complete(text, answer, NOW, SCHOOL)):
        assert reading.error is None or reading.error in ERRORS
        assert (reading.start is not None) == (reading.error in (None, "no_title"))
        assert (reading.error is None) == (not reading.asks)
        if reading.start is not None:
            assert reading.start.utcoffset() is not None
            assert reading.start > NOW
            assert reading.end is None or reading.end > reading.start


@given(st.one_of(ANY_TEXT, ASSEMBLED))
def test_reading_again_gives_the_same(text: str) -> None:
    reading = read(text, NOW, SCHOOL)
    assert read(reading.text, NOW, SCHOOL) == reading


CHINESE_SHAPES = (
    "{0:%Y}年{0.month}月{0.day}日 {0:%H:%M} 评课",
    "{0:%Y-%m-%d} {0:%H:%M} 评课",
    "{0:%Y}/{0.month}/{0.day} {0:%H:%M}评课",
    "评课 {0:%Y}.{0.month}.{0.day} {0.hour:02d}：{0:%M}",
    "{0:%Y}年{0.month}月{0.day}号（{1}）{0:%H:%M} 评课",
    "{0:%Y}年{0.month}月{0.day}日{2}{3}点{4} 评课",
    "{5} {0:%H:%M} 评课",
    "第{6}周{1} {0:%H:%M} 评课",
)
ENGLISH_SHAPES = (
    "{0:%B} {0.day}, {0:%Y} {0:%I:%M%p} Talk",
    "{0.day} {0:%b} {0:%Y} at {0:%H:%M} Talk",
    "Talk on {0:%A} {0.day} {0:%B} {0:%Y} at {0:%I:%M %p}",
    "{0:%A} {0:%d} {0:%b} {0:%Y}, {0:%H:%M}, Talk",
)


def words_of(at: datetime) -> tuple[str, str, str, str, str]:
    """Weekday, part of day, hour in that part, minute, day from today; in Chinese."""
    part, hour = ("下午", at.hour - 12) if at.hour > 12 else ("上午", at.hour)
    minute = f"{at.minute}分" if at.minute else ""
    return (
        f"周{'一二三四五六日'[at.weekday()]}",
        part,
        str(hour),
        minute,
        f"{(at.date() - NOW.date()).days}天后",
    )


@given(
    st.integers(1, 120),
    st.integers(8, 18),
    st.integers(0, 59),
    st.sampled_from(CHINESE_SHAPES + ENGLISH_SHAPES),
)
def test_a_moment_written_down_is_read_back(days: int, hour: int, minute: int, shape: str) -> None:
    at = (NOW + timedelta(days=days)).replace(hour=hour, minute=minute)
    if "{2}" in shape and hour == 12:
        at = at.replace(hour=13)
    text = shape.format(at, *words_of(at), SCHOOL.week(at.date()))
    reading = read(text, NOW, SCHOOL)
    assert (reading.error, reading.start, reading.title) == (
        None,
        at,
        "Talk" if "Talk" in text else "评课",
    ), text


@given(st.sampled_from(rows("schedule.tsv")), st.text("教研评课设计分享甲乙丙丁ABC", min_size=1, max_size=8))
def test_words_that_are_not_time_are_never_lost(row: str, words: str) -> None:
    text = row.split("\t")[0]
    before, after = read(text, NOW, SCHOOL), read(f"{text} {words}", NOW, SCHOOL)
    assert after.title == f"{before.title} {words}".strip()
    assert after.start == before.start


UNKNOWN = (
    "或周六 除了周四 左右 改天 待定 下下周三 期中考试后每周 每学期 三个月后 大前天 12月9日 每周四 "
    "一百二十分钟后 28、29号 或六 每年 首个周三 2天3小时后"
)


@given(st.sampled_from(rows("schedule.tsv")), st.sampled_from(UNKNOWN.split()))
def test_words_that_look_like_time_are_never_dropped(row: str, words: str) -> None:
    text = row.split("\t")[0]
    before, after = read(text, NOW, SCHOOL), read(f"{text} {words}", NOW, SCHOOL)
    if before.error is None:
        assert after.error is not None or words in after.title


@pytest.mark.parametrize(
    "text", ["周五" * 50_000, "1" * 100_000, " " * 100_000, "每周一、" * 25_000, "《" * 100_000]
)
def test_a_very_long_text_is_politely_not_read(text: str) -> None:
    reading = read(text, NOW, SCHOOL)
    assert (reading.error, reading.asks) == ("unread", "too_long")


def test_the_longest_text_is_read() -> None:
    title = "研" * (LONGEST - 9)
    assert read(f"周五 16:00 {title}", NOW, SCHOOL).title == title
