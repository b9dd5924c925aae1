"""Seats and places in a teacher's words, and any title in a calendar file."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from handlers.core.calendar_file import calendar_file
from handlers.core.hearing import place_in, without_seats
from storage.models.community import Community
from storage.models.discussion import Discussion, Meeting

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
READABLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=300)
SEATS = [
    ("周五 16:00 限20人 研讨", 20, "周五 16:00 研讨"),
    ("周五 16:00 研讨，最多 12 位", 12, "周五 16:00 研讨，"),
    ("Friday 16:00 20 seats Talk", 20, "Friday 16:00 Talk"),
    ("Friday 16:00 Talk, limited to 8 people", 8, "Friday 16:00 Talk,"),
    ("周五 16:00 第20人民小学交流", None, "周五 16:00 第20人民小学交流"),
    ("周五 16:00 限0人 研讨", None, "周五 16:00 研讨"),
    ("Friday 16:20 seats of learning", None, "Friday 16:20 seats of learning"),
]
PLACES = [
    ("集体备课 @201会议室", ("集体备课", "201会议室")),
    ("集体备课 地点：二楼", ("集体备课", "二楼")),
    ("Lesson study venue: Room 5", ("Lesson study", "Room 5")),
    ("@201", ("@201", "")),
    ("写信给 a@b.cn", ("写信给 a@b.cn", "")),
]


@pytest.mark.parametrize(("words", "seats", "rest"), SEATS)
def test_seats_are_taken_out_of_the_words(words: str, seats: int | None, rest: str) -> None:
    assert without_seats(words) == (seats, rest)


@pytest.mark.parametrize(("title", "expected"), PLACES)
def test_a_place_stands_at_the_end(title: str, expected: tuple[str, str]) -> None:
    assert place_in(title) == expected


@given(st.text(max_size=300))
def test_no_words_are_lost_but_the_seats(words: str) -> None:
    seats, rest = without_seats(words)
    assert (rest == words) if seats is None and rest == words else len(rest) < len(words)


@given(READABLE, READABLE)
def test_any_title_and_place_survive_the_calendar_file(title: str, place: str) -> None:
    about = Discussion(
        id=1,
        community_id=1,
        title=title,
        place=place,
        zone="Asia/Shanghai",
        starts_on=date(2026, 11, 27),
        clock=time(16),
        created_at=NOW,
    )
    meeting = Meeting(
        id=7, discussion_id=1, community_id=1, slot=NOW, day=NOW.date(), starts_at=NOW, ends_at=NOW
    )
    made = calendar_file(Community(id=1, name="组", created_at=NOW), [(meeting, about)], NOW)
    [event] = Calendar.from_ical(made.content.decode()).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (title, place)
    assert all(len(line) <= 75 for line in made.content.split(b"\r\n"))
