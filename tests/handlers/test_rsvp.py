"""参加, 不确定, 不能: one card that edits itself, names only of those who come."""

from sqlmodel import Session, col, select

from storage.models.community import Person
from storage.models.discussion import Discussion, Rsvp
from storage.queries import discussion as queries
from tests.chat import Chat
from tests.handlers.meetings import FRIDAY, calendar_file, close_private, events, rehome, settled


async def person_id(group: Chat, name: str) -> int:
    """The row of a teacher."""

    def read(session: Session) -> int:
        return session.exec(select(Person).where(col(Person.name) == name)).one().id or 0

    return await group.app.engine.submit(read)


async def test_answers_edit_one_card_and_name_only_those_who_come(group: Chat) -> None:
    await settled(group)
    before = len(group.posts())
    assert "好，等你来。" in await group.press("参加", by="林老师")
    await group.press("不确定", by="周老师")
    await group.press("不能", by="何老师")
    assert len(group.posts()) == before
    assert group.last().text.splitlines() == [
        "分数教学研讨",
        "11月27日 周五 16:00（第13周）",
        "来的有 1 位：林老师",
        "还没定的有 1 位",
    ]


async def test_pressing_twice_changes_nothing_and_says_so(group: Chat) -> None:
    await settled(group)
    await group.press("参加", by="林老师")
    assert await group.press("参加", by="林老师") == "你刚才就是这样答的，没有变化。"
    assert "来的有 1 位：林老师" in group.last().text


async def test_seats_and_a_waiting_list_that_moves_up(group: Chat) -> None:
    await settled(group, f"{FRIDAY} 限1人")
    await group.press("参加", by="林老师")
    assert "候补第 1 位" in await group.press("参加", by="周老师")
    assert "候补第 2 位" in await group.press("参加", by="何老师")
    assert "候补第 2 位" in await group.press("参加", by="何老师")
    assert "名额已满，候补 2 位" in group.last().text
    await group.press("不能", by="林老师")
    assert "来的有 1 位：周老师" in group.last().text
    told = [post.text for post in group.posts(group.private("周老师"))]
    assert len(told) == 1
    assert "轮到你了" in told[0]
    assert group.posts(group.private("何老师")) == []


async def test_who_waits_and_leaves_frees_no_seat(group: Chat) -> None:
    await settled(group, f"{FRIDAY} 限1人")
    await group.press("参加", by="林老师")
    await group.press("参加", by="周老师")
    await group.press("不能", by="周老师")
    assert "来的有 1 位：林老师" in group.last().text
    assert "候补" not in group.last().text.splitlines()[-1].replace("会排在候补", "")


async def test_two_who_press_at_once_share_one_seat_fairly(group: Chat) -> None:
    await settled(group, f"{FRIDAY} 限1人")
    post = group.last()
    for name in ("林老师", "周老师"):
        group.world.press(name, post, "参加")
    await group.settle()
    assert "来的有 1 位" in group.last().text
    assert "候补 1 位" in group.last().text


async def test_buttons_of_another_community_stay_out_of_reach(group: Chat) -> None:
    await settled(group)
    await rehome(group)
    for button in ("参加", "到时提醒我", "加到日历"):
        assert await group.press(button, by="林老师") == "这个按钮已经过时了，请看最新的一条。"


async def test_who_has_not_joined_is_invited_first(group: Chat) -> None:
    await settled(group)
    group.world.add_person("赵老师")
    group.world.join("赵老师")
    said = await group.press("参加", by="赵老师")
    assert "加入" in said
    assert "来的有" not in group.posts()[0].text


async def test_nobody_answers_for_what_is_over(group: Chat) -> None:
    await settled(group)
    post = group.last()
    await group.until("2026-11-28 10:00")
    assert (await group.press("参加", by="林老师", post=post)).startswith("这一场已经结束了。")
    assert post.buttons == []


async def test_the_calendar_file_holds_no_person(group: Chat) -> None:
    await settled(group, f"{FRIDAY}, 第一讲 @201会议室")
    await group.press("参加", by="林老师")
    await group.press("加到日历", by="周老师")
    [event] = events(group, "周老师")
    assert str(event["UID"]).startswith("meeting-1@")
    assert event.decoded("DTSTART").isoformat() == "2026-11-27T08:00:00+00:00"
    assert event.decoded("DTEND").isoformat() == "2026-11-27T09:00:00+00:00"
    assert str(event["SUMMARY"]) == "分数教学研讨, 第一讲"
    assert str(event["LOCATION"]) == "201会议室"
    assert not {"ATTENDEE", "ORGANIZER"} & set(event)
    assert "老师" not in calendar_file(group, "周老师")


async def test_a_reminder_needs_the_private_chat(group: Chat) -> None:
    await close_private(group, "林老师")
    await settled(group)
    assert "要先打开和我的私聊" in await group.press("到时提醒我", by="林老师")
    answers = [query.answer or {} for query in group.world.queries.values()]
    [opened] = [str(answer["url"]) for answer in answers if "url" in answer]
    assert opened.endswith("?start=remind-1")
    said = await group.tell("/start remind-1", by="林老师")
    assert "前一天和开始前半小时" in said
    assert await group.press("到时提醒我", by="林老师") == "好，不再提醒你。"


async def test_export_and_erasure(group: Chat) -> None:
    await settled(group)
    await group.press("参加", by="林老师")
    await group.say("/schedule 周四 16:00 备课", by="林老师")
    one = await person_id(group, "林老师")
    kept = await group.app.engine.submit(lambda session: queries.export(session, one))
    assert [row["answer"] for row in kept["answers"]] == ["yes"]
    assert [row["title"] for row in kept["discussions"]] == ["备课"]

    def erase(session: Session) -> tuple[int, list[int | None]]:
        queries.erase(session, one)
        session.flush()
        left = len(session.exec(select(Rsvp)).all())
        return left, [row.created_by for row in session.exec(select(Discussion).order_by(col(Discussion.id)))]

    left, authors = await group.app.engine.submit(erase)
    assert left == 0
    assert authors == [await person_id(group, "王老师"), None]


async def test_who_leaves_the_community_frees_the_seat_and_is_not_reminded(group: Chat) -> None:
    await settled(group, f"{FRIDAY} 限1人")
    await group.press("参加", by="林老师")
    await group.press("到时提醒我", by="林老师")
    await group.press("参加", by="周老师")
    card = await group.say("/leave", by="林老师")
    assert "来的有 1 位：周老师" in card
    assert "林老师" not in card
    assert "轮到你了" in group.last(group.private("周老师")).text
    before = len(group.posts(group.private("林老师")))
    await group.until("2026-11-27 15:31")
    assert len(group.posts(group.private("林老师"))) == before


async def test_who_leaves_the_chat_is_off_the_card(group: Chat) -> None:
    await settled(group)
    await group.press("参加", by="林老师")
    group.world.leave("林老师")
    await group.settle()
    assert "林老师" not in group.post_with("参加").text
