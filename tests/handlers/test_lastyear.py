"""Monday morning: what the same teaching week held a year ago."""

from datetime import date

from sqlmodel import Session, select

from storage.models.community import Community
from tests.chat import Chat
from tests.handlers.shelves import LINK, do

MONDAY = "2027-11-29 12:00"  # 第13周 of the next school year


async def a_year_on(group: Chat) -> None:
    """Shared in week 13 and week 14, the next term began on 2027-09-06."""
    await group.say(f"/share {LINK} 小数乘法算理", by="周老师")
    await group.until("2026-12-01 10:00")
    await group.say("/share https://a.example.cn/14 除法竖式", by="何老师")
    await group.until("2026-12-08 10:00")
    await do(group, new_term)
    await group.leap("2027-11-27 10:00")


def new_term(session: Session) -> None:
    session.exec(select(Community)).one().term_start = date(2027, 9, 6)


async def test_the_same_week_comes_to_mind(group: Chat) -> None:
    await a_year_on(group)
    said = await group.until(MONDAY)
    assert said == "去年第13周，大家分享过这些：\n① 小数乘法算理　周老师 2026年 第13周"
    assert group.buttons() == ["打开", "今年不用提醒"]
    assert (await group.press("打开", by="何老师")).startswith("2026年 第13周　点序号看详细\n① 小数乘法算理")


async def test_not_this_year_is_for_leaders_and_lasts_until_summer(group: Chat) -> None:
    await a_year_on(group)
    await group.until(MONDAY)
    assert "负责人" in await group.press("今年不用提醒", by="何老师")
    assert (await group.press("今年不用提醒", by="王老师")).startswith("好，这个学年不再提醒。")
    assert await group.until("2027-12-06 12:00") == ""


async def test_a_week_without_anything_is_silent(group: Chat) -> None:
    await a_year_on(group)
    await group.until(MONDAY)
    assert "第14周" in await group.until("2027-12-06 12:00")
    assert await group.until("2027-12-13 12:00") == ""
