"""/schedule: read back first, asked when unsure, settled by a leader, and never a wrong instant."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, col, select

from storage.models.log import Change
from tests.chat import Chat
from tests.handlers.meetings import CIRCLE, put, rehome, rows


async def changes(group: Chat) -> list[tuple[str, dict[str, str]]]:
    """What the log of leaders' changes holds."""

    def read(session: Session) -> list[tuple[str, dict[str, str]]]:
        return [(one.key, one.content) for one in session.exec(select(Change).order_by(col(Change.id)))]

    return await group.app.engine.submit(read)


async def test_a_reading_circle_in_even_weeks_knows_the_holiday_and_the_unpublished_year(group: Chat) -> None:
    said = await group.say(CIRCLE)
    assert said.splitlines() == [
        "我读成这样，请看一眼：读书会，第14周 12月4日、第16周 12月18日、第18周 1月1日、第20周 1月15日，"
        "都是周五 16:00（北京时间）。",
        "其中 1月1日是元旦，这一场默认不开。",
        "2027 年的放假调休安排我手里还没有，1月15日先标“待定”，拿到安排后会再问你。",
    ]
    assert group.buttons() == ["就这样", "改", "不约了", "元旦那场挪到下一个工作日", "照常开"]
    assert await rows(group) == []
    await group.press("就这样")
    assert await rows(group) == [
        ("读书会", "2026-12-04 08:00", "on"),
        ("读书会", "2026-12-18 08:00", "on"),
        ("读书会", "2027-01-01 08:00", "off"),
        ("读书会", "2027-01-15 08:00", "held"),
    ]
    assert "12月4日 周五 16:00（第14周）" in group.last().text


async def test_the_holiday_can_be_kept_or_wait_for_the_next_school_day(group: Chat) -> None:
    await group.say(CIRCLE)
    assert "这一场照常开" in await group.press("照常开")
    said = await group.press("元旦那场挪到下一个工作日")
    assert "下一个工作日要等放假调休安排公布才知道" in said
    await group.press("就这样")
    assert [state for _, _, state in await rows(group)] == ["on", "on", "held", "held"]


async def test_an_unknown_period_is_asked_about_once(group: Chat) -> None:
    said = await group.say("/schedule 第15周周三第三节 集体备课")
    assert said == "还没有你们的作息表，“第三节”是几点？回“15:10”这样就行，我记住后不再问。"
    said = await group.say("15:10", reply_to=group.last())
    assert "集体备课\n12月9日 周三 15:10（第15周）" in said
    assert ("schedule-log-bell", {"half": "day", "number": "3", "time": "15:10"}) in await changes(group)
    assert "12月10日 周四 15:10（第15周）" in await group.say("/schedule 第15周周四第三节 磨课")


async def test_a_period_in_english(group: Chat) -> None:
    await group.say("/calendar period 3 15:10")
    assert "Joint planning\n12月9日 周三 15:10（第15周）" in await group.say(
        "/schedule week 15 Wednesday period 3 Joint planning"
    )


async def test_a_period_a_member_explains_is_kept_when_a_leader_confirms(group: Chat) -> None:
    await group.say("/schedule 第15周周三第三节 集体备课", by="林老师")
    await group.say("15:10", by="林老师", reply_to=group.last())
    assert await changes(group) == []
    await group.press("就这样")
    assert [key for key, _ in await changes(group)] == ["schedule-log-bell", "schedule-log-fixed"]


QUESTIONS = [
    ("分数教学研讨", "“分数教学研讨”安排在什么时候？", "周五 16:00", "分数教学研讨\n11月27日 周五 16:00"),
    ("周五 16:00", "这次谈什么？", "分数教学研讨", "分数教学研讨\n11月27日 周五 16:00"),
    ("周五下午 四年级磨课", "几点开始？", "3点", "四年级磨课\n11月27日 周五 15:00"),
    ("周五 四年级磨课", "11月27日 周五（第13周） 几点开始？", "15:00", "四年级磨课\n11月27日 周五 15:00"),
    ("昨天 15:00 补会", "这个时间已经过去了", "周五 16:00", "补会\n11月27日 周五 16:00"),
    ("周五 25:00 值班", "没有这样的日期或钟点", "周五 16:00", "值班\n11月27日 周五 16:00"),
    ("", "想约什么、什么时候？", "周五 16:00 研讨", "研讨\n11月27日 周五 16:00"),
]


@pytest.mark.parametrize(("words", "question", "answer", "read"), QUESTIONS)
async def test_what_is_missing_is_asked_once_and_the_answer_completes_it(
    group: Chat, words: str, question: str, answer: str, read: str
) -> None:
    said = await group.say(f"/schedule {words}".strip())
    assert question in said
    assert len(said.splitlines()) == 1
    assert read in await group.say(answer, reply_to=group.last())


async def test_words_that_were_not_understood_are_quoted(group: Chat) -> None:
    said = await group.say("/schedule 每周三 16:00 教研例会 节假日除外")
    assert said == "“节假日除外”我没读懂，不敢猜。请换个说法，比如“每周五 16:00 到第20周”。"
    said = await group.say("/schedule 下个工作日 16:00 教研")
    assert said == "“下个工作日”我没读懂，不敢猜。请换个说法，比如“周五 16:00”。"


SAMPLE = [
    ("周五16:00分数教学研讨", "分数教学研讨\n11月27日 周五 16:00（第13周）"),
    ("下周三下午4点 单元整体设计沙龙", "单元整体设计沙龙\n12月2日 周三 16:00（第14周）"),
    ("明天下午三点半 磨课：《圆的面积》", "磨课：《圆的面积》\n11月24日 周二 15:30（第13周）"),
    ("12月3号15:30-17:00 集体备课", "集体备课\n12月3日 周四 15:30（第14周），90 分钟"),
    ("第15周周五下午2点 公开课", "公开课\n12月11日 周五 14:00（第15周）"),
    ("Friday 4pm for 90 minutes Workshop", "Workshop\n11月27日 周五 16:00（第13周），90 分钟"),
    ("集体备课 周四 10:00 @201会议室", "集体备课\n11月26日 周四 10:00（第13周）\n地点：201会议室"),
    ("周五 16:00 限20人 研讨", "研讨\n11月27日 周五 16:00（第13周）\n限 20 人"),
    ("Friday 16:00 20 seats Talk", "Talk\n11月27日 周五 16:00（第13周）\n限 20 人"),
]


@pytest.mark.parametrize(("words", "read"), SAMPLE)
async def test_phrases_are_read_back_as_date_weekday_time_and_week(
    group: Chat, words: str, read: str
) -> None:
    assert read in await group.say(f"/schedule {words}")


async def test_a_member_proposes_and_only_a_leader_settles_it(group: Chat) -> None:
    said = await group.say("/schedule 周五 16:00 分数教学研讨", by="林老师")
    assert "请负责人看过后点“就这样”" in said
    assert await group.press("就这样", by="周老师") == "谢谢你提议。负责人点过“就这样”就定下来了。"
    assert await rows(group) == []
    before = len(group.posts())
    await group.press("就这样")
    assert len(group.posts()) == before
    assert await rows(group) == [("分数教学研讨", "2026-11-27 08:00", "on")]


async def test_a_proposal_made_in_private_reaches_the_group(group: Chat) -> None:
    await group.tell("/schedule 周五 16:00 分数教学研讨", by="林老师")
    await group.press("请负责人定", by="林老师", room=group.private("林老师"))
    assert "请负责人看过后点“就这样”" in group.last().text
    await group.press("就这样")
    assert len(await rows(group)) == 1


async def test_a_leader_may_settle_it_in_private(group: Chat) -> None:
    await group.tell("/schedule 周五 16:00 分数教学研讨")
    said = await group.press("就这样", room=group.private("王老师"))
    assert said == "“分数教学研讨”定下了，已经发到群里。"
    assert group.last().text == "分数教学研讨\n11月27日 周五 16:00（第13周）"


async def test_pressing_twice_settles_it_once(group: Chat) -> None:
    await group.say("/schedule 周五 16:00 分数教学研讨")
    post = group.last()
    data = post.buttons[0][0]["callback_data"]
    await group.press("就这样")
    query = group.world.press_data("王老师", post, data)
    await group.settle()
    assert (query.answer or {})["text"] == "这一条已经定下来了。"
    assert len(await rows(group)) == 1


async def test_the_time_can_be_changed_and_the_old_buttons_no_longer_count(group: Chat) -> None:
    await group.say("/schedule 周五 16:00 分数教学研讨 @201")
    old = group.last()
    assert (await group.press("改")).startswith("“分数教学研讨”怎么改？回新的时间，比如“周四 15:00”；")
    assert "几点开始？" in await group.say("周四", reply_to=group.last())
    said = await group.say("15:00", reply_to=group.last())
    assert "分数教学研讨\n11月26日 周四 15:00（第13周）\n地点：201" in said
    assert await group.press("就这样", post=old) == "这个按钮已经过时了，请看最新的一条。"
    assert await rows(group) == []
    await group.press("就这样")
    assert await rows(group) == [("分数教学研讨", "2026-11-26 07:00", "on")]


async def test_name_place_and_seats_can_be_changed_too(group: Chat) -> None:
    await group.say("/schedule 周五 16:00 备课 @201")
    await group.press("改")
    said = await group.say("题目改成分数备课", reply_to=group.last())
    assert "分数备课\n11月27日 周五 16:00（第13周）\n地点：201" in said
    await group.press("改")
    said = await group.say("周四 15:00 小数备课 限12人 @203", reply_to=group.last())
    assert "小数备课\n11月26日 周四 15:00（第13周）\n地点：203\n限 12 人" in said
    await group.press("改")
    said = await group.say("那就改到周五15:00吧", reply_to=group.last())
    assert "小数备课\n11月27日 周五 15:00（第13周）\n地点：203\n限 12 人" in said


async def test_a_reply_to_what_was_read_back_changes_it(group: Chat) -> None:
    await group.say("/schedule 周五 16:00 备课", by="林老师")
    post = group.last()
    assert await group.say("我觉得可以", by="周老师", reply_to=post) == ""
    assert await group.say("好的", reply_to=post) == "要定下来，点“就这样”；要改，回新的时间，或点“改”。"
    said = await group.say("周四 16:00", by="林老师", reply_to=post)
    assert "备课\n11月26日 周四 16:00（第13周）" in said
    await group.press("就这样")
    assert await rows(group) == [("备课", "2026-11-26 08:00", "on")]
    assert "来的有 1 位：周老师" in await group.press("参加", by="周老师")


async def test_a_room_is_not_what_it_is_about(group: Chat) -> None:
    assert "这次谈什么？" in await group.say("/schedule 明天下午3点 @201会议室")
    said = await group.say("集体备课", reply_to=group.last())
    assert "集体备课\n11月24日 周二 15:00（第13周）\n地点：201会议室" in said


async def test_words_of_time_never_end_up_in_the_name(group: Chat) -> None:
    said = await group.say("/schedule 周五16:00 读书会 每两周一次 到第16周")
    assert "读书会，第13周 11月27日、第15周 12月11日，都是周五 16:00" in said
    assert "“期中考试前一周”我没读懂" in await group.say("/schedule 期中考试前一周周三 15:00 备课")
    said = await group.say("12月2日", reply_to=group.last())
    assert "备课\n12月2日 周三 15:00（第14周）" in said


async def test_only_who_asked_or_a_leader_changes_a_proposal(group: Chat) -> None:
    await group.say("/schedule 周五 16:00 分数教学研讨", by="林老师")
    assert await group.press("改", by="周老师") == "这个按钮是给另一位老师的。"
    assert await group.press("不约了", by="周老师") == "这个按钮是给另一位老师的。"
    assert await group.press("不约了", by="林老师") == "“分数教学研讨”不约了。"
    assert await rows(group) == []


async def test_never_mind_ends_the_question(group: Chat) -> None:
    await group.say("/schedule 周五 四年级磨课")
    assert await group.say("取消", reply_to=group.last()) == "好，先不做了。"


async def test_an_overlap_is_pointed_out_and_not_refused(group: Chat) -> None:
    await group.say("/schedule 周五 16:00 分数教学研讨")
    await group.press("就这样")
    said = await group.say("/schedule 周五 16:30 备课")
    assert "和 11月27日 周五 16:00（第13周） 的“分数教学研讨”时间重叠了" in said
    await group.press("就这样")
    assert len(await rows(group)) == 2
    assert "重叠" not in await group.say("/schedule 周五 18:00 沙龙")


async def test_a_proposal_that_was_left_too_long_is_not_settled(group: Chat) -> None:
    await group.say("/schedule 周二 16:00 分数教学研讨", by="林老师")
    await group.until("2026-11-24 17:00")
    assert await group.press("就这样") == "这个时间已经过去了，请点“改”换一个。"
    assert await rows(group) == []


async def test_words_that_arrive_late_still_mean_what_they_meant(group: Chat) -> None:
    sent = group.world.say("王老师", None, "/schedule 明天 16:00 研讨")
    assert datetime.fromtimestamp(sent.date, UTC).date() == date(2026, 11, 23)
    await group.settle()
    await group.until("2026-11-24 09:00")
    await group.say("/schedule 明天 四年级磨课")
    await group.until("2026-11-25 08:00")
    said = await group.say("16:00", reply_to=group.last())
    assert "四年级磨课\n11月25日 周三 16:00" in said


async def test_a_repetition_without_an_end_lasts_to_the_end_of_term(group: Chat) -> None:
    await group.say("/schedule 每周三15:30 教研例会")
    await group.press("就这样")
    found = await rows(group)
    assert len(found) == 8
    assert found[0] == ("教研例会", "2026-11-25 07:30", "on")
    assert found[-1] == ("教研例会", "2027-01-13 07:30", "held")


async def test_the_wall_time_stays_when_the_clocks_change(group: Chat) -> None:
    await put(group, zone="Europe/London", country="GB", term_start=date(2027, 1, 4))
    await group.until("2027-03-15 12:00")
    said = await group.say("/schedule every Wednesday 15:30 Team meeting until 7 April 2027")
    assert "伦敦时间" in said
    await group.press("就这样")
    assert [at for _, at, _ in await rows(group)] == [
        "2027-03-17 15:30",
        "2027-03-24 15:30",
        "2027-03-31 14:30",
        "2027-04-07 14:30",
    ]


async def test_in_english(group: Chat) -> None:
    await put(group, language="en")
    said = await group.say("/schedule every other Thursday 3pm Mentoring until week 17")
    assert "This is how I read it" in said
    assert "always Thursday 15:00 (Beijing time)" in said
    assert group.buttons()[:3] == ["That’s right", "Change", "Drop it"]
    assert "at what time?" in await group.say("/schedule Friday Lesson study")
    assert "Lesson study\nFri 27 Nov 15:00 (week 13)" in await group.say("15:00", reply_to=group.last())


async def test_a_question_outlives_a_restart(group: Chat) -> None:
    await group.tell("/schedule 周五 四年级磨课")
    await group.restart()
    assert "四年级磨课\n11月27日 周五 15:00" in await group.tell("15:00")


async def test_a_proposal_of_another_community_stays_out_of_reach(group: Chat) -> None:
    await group.say("/schedule 周五 16:00 分数教学研讨")
    post = group.last()
    await rehome(group)
    assert await group.press("就这样", post=post) == "这个按钮已经过时了，请看最新的一条。"
