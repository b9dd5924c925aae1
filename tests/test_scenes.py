"""The acceptance scenes 1, 2, 7 and 8, as they are written, on every platform and either database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat import Chat
from tests.stages import STAGES, Stage

EVERYWHERE = ["telegram", "telegram on postgres", "wecom", "wecom on postgres", "service", "personal"]


@pytest.fixture(params=EVERYWHERE)
async def school(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """The community in term, Monday of week 13."""
    platform, _, database = str(request.param).partition(" on ")
    url = request.getfixturevalue("postgres_database") if database else None
    async with STAGES[platform](tmp_path, url) as opened:
        yield opened


async def test_scene_1_a_schedule_that_knows_the_school_calendar(school: Stage) -> None:
    said = await school.say("安排 每双周周五16:00 读书会 直到第20周")
    assert (
        "第14周 12月4日、第16周 12月18日、第18周 1月1日、第20周 1月15日，都是周五 16:00（北京时间）。" in said
    )
    assert "其中 1月1日是元旦，这一场默认不开。" in said
    assert "2027 年的放假调休安排我手里还没有，1月15日先标“待定”" in said
    assert {"就这样", "元旦那场挪到下一个工作日", "改"} <= set(school.offered())
    await school.press("就这样")
    said = await school.say("日程 本学期")
    assert "1月1日 周五 16:00 读书会（放假，不开）" in said
    assert "1月15日 周五 16:00 读书会（待定）" in said

    asked = await school.say("安排 第15周周三下午第三节 集体备课")
    assert "还没有你们的作息表" in asked
    assert "回“15:10”这样就行，我记住后不再问。" in asked
    assert "12月9日 周三 15:10（第15周）" in await school.answer("15:10")
    await school.press("就这样")
    assert "12月16日 周三 15:10（第16周）" in await school.say("安排 第16周周三下午第三节 集体备课")


async def test_scene_2_a_reflection_is_its_writers_own(school: Stage) -> None:
    await school.say("反思提示")
    await school.press("开始发")
    assert "反思题" in await school.until("2026-11-26 17:31", by="林老师")
    await school.write(by="林老师")
    words = "做：让学生自己出题。学：他们出的题暴露了我没讲透的地方。教：隔壁班也想试。"
    kept = await school.tell(words, by="林老师")
    assert kept.startswith("收好了，只有你看得到。")
    assert {"只留给自己", "给全体，可再改"} <= set(school.offered("林老师", privately=True))
    assert (await school.tell("谁能看到我写的？", by="林老师")).startswith("这一条：只有你。")
    await school.write(by="何老师")
    assert await school.tell("跳过", by="何老师")
    for command in ("谁改过什么", "日程", "找 出题", "资料库", "角色", "每周小结", "反思提示"):
        seen = await school.say(command)
        assert "何老师" not in seen
        assert "出题" not in seen.replace("“出题”", "")
        assert "林老师" not in seen


async def test_scene_7_a_library_that_remembers(school: Stage) -> None:
    link = "https://jiaoyan.example.cn/5"
    await school.say(f"分享 {link} 小数乘法 三年级", by="孙老师")
    said = await school.say(f"分享 {link} 小数乘法 三年级", by="周老师")
    assert "已并到一条，两位都署名" in said
    await school.say("分享 https://jiaoyan.example.cn/7 讲清算理的一课 #算理", by="林老师")
    found = await school.tell("有没有讲算理的？", by="何老师")
    assert "① 讲清算理的一课" in found
    assert "林老师 第13周" in found


async def test_scene_7_the_same_file_twice(group: Chat) -> None:
    first = group.world.send_file("孙老师", None, "小数乘法.pptx", b"x")
    await group.say("/share 小数乘法 三年级", by="孙老师", reply_to=first)
    said = await group.say("/share 小数乘法 三年级", by="周老师", reply_to=first)
    assert "已并到一条，两位都署名" in said


@pytest.mark.parametrize("school", EVERYWHERE[:-1], indirect=True)
async def test_scene_8_a_quiet_budget(school: Stage) -> None:
    await school.tell("静音 到期末考试后", by="孙老师")
    assert "1月20日" in await school.tell("1月20日", by="孙老师")
    for hour, title in enumerate(["一", "二", "三", "四", "五"], start=10):
        await school.say(f"安排 明天 {hour}:00 研讨{title}")
        await school.press("就这样")
    before = school.heard()
    await school.until("2026-11-24 07:29")
    assert school.heard() - before == 3
    assert "昨天没来得及说的" in await school.until("2026-11-24 07:45")


@pytest.mark.parametrize("school", ["personal"], indirect=True)
async def test_scene_8_where_nothing_may_be_said_first_it_is_there_to_be_asked_for(school: Stage) -> None:
    for hour, title in enumerate(["一", "二"], start=10):
        await school.say(f"安排 明天 {hour}:00 研讨{title}")
        await school.press("就这样")
    before = school.heard("林老师")
    said = await school.until("2026-11-24 07:29", by="林老师")
    assert "先前没来得及告诉你的：" in said
    assert school.heard("林老师") - before == 1
    assert "研讨一" in await school.say("日程", by="林老师")
