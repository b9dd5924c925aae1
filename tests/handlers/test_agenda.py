"""/agenda: today, this week, the term on one card; all of it as a calendar file."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from handlers.agenda import week_ahead
from handlers.core.context import Context
from handlers.core.message import Kind, Message, Place
from storage.models.community import Chat as ChatRow
from storage.models.community import Community
from tests.chat import Chat
from tests.handlers.meetings import CIRCLE, FRIDAY, events, put, settled


async def test_this_week_today_and_the_term_on_one_card(group: Chat) -> None:
    await settled(group)
    await settled(group, CIRCLE)
    said = await group.say("/agenda")
    assert said == "本周（第13周）\n11月27日 周五 16:00 分数教学研讨"
    before = len(group.posts())
    assert await group.press("今天") == "今天 11月23日 周一（第13周）\n今天没有安排。"
    assert (await group.press("本学期")).splitlines() == [
        "本学期（现在是第13周）",
        "第13周",
        "11月27日 周五 16:00 分数教学研讨",
        "第14周",
        "12月4日 周五 16:00 读书会",
        "第16周",
        "12月18日 周五 16:00 读书会",
        "第18周",
        "1月1日 周五 16:00 读书会（放假，不开）",
        "第20周",
        "1月15日 周五 16:00 读书会（待定）",
    ]
    assert len(group.posts()) == before


async def test_words_choose_the_view(group: Chat) -> None:
    assert "这周没有安排" in await group.tell("本周", by="林老师")
    assert "往后还没有安排" in await group.tell("本学期", by="林老师")
    assert "今天没有安排" in await group.tell("日程 今天", by="林老师")
    assert "往后还没有安排" in await group.say("/agenda term", by="林老师")
    for later in ("下周", "第15周", "12月", "next week"):
        assert "往后还没有安排" in await group.say(f"/agenda {later}", by="林老师")


async def test_a_group_without_a_community_is_told_so(chat: Chat) -> None:
    assert "还没有设置" in await chat.say("/agenda")


async def test_one_file_of_all_that_is_ahead(group: Chat) -> None:
    await settled(group)
    await settled(group, CIRCLE)
    await group.say("/agenda")
    assert await group.press("全部加到日历", by="林老师") == "日历文件已私下发给你。"
    found = events(group, "林老师")
    assert [str(event["STATUS"]) for event in found] == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "TENTATIVE"]
    assert len({str(event["UID"]) for event in found}) == 4


async def test_the_file_keeps_uids_and_counts_changes(group: Chat) -> None:
    await settled(group)
    await group.say("/agenda")
    await group.press("全部加到日历")
    [first] = events(group, "王老师")
    await group.say("/move 周四 15:00")
    await group.press("就这样")
    await group.press("全部加到日历")
    [moved] = events(group, "王老师")
    await group.say("/cancel")
    await group.press("取消 11月26日")
    await group.press("全部加到日历")
    [gone] = events(group, "王老师")
    assert {str(one["UID"]) for one in (first, moved, gone)} == {str(first["UID"])}
    assert [int(one["SEQUENCE"]) for one in (first, moved, gone)] == [0, 1, 2]
    assert moved.decoded("DTSTART").isoformat() == "2026-11-26T07:00:00+00:00"
    assert str(gone["STATUS"]) == "CANCELLED"


async def test_an_empty_agenda_gives_no_file(group: Chat) -> None:
    await group.say("/agenda")
    assert await group.press("全部加到日历") == "往后还没有安排。"


async def test_in_english(group: Chat) -> None:
    await settled(group, FRIDAY)
    await put(group, language="en")
    assert await group.say("/agenda") == "This week (week 13)\nFriday 27 Nov 16:00 分数教学研讨"


async def test_the_weekly_digest_tells_of_the_week_ahead(group: Chat) -> None:
    await settled(group, CIRCLE)

    def gathered(session: Session) -> list[str]:
        community = session.exec(select(Community)).one()
        chat = session.exec(select(ChatRow).where(col(ChatRow.community_id) == community.id)).one()
        place = Place(chat.address)
        message = Message("telegram", "x", Kind.DUE, place, group.clock())
        ctx = Context(session, message, group.clock(), chat, community=community)
        until = datetime(2026, 11, 29, 12, tzinfo=UTC)
        said = week_ahead(ctx, until - timedelta(days=7), until)
        return [ctx.speech.plain(line) for line in said]

    assert await group.app.engine.submit(gathered) == ["接下来一周：", "12月4日 周五 16:00 读书会"]
