"""Scene 8: three posts a day, the rest in one morning digest; nothing in quiet hours or to who is muted."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from config.texts import plain
from handlers.core.answer import Answer, Said
from handlers.core.context import Context, key
from handlers.core.quiet import awake, is_quiet
from handlers.core.router import Router
from storage.models.community import Chat as ChatRow
from storage.models.community import Person
from storage.models.due import Schedule
from tests.chat import SHANGHAI, Chat

notes = Router()


@notes.due("note", grace=timedelta(hours=12))
def note(ctx: Context, schedule: Schedule) -> Said:
    """Says what its row says, privately if it names a person."""
    person = schedule.content.get("person_id")
    return Answer(
        plain(schedule.content["words"]), person=person, chosen=schedule.content.get("chosen", False)
    )


@pytest.fixture
def noted(group: Chat) -> Chat:
    """A group whose bot also knows due notes."""
    group.app.router.include(notes)
    return group


async def plan(chat: Chat, at: str, words: str, **content: object) -> None:
    """Have *words* fall due in the group at *at* (Shanghai)."""
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI).astimezone(UTC)
    await chat.app.engine.submit(lambda session: _plan(session, moment, {"words": words} | content))


def _plan(session: Session, moment: datetime, content: dict[str, object]) -> None:
    chat = session.exec(select(ChatRow).where(~col(ChatRow.private))).one()
    session.add(
        Schedule(kind="note", ref_id=0, community_id=key(chat.community_id), content=content, next_at=moment)
    )


async def test_the_fourth_post_of_a_day_comes_the_next_morning(noted: Chat) -> None:
    for hour, words in enumerate(["一", "二", "三", "四", "五"], start=11):
        await plan(noted, f"2026-11-23 {hour}:00", words)
    assert await noted.until("2026-11-23 19:59") == "一\n二\n三"
    assert await noted.until("2026-11-24 07:39") == ""
    assert await noted.until("2026-11-24 07:41") == "昨天没来得及说的\n四\n五"


async def test_direct_answers_are_not_counted(noted: Chat) -> None:
    for _ in range(5):
        assert "我是研伴" in await noted.say("/help@yanban_bot")
    await plan(noted, "2026-11-23 11:00", "一")
    assert await noted.until("2026-11-23 11:01") == "一"


async def test_quiet_hours_are_waited_out(noted: Chat) -> None:
    await plan(noted, "2026-11-23 20:00", "晚了")
    await plan(noted, "2026-11-24 07:00", "早了")
    assert await noted.until("2026-11-24 07:29") == ""
    assert await noted.until("2026-11-24 07:31") == "晚了\n早了"


async def test_a_command_in_quiet_hours_is_answered_at_once(noted: Chat) -> None:
    await noted.until("2026-11-23 22:00")
    assert "我是研伴" in await noted.say("/help@yanban_bot")


async def test_holidays_are_waited_out(noted: Chat) -> None:
    await plan(noted, "2027-01-01 10:00", "元旦里的事")
    assert await noted.until("2027-01-01 23:00") == ""
    assert "元旦里的事" in await noted.until("2027-01-05 08:00")


async def test_who_is_muted_hears_nothing(noted: Chat) -> None:
    person = await noted.app.engine.submit(_mute_lin)
    await plan(noted, "2026-11-23 11:00", "提醒", person_id=person)
    await noted.until("2026-11-23 12:00")
    assert noted.posts(noted.private("林老师")) == []


def _mute_lin(session: Session) -> int:
    person = session.exec(select(Person).where(col(Person.name) == "林老师")).one()
    person.muted_until = datetime(2026, 12, 1, tzinfo=UTC)
    return key(person.id)


async def test_a_moment_somebody_chose_is_kept_even_in_the_evening(noted: Chat) -> None:
    await plan(noted, "2026-11-23 21:00", "你约的", chosen=True)
    assert await noted.until("2026-11-23 21:01") == "你约的"


@given(st.times(), st.times(), st.times())
def test_nobody_is_woken_inside_quiet_hours(moment: time, begin: time, end: time) -> None:
    local = datetime.combine(date(2026, 11, 23), moment, SHANGHAI)
    free = awake(local, begin, end)
    assert free >= local
    assert not is_quiet(free.time(), begin, end)


async def test_in_the_digest_every_button_tells_which_meeting_it_is_for(group: Chat) -> None:
    for hour, title in enumerate(["早会", "备课", "评课", "听课", "读书会"], start=9):
        await group.say(f"/schedule 明天 {hour}:00 {title}")
        await group.press("就这样")
    said = await group.until("2026-11-24 07:45")
    assert "1. 明天见：“听课”" in said
    assert "2. 明天见：“读书会”" in said
    digest = group.last()
    assert group.buttons() == [f"{n}. {word}" for n in (1, 2) for word in ("参加", "不确定", "不能")]
    said = await group.press("2. 参加", by="林老师", post=digest)
    assert "读书会" in said
    assert "听课" not in said
    assert "2. 明天见：“读书会”" in digest.text


async def test_a_reply_to_the_digest_is_not_lost_without_a_word(group: Chat) -> None:
    for hour, title in enumerate(["早会", "备课", "评课"], start=12):
        await group.say(f"/schedule 今天 {hour}:00 {title}")
        await group.press("就这样")
    await group.say("/schedule 今天 11:00 听课")
    await group.press("就这样")
    await group.until("2026-11-24 07:45")
    digest = group.last()
    assert "昨天没来得及说的" in digest.text
    assert "分不清是哪一件" in await group.say("定了换教材", reply_to=digest)
    await group.press("2. 写结果", post=digest)
    assert "小结：定了换教材" in await group.say("定了换教材", reply_to=group.last())
    assert "2. “" in digest.text


async def test_a_card_first_seen_in_the_digest_is_posted_when_somebody_answers(group: Chat) -> None:
    await group.say("/schedule 每天 9:00 晨读")
    await group.press("就这样")
    for hour in (11, 12, 13):
        await group.say(f"/schedule 今天 {hour}:00 碰头")
        await group.press("就这样")
    await group.until("2026-11-25 07:45")
    digest = next(post for post in reversed(group.posts()) if "昨天没来得及说的" in post.text)
    assert "晨读" in digest.text
    said = await group.press(
        next(b["text"] for row in digest.buttons for b in row if "参加" in b["text"]),
        by="林老师",
        post=digest,
    )
    assert "林老师" in said
