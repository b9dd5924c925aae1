"""/prompt: when the group is asked to reflect."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from config.calendars import SchoolCalendar
from handlers.core.planning import read_weeks
from handlers.core.weekly import Rhythm
from storage.models.community import Community
from storage.models.due import Schedule
from storage.models.log import Change
from storage.models.prompt import Prompt
from tests.chat import Chat

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")


async def started(group: Chat) -> None:
    await group.say("/prompt")
    await group.press("开始发")


async def questions(group: Chat) -> list[Prompt]:
    return await group.app.engine.submit(lambda session: list(session.exec(select(Prompt))))


async def test_the_card_reads_back_day_time_week_and_rests_until_started(group: Chat) -> None:
    said = await group.say("/prompt")
    assert "周四 17:30" in said
    assert "做—学—教" in said
    assert "现在没有在发" in said
    assert "下一次：11月26日 周四 17:30（第13周）" in await group.press("开始发")
    await group.press("周二")
    assert "下一次：11月24日 周二 16:30（第13周）" in await group.press("16:30")


async def test_members_cannot_change_it(group: Chat) -> None:
    assert "负责人" in await group.say("/prompt", by="林老师")
    await started(group)
    assert "负责人" in await group.press("周一", by="林老师")


async def test_a_typed_time_is_asked_about_rather_than_guessed(group: Chat) -> None:
    await started(group)
    await group.press("别的时间")
    asked = group.last()
    assert "上午还是下午" in await group.say("5点", reply_to=asked)
    assert "周四 17:00" in await group.say("下午五点", reply_to=asked)


async def test_day_and_time_may_be_said_at_once_and_other_words_are_not_dropped(group: Chat) -> None:
    await started(group)
    assert "下一次：11月25日 周三 16:00（第13周）" in await group.say("/prompt 周三下午四点")
    for words in ("每两周周五 16:30", "周五 16:30 3-2-1", "周一、三 16:30", "3-2-1", "下午四点"):
        assert f"“{words}”我没读成星期几几点" in await group.say(f"/prompt {words}")
    assert "时间：周三 16:00" in await group.say("/prompt")
    await group.press("别的时间")
    assert "时间：周二 16:50" in await group.say("周二 16:50", reply_to=group.last())


async def test_the_question_comes_once_with_a_way_into_the_private_chat(group: Chat) -> None:
    await started(group)
    said = await group.until("2026-11-27 12:00")
    assert "本周反思题" in said
    assert "做：" in said
    assert group.buttons() == ["写反思"]
    assert "start=reflect-" in group.last().buttons[0][0]["url"]
    assert await group.until("2026-12-03 17:00") == ""
    assert "本周反思题" in await group.until("2026-12-03 17:31")


async def test_changes_are_logged_and_two_presses_count_once(group: Chat) -> None:
    await started(group)
    await group.press("周二")
    await group.press("周二")
    keys = await group.app.engine.submit(lambda session: list(session.exec(select(Change.key))))
    assert keys == ["prompt-log-running", "prompt-log-time"]


async def test_paused_it_stays_silent_and_goes_on_when_told(group: Chat) -> None:
    await started(group)
    await group.press("先停一停")
    assert await group.until("2026-12-01 12:00") == ""
    await group.press("开始发")
    assert "本周反思题" in await group.until("2026-12-04 12:00")


async def test_late_within_twelve_hours_once_then_the_next_week(group: Chat) -> None:
    await started(group)
    group.clock.set(datetime(2026, 11, 27, 4, 0, tzinfo=SHANGHAI))
    await group.settle()
    assert len(await questions(group)) == 1
    group.clock.set(datetime(2026, 12, 4, 9, 0, tzinfo=SHANGHAI))
    await group.settle()
    assert len(await questions(group)) == 1
    await group.until("2026-12-10 18:00")
    assert len(await questions(group)) == 2


async def test_exam_weeks_are_left_out_without_a_word(group: Chat) -> None:
    await started(group)
    await group.press("考试周")
    said = await group.say("第13-14周", reply_to=group.last())
    assert "考试周不发：第13、14周" in said
    assert "12月10日 周四 17:30（第15周）" in said
    assert await group.until("2026-12-10 17:00") == ""
    assert "本周反思题" in await group.until("2026-12-10 18:00")


async def test_exam_weeks_nobody_can_read_are_asked_again(group: Chat) -> None:
    await started(group)
    await group.press("考试周")
    asked = group.last()
    assert "没看懂" in await group.say("期末那几天", reply_to=asked)
    assert "考试周不发" not in await group.say("没有", reply_to=asked)


async def test_own_questions_come_in_turn(group: Chat) -> None:
    await started(group)
    await group.press("用自己的问题")
    await group.say("今天谁让你意外？\n这周你帮了谁？", reply_to=group.last())
    assert "今天谁让你意外？" in await group.until("2026-11-27 09:00")
    assert "这周你帮了谁？" in await group.until("2026-12-04 09:00")
    assert "今天谁让你意外？" in await group.until("2026-12-11 09:00")


async def test_a_monthly_model_comes_once_a_month(group: Chat) -> None:
    await started(group)
    await group.press("换模式")
    said = await group.press("行动—思想—新价值")
    assert "每月一次" in said
    assert "12月3日 周四" in said
    await group.until("2027-01-10 12:00")
    assert [one.asked_at.astimezone(SHANGHAI).date() for one in await questions(group)] == [
        date(2026, 12, 3),
        date(2027, 1, 7),
    ]


async def test_eighteen_weeks_without_a_repeat_and_silence_on_holidays(group: Chat) -> None:
    def this_term(session: Session) -> None:
        community = session.exec(select(Community)).one()
        community.term_start, community.term_weeks = date(2026, 11, 23), 20

    await group.app.engine.submit(this_term)
    await started(group)
    await group.press("周五")
    await group.until("2027-04-15 12:00")
    asked = await questions(group)
    days = [one.asked_at.astimezone(SHANGHAI).date() for one in asked]
    assert len(asked) >= 18
    assert len({one.question for one in asked}) == len(asked)
    assert date(2027, 1, 1) not in days
    assert {day.weekday() for day in days} == {4}
    # The term is over: nothing more.
    await group.until("2027-06-01 12:00")
    assert len(await questions(group)) == len(asked)


async def test_removed_and_added_again_it_goes_on(group: Chat) -> None:
    await started(group)

    def lose(session: Session) -> None:
        for row in session.exec(select(Schedule)):
            row.next_at = None

    await group.app.engine.submit(lose)
    group.world.kick_bot()
    await group.settle()
    group.world.add_bot()
    await group.settle()
    assert "本周反思题" in await group.until("2026-11-27 09:00")


async def test_in_english(group: Chat) -> None:
    def english(session: Session) -> None:
        session.exec(select(Community)).one().language = "en"

    await group.app.engine.submit(english)
    assert "Thursday 17:30" in await group.say("/prompt")
    assert "Next: Thu 26 Nov 17:30 (week 13)" in await group.press("Start")
    said = await group.until("2026-11-27 12:00")
    assert "This week’s question" in said
    assert "Learn: " in said


@pytest.mark.parametrize(
    ("words", "weeks"),
    [
        ("第19-20周", [19, 20]),
        ("9、10、二十", [9, 10, 20]),
        ("第十九到二十周", [19, 20]),
        ("weeks 19 to 20", [19, 20]),
        ("没有", []),
        ("31", []),
    ],
)
def test_weeks_in_words(words: str, weeks: list[int]) -> None:
    assert read_weeks(words) == weeks


@given(st.text())
def test_any_words_give_weeks_of_a_term_or_none(words: str) -> None:
    assert all(1 <= week <= 30 for week in read_weeks(words))


@given(st.integers(0, 700 * 24), st.integers(0, 6), st.times())
def test_the_wall_time_stays_the_same_through_summer_time(hours: int, weekday: int, at: time) -> None:
    minute = at.replace(second=0, microsecond=0, fold=0, hour=max(3, at.hour))
    rhythm = Rhythm(weekday, minute, SchoolCalendar(LONDON))
    after = datetime(2026, 1, 1, tzinfo=LONDON) + timedelta(hours=hours)
    coming = rhythm.look_again(after)
    assert coming > after
    assert coming - after < timedelta(days=8)
    local = coming.astimezone(LONDON)
    assert (local.time(), local.weekday()) == (minute, weekday)
