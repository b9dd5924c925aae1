"""/setup as it is lived: a few taps, by the right people only."""

from collections.abc import AsyncIterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from handlers.core.plain_days import likely_starts, read_date, read_span
from handlers.core.zones import city_of, zone_of
from storage.models.community import Community, Member
from storage.queries.community import add_chat
from tests.chat import Chat, open_chat


async def community(chat: Chat) -> Community | None:
    """The community there is."""
    return await chat.app.engine.submit(lambda session: session.exec(select(Community)).one_or_none())


async def roles(chat: Chat) -> list[str]:
    """The roles of all members."""

    def read(session: Session) -> list[str]:
        return [member.role.value for member in session.exec(select(Member))]

    return await chat.app.engine.submit(read)


async def test_the_creator_sets_a_group_up_in_six_taps(chat: Chat) -> None:
    first = await chat.say("/setup")
    assert first.startswith("1/5 群里用哪种语言？")
    assert chat.buttons() == ["中文", "English", "跳过"]
    assert "2/5 大家在哪个时区？" in await chat.press("中文")
    assert chat.buttons() == ["北京", "香港", "台北", "新加坡", "伦敦", "纽约", "自己写", "跳过"]
    assert "3/5 学期第一天" in await chat.press("北京")
    assert chat.buttons()[:3] == ["8月31日 周一", "8月24日 周一", "9月7日 周一"]
    fourth = await chat.press("8月31日")
    assert "4/5 什么时候不打扰" in fourth
    fifth = await chat.press("20:00–07:30")
    assert "5/5 每周问大家一个反思题吗？\n每周反思题：现在没有在发" in fifth
    assert chat.buttons() == ["周四 17:30", "周五 16:30", "先不发", "自己写", "跳过"]
    done = await chat.press("周四 17:30")
    assert "“三年级数学教研组”设置好了" in done
    assert "每周反思题：周四 17:30" in done
    assert "8月31日 周一（第1周）开学，今天是第13周" in done
    assert "负责人：王老师" in done
    assert len([post for post in chat.posts() if post.buttons]) == 1
    assert await roles(chat) == ["leader"]


async def test_the_summary_leads_on(chat: Chat) -> None:
    await chat.say("/setup")
    for _ in range(5):
        await chat.press("跳过")
    prompts = ["反思题怎么问"] if "prompt.begin" in chat.app.router.buttons else []
    assert chat.buttons() == ["加入", *prompts]


async def test_an_administrator_may_type_too(group: Chat) -> None:
    group.world.promote("周老师")
    await group.say("/setup", by="周老师")
    await group.press("跳过", by="周老师")
    await group.press("自己写", by="周老师")
    assert "我没认出" in await group.say("火星", by="周老师", reply_to=group.last())
    assert "3/5" in await group.say("东京", by="周老师", reply_to=group.last())
    kept = await community(group)
    assert kept is not None
    assert kept.zone == "Asia/Tokyo"


async def at_the_last_step(chat: Chat) -> None:
    await chat.say("/setup")
    for _ in range(4):
        await chat.press("跳过")


async def test_the_weekly_question_comes_at_the_time_that_was_typed(chat: Chat) -> None:
    await at_the_last_step(chat)
    await chat.press("自己写")
    assert "我没读成星期几几点" in await chat.say("随便哪天", reply_to=chat.last())
    assert "我没读成星期几几点" in await chat.say("周五 四点半", reply_to=chat.last())
    done = await chat.say("每周五下午四点半", reply_to=chat.last())
    assert "每周反思题：周五 16:30" in done
    await chat.press("反思题怎么问")
    assert "下一次：11月27日 周五 16:30" in chat.last().text
    assert "开始发每周反思题：周五 16:30" in await chat.say("/log")


async def test_the_weekly_question_is_stopped_here_too(chat: Chat) -> None:
    await at_the_last_step(chat)
    await chat.press("周四 17:30")
    await at_the_last_step(chat)
    assert "每周反思题：周四 17:30" in chat.last().text
    assert "每周反思题：现在没有在发" in await chat.press("先不发")
    assert "停发每周反思题" in await chat.say("/log")


async def test_every_step_can_be_skipped(chat: Chat) -> None:
    await chat.say("/setup")
    for _ in range(5):
        said = await chat.press("跳过")
    assert "安静时间：20:00–07:30" in said
    assert "学期：还没有设" in said
    kept = await community(chat)
    assert kept is not None
    assert (kept.zone, kept.language, kept.term_start) == ("Asia/Shanghai", "zh-CN", None)


async def test_in_english(chat: Chat) -> None:
    await chat.say("/setup")
    assert "Which time zone are you in?" in await chat.press("English")
    await chat.press("London")
    await chat.press("Type it")
    said = await chat.say("31 Aug", reply_to=chat.last())
    assert "When should I leave everybody in peace?" in said
    assert "one reflection question a week?" in await chat.press("21:00–07:00")
    done = await chat.press("Not yet")
    assert "not asked at present" in done
    assert "Mon 31 Aug (week 1)" in done
    assert "today is in week 13" in done
    kept = await community(chat)
    assert kept is not None
    assert (kept.zone, kept.country) == ("Europe/London", "GB")


async def test_what_is_typed_is_read_or_asked_again(chat: Chat) -> None:
    await chat.say("/setup")
    await chat.press("跳过")
    await chat.press("自己写")
    assert "我没认出“火星”是哪里" in await chat.say("火星", reply_to=chat.last())
    assert (await chat.say("东京", reply_to=chat.last())).startswith("3/5 学期第一天是哪天？")
    assert chat.buttons()[-2:] == ["自己写", "跳过"]
    await chat.press("自己写")
    assert "“开学那天”我没读成日期" in await chat.say("开学那天", reply_to=chat.last())
    await chat.say("八月三十一号", reply_to=chat.last())
    await chat.press("自己写")
    assert "“晚上”我没读成一段时间" in await chat.say("晚上", reply_to=chat.last())
    await chat.say("晚上九点半到早上七点", reply_to=chat.last())
    kept = await community(chat)
    assert kept is not None
    assert (kept.zone, kept.country, kept.term_start) == ("Asia/Tokyo", "JP", date(2026, 8, 31))
    assert (kept.quiet_from, kept.quiet_to) == (time(21, 30), time(7, 0))


async def test_more_or_less_than_one_day_a_week_is_not_made_into_one(chat: Chat) -> None:
    await at_the_last_step(chat)
    await chat.press("自己写")
    for words in ("工作日 17:00", "每天 17:00", "每周一、周三 17:00", "每月第一个周五 17:00"):
        said = await chat.say(words, reply_to=chat.last())
        assert said.startswith(f"“{words}”我没读成星期几几点。"), words
    assert "每周反思题：周五 16:50" in await chat.say("星期五 下午4点50", reply_to=chat.last())


async def test_the_whole_day_is_not_taken_for_no_quiet_hours_at_all(chat: Chat) -> None:
    await chat.say("/setup")
    for _ in range(3):
        await chat.press("跳过")
    await chat.press("自己写")
    for words in ("0:00-24:00", "21:00-21:00"):
        said = await chat.say(words, reply_to=chat.last())
        assert said.startswith(f"“{words}”我没读成一段时间。"), words
    await chat.say("21:00-7:00", reply_to=chat.last())
    assert "安静时间：21:00–07:00" in await chat.press("跳过")


async def test_never_mind_leaves_everything_as_it_is(chat: Chat) -> None:
    await chat.say("/setup")
    await chat.press("跳过")
    await chat.press("自己写")
    assert await chat.say("算了", reply_to=chat.last()) == "好，先不做了。"
    kept = await community(chat)
    assert kept is not None
    assert kept.zone == "Asia/Shanghai"


async def test_a_teacher_who_runs_nothing_is_told_who_does(chat: Chat) -> None:
    assert "由群主或管理员来做" in await chat.say("/setup", by="林老师")
    assert await community(chat) is None
    await chat.say("/setup")
    assert "由群主或管理员来做" in await chat.press("中文", by="林老师")
    assert await community(chat) is None


async def test_an_administrator_may_change_settings_without_becoming_leader(group: Chat) -> None:
    group.world.promote("周老师")
    await group.settle()
    await group.say("/setup", by="周老师")
    await group.press("English", by="周老师")
    assert sorted(await roles(group)) == ["leader", "member", "member", "member", "member"]
    kept = await community(group)
    assert kept is not None
    assert kept.language == "en"


async def test_an_anonymous_administrator_begins_and_a_named_one_leads(chat: Chat) -> None:
    chat.world.anonymous(None, "/setup")
    await chat.settle()
    assert "按的那位老师会成为负责人" in chat.last().text
    assert await roles(chat) == []
    await chat.press("中文")
    assert await roles(chat) == ["leader"]


async def test_a_private_chat_is_not_set_up(group: Chat) -> None:
    assert "要在你的教研群里做" in await group.tell("/setup", by="林老师")


@pytest.fixture
async def blind(tmp_path: Path) -> AsyncIterator[Chat]:
    """A platform that cannot say who runs a chat."""

    async def rights(content: dict[str, Any]) -> dict[str, Any]:
        return {"admin": None, "inside": None}

    async with open_chat(tmp_path, workers={"rights": rights}) as opened:
        yield opened


async def test_where_nobody_can_say_who_runs_the_group_the_first_leads_it(blind: Chat) -> None:
    await blind.say("/setup", by="林老师")
    await blind.press("跳过", by="林老师")
    assert await roles(blind) == ["leader"]
    assert (await blind.say("/setup")).startswith("这一步由负责人来做")
    assert "由负责人来做" in await blind.press("跳过")
    assert await roles(blind) == ["leader"]


async def test_who_left_is_not_put_out_on_a_guess(blind: Chat) -> None:
    await blind.say("/setup", by="林老师")
    await blind.press("跳过", by="林老师")
    second = blind.world.add_group("备课小群", "林老师")

    def link(session: Session) -> None:
        add_chat(session, "telegram", str(second.id), False, "备课小群").community_id = 1

    await blind.app.engine.submit(link)
    blind.world.leave("林老师", blind.group)
    await blind.settle()
    assert await roles(blind) == ["leader"]


async def test_running_it_again_changes_what_was_set_and_logs_it(group: Chat) -> None:
    await group.say("/setup")
    await group.press("跳过")
    await group.press("伦敦")
    kept = await community(group)
    assert kept is not None
    assert (kept.zone, kept.country) == ("Europe/London", "GB")
    assert "王老师：时区改为伦敦时间" in await group.say("/log", by="林老师")


async def test_a_button_of_another_group_does_nothing_here(group: Chat) -> None:
    await group.say("/setup")
    data = group.last().buttons[0][1]["callback_data"]
    other = group.world.add_group("别的群", "王老师")
    group.world.say("王老师", other, "/setup")
    await group.settle()
    query = group.world.press_data("王老师", group.last(other), data)
    await group.settle()
    assert query.answer is not None
    assert "过时" in query.answer["text"]


@pytest.mark.parametrize(
    "data", ["setup|language:fr||xxxx", "setup", "", "setup|nothing:1||aaaaaaaaaaaaaa", "|||"]
)
async def test_forged_buttons_do_nothing(group: Chat, data: str) -> None:
    await group.say("/setup")
    query = group.world.press_data("王老师", group.last(), data)
    await group.settle()
    assert query.answer is not None
    kept = await community(group)
    assert kept is not None
    assert kept.language == "zh-CN"


@settings(deadline=None)
@given(st.text())
def test_no_words_break_the_readers(words: str) -> None:
    day = read_date(words, date(2026, 11, 23))
    assert day is None or isinstance(day, date)
    span = read_span(words)
    assert span is None or len(span) == 2
    zone = zone_of(words)
    assert zone is None or "/" in zone or city_of(zone, "en") != ""


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_date_is_read_back_as_it_was_meant(day: date) -> None:
    assert read_date(f"{day.year}年{day.month}月{day.day}日", day) == day
    assert read_date(day.isoformat(), day) == day
    assert read_date(f"{day.month}月{day.day}日", day) == day
    assert read_date(f"{day:%d %b}", day) == day
    assert all(one.weekday() == 0 for one in likely_starts(day))


@given(st.times(), st.times())
def test_a_span_is_read_back_as_it_was_meant(begin: time, end: time) -> None:
    meant = (begin.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
    assert read_span(f"{begin:%H:%M}-{end:%H:%M}") == meant
    assert read_span(f"{begin.hour}点{begin.minute:02}分到{end.hour}点{end.minute:02}分") == meant
