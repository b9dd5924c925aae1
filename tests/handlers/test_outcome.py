"""Afterwards one line asks what came of it, once; the answer is kept with the meeting."""

from sqlmodel import Session, select

from storage.models.discussion import Meeting
from tests.chat import Chat
from tests.handlers.meetings import settled


async def outcome(group: Chat) -> str:
    """What is kept of the meeting."""

    def read(session: Session) -> str:
        return session.exec(select(Meeting)).one().outcome

    return await group.app.engine.submit(read)


async def test_a_reply_is_the_outcome(group: Chat) -> None:
    await settled(group)
    await group.until("2026-11-27 17:29")
    said = await group.until("2026-11-27 17:31")
    assert said == "“分数教学研讨”结束了。有什么结论，或者要试的？点“写结果”，一句就好。"
    before = len(group.posts())
    await group.say("先让学生自己分，\n再数", by="林老师", reply_to=group.last())
    assert await outcome(group) == "先让学生自己分， 再数"
    assert len(group.posts()) == before
    assert group.last().text == "11月27日 周五 16:00（第13周） “分数教学研讨”的小结：先让学生自己分， 再数"


async def test_by_button_and_changed_again(group: Chat) -> None:
    await settled(group)
    await group.until("2026-11-27 17:31")
    assert "一句话就好" in await group.press("写结果", by="周老师")
    await group.say("下次试互评", by="周老师", reply_to=group.last())
    await group.press("改一改", by="何老师")
    await group.say("下周试互评", by="何老师", reply_to=group.last())
    assert await outcome(group) == "下周试互评"


async def test_too_long_an_outcome_keeps_the_question_open(group: Chat) -> None:
    await settled(group)
    await group.until("2026-11-27 17:31")
    await group.press("写结果", by="周老师")
    question = group.last()
    assert "一两句话" in await group.say("长" * 700, by="周老师", reply_to=question)
    await group.say("短一点", by="周老师", reply_to=question)
    assert await outcome(group) == "短一点"


async def test_it_is_asked_once_only(group: Chat) -> None:
    await settled(group)
    await group.until("2026-11-27 17:31")
    assert "结束了" not in await group.until("2026-12-10 12:00")


async def test_a_cancelled_meeting_has_no_outcome(group: Chat) -> None:
    await settled(group)
    await group.say("/cancel")
    await group.press("取消 11月27日")
    assert await group.until("2026-11-28 12:00") == ""


async def test_the_weekly_digest_tells_what_came_of_it(group: Chat) -> None:
    await group.say("/digest")
    await group.say("/schedule 周三 15:00 分数教学研讨")
    await group.press("就这样")
    await group.until("2026-11-25 17:00")
    await group.say("先画图再列式", by="周老师", reply_to=group.last())
    said = await group.until("2026-11-27 17:00")
    assert "研讨有了结果：\n11月25日 周三 15:00（第13周） “分数教学研讨”的小结：先画图再列式" in said
