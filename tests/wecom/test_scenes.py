"""The acceptance scenes 1, 2, 7 and 8 in a WeCom group."""

from tests.wecom.chat import WecomChat


async def test_scene_1_a_schedule_that_knows_the_school_calendar(staff: WecomChat) -> None:
    said = await staff.say("安排 每双周周五16:00 读书会 直到第20周")
    assert (
        "第14周 12月4日、第16周 12月18日、第18周 1月1日、第20周 1月15日，都是周五 16:00（北京时间）。" in said
    )
    assert "其中 1月1日是元旦，这一场默认不开。" in said
    assert {"就这样", "元旦那场挪到下一个工作日", "改"} <= set(staff.buttons())
    await staff.press("就这样")
    said = await staff.say("日程 本学期")
    assert "1月1日 周五 16:00 读书会（放假，不开）" in said
    assert "1月15日 周五 16:00 读书会（待定）" in said

    asked = await staff.say("安排 第15周周三下午第三节 集体备课")
    assert "还没有你们的作息表" in asked
    assert "12月9日 周三 15:10（第15周）" in await staff.say("15:10", reply_to=staff.last())
    await staff.press("就这样")
    assert "12月16日 周三 15:10（第16周）" in await staff.say("安排 第16周周三下午第三节 集体备课")


async def test_scene_2_a_reflection_is_its_writers_own(staff: WecomChat) -> None:
    lin = staff.private("林老师")
    await staff.say("反思提示")
    await staff.press("开始发")
    await staff.until("2026-11-26 17:31")
    assert staff.buttons() == ["写反思"]
    await staff.press("写反思", by="林老师")
    words = "做：让学生自己出题。学：他们出的题暴露了我没讲透的地方。教：隔壁班也想试。"
    assert await staff.tell(words, by="林老师") == "收好了，只有你看得到。"
    assert {"只留给自己", "给全体，可再改"} <= set(staff.buttons(lin))
    assert (await staff.tell("谁能看到我写的？", by="林老师")).startswith("这一条：只有你。")
    for command in ("谁改过什么", "日程", "找 出题", "资料库", "每周小结", "反思提示"):
        seen = await staff.say(command)
        assert "出题" not in seen.replace("“出题”", "")
        assert "林老师" not in seen


async def test_scene_7_a_library_that_remembers(staff: WecomChat) -> None:
    link = "https://jiaoyan.example.cn/5"
    await staff.say(f"分享 {link} 小数乘法 三年级", by="孙老师")
    said = await staff.say(f"分享 {link} 小数乘法 三年级", by="周老师")
    assert "已并到一条，两位都署名" in said
    await staff.say("分享 https://jiaoyan.example.cn/7 讲清算理的一课 #算理", by="林老师")
    found = await staff.tell("有没有讲算理的？", by="何老师")
    assert "① 讲清算理的一课" in found
    assert "林老师 第13周" in found


async def test_scene_8_a_quiet_budget(staff: WecomChat) -> None:
    await staff.tell("静音 到期末考试后", by="孙老师")
    assert "1月20日" in await staff.tell("1月20日", by="孙老师")
    for hour, title in enumerate(["一", "二", "三", "四", "五"], start=10):
        await staff.say(f"安排 明天 {hour}:00 研讨{title}")
        await staff.press("就这样")
    before = len(staff.posts())
    await staff.until("2026-11-24 07:29")
    assert len(staff.posts()) - before == 3
    assert "昨天没来得及说的" in await staff.until("2026-11-24 07:45")
