"""What a teacher does in a WeCom group, from setting it up to the reflection."""

from datetime import timedelta

from bot.sandbox.wecom.people import Post
from tests.wecom.chat import WecomChat


def newest_prompt(chat: WecomChat) -> Post:
    """The newest question in the group."""
    return [post for post in chat.posts() if "本周反思题" in post.text][-1]


async def test_the_first_who_sets_the_group_up_leads_it(wecom: WecomChat) -> None:
    assert "怎么称呼你" in await wecom.say("设置")
    assert "先叫“我们的教研组”" in await wecom.say("王老师")
    assert wecom.buttons() == ["中文", "English", "跳过"]
    await wecom.press("中文")
    for _ in range(4):
        await wecom.press("跳过")
    assert "负责人：王老师" in wecom.last().text
    await wecom.say("设置", by="林老师")
    assert "由负责人来做" in await wecom.say("林老师", by="林老师")
    assert "语言" in await wecom.say("设置")


async def test_the_name_comes_with_the_command(wecom: WecomChat) -> None:
    await wecom.say("设置 三年级数学教研组")
    await wecom.say("王老师")
    await wecom.press("跳过")
    for _ in range(4):
        await wecom.press("跳过")
    assert wecom.last().text.startswith("“三年级数学教研组”设置好了。")
    await wecom.say("设置 二年级数学教研组")
    assert "二年级数学教研组" in await wecom.say("谁改过什么")


async def test_who_joins_says_how_to_be_called(wecom: WecomChat) -> None:
    await wecom.say("设置")
    await wecom.say("王老师")
    for _ in range(5):
        await wecom.press("跳过")
    assert "怎么称呼你" in await wecom.press("加入", by="林老师")
    assert "/join" in await wecom.say("帮助", by="林老师")
    assert (await wecom.say("林老师", by="林老师")).startswith("欢迎林老师加入。")
    assert "林老师" in await wecom.say("我", by="林老师")
    assert await wecom.say("我 小林", by="林老师") == "要我以后称你“小林”吗？"
    assert "好，以后称你“小林”。" in await wecom.press("就这么称呼", by="林老师")


async def test_a_link_is_shared_and_found(staff: WecomChat) -> None:
    said = await staff.say("分享 https://jiaoyan.example.cn/7 讲清算理的一课 #算理", by="林老师")
    assert "收好了" in said
    assert staff.buttons()[:2] == ["改标题", "加标签"]
    assert "[讲清算理的一课](https://jiaoyan.example.cn/7)" in staff.posts()[-2].raw
    assert "讲清算理的一课" in await staff.tell("有没有讲算理的？", by="何老师")


async def test_a_file_in_the_group_is_shared_by_quoting_it(staff: WecomChat) -> None:
    file = staff.world.send_file("孙老师", staff.group, "小数乘法.pptx", b"x")
    said = await staff.say("分享 小数乘法 三年级", by="孙老师", reply_to=file)
    assert "收好了" in said
    assert "小数乘法" in said


async def test_a_file_sent_in_private_is_offered_a_place_and_asked_its_name(staff: WecomChat) -> None:
    room = staff.private("孙老师")
    staff.world.send_file("孙老师", None, "小数乘法.pptx", b"x")
    await staff.settle()
    assert "看不到文件名" in await staff.press("收进", by="孙老师", room=room)
    assert "小数乘法" in await staff.tell("小数乘法", by="孙老师")


async def test_a_file_sent_before_is_looked_for_in_the_chat(staff: WecomChat) -> None:
    file = staff.world.send_file("孙老师", staff.group, "小数乘法.pptx", b"x")
    await staff.say("分享 小数乘法", by="孙老师", reply_to=file)
    await staff.say("找 小数")
    said = await staff.press("取")
    assert "在聊天记录里搜文件名试试；找不到的话，请分享的老师再发一次" in said
    assert not any(post.file for post in staff.posts())


async def test_a_meeting_is_arranged_and_answered_on_its_card(staff: WecomChat) -> None:
    assert "我读成这样" in await staff.say("安排　周五15:00　集体备课")
    await staff.press("就这样")
    card = staff.last()
    assert staff.buttons() == ["参加", "不确定", "不能", "到时提醒我", "加到日历", "看最新"]
    assert await staff.press("参加", by="林老师") == card.text
    lines = ["集体备课", "11月27日 周五 15:00（第13周）", "来的有 1 位：林老师", "以上截至 11月23日 10:00。"]
    assert card.text.splitlines() == lines
    assert staff.last() is card
    assert staff.new(staff.private("林老师")) == "好，等你来。"
    await staff.press("参加", by="周老师")
    assert "来的有 2 位：林老师、周老师" in card.text


async def test_the_calendar_file_comes_in_private(staff: WecomChat) -> None:
    await staff.say("安排 周五15:00 集体备课")
    await staff.press("就这样")
    await staff.press("加到日历", by="林老师")
    room = staff.private("林老师")
    [file] = [post for post in staff.posts(room) if post.file]
    assert staff.world.files[file.file or 0].content.startswith(b"BEGIN:VCALENDAR")
    assert file.file_name.endswith(".ics")


async def test_a_reminder_comes_in_private(staff: WecomChat) -> None:
    await staff.say("安排 周五15:00 集体备课")
    await staff.press("就这样")
    await staff.press("到时提醒我", by="林老师")
    await staff.until("2026-11-27 14:59")
    assert any("集体备课" in post.text for post in staff.posts(staff.private("林老师")))


async def test_the_button_under_the_question_leads_into_private(staff: WecomChat) -> None:
    lin = staff.private("林老师")
    await staff.say("反思提示")
    await staff.press("开始发")
    assert "本周反思题" in await staff.until("2026-11-26 17:31")
    assert staff.buttons() == ["写反思"]
    assert await staff.press("写反思", by="林老师") == ""
    assert "写一句也行" in staff.new(lin)
    assert await staff.tell("做：让学生自己出题。", by="林老师") == "收好了，只有你看得到。"
    assert "给全体，可再改" in staff.buttons(lin)
    assert "只有你" in await staff.tell("谁能看到我写的？", by="林老师")
    for command in ("谁改过什么", "日程", "找 出题", "资料库", "每周小结"):
        assert "自己出题" not in await staff.say(command)


async def test_who_never_spoke_in_private_is_told_how_to_begin(staff: WecomChat) -> None:
    await staff.say("反思提示")
    await staff.press("开始发")
    await staff.until("2026-11-26 17:31")
    staff.world.add_person("新老师", "xin_laoshi")
    staff.group.members.append("xin_laoshi")
    assert "请先私聊我发一句“你好”" in await staff.press("写反思", by="新老师")


async def test_quoting_the_question_shares_the_answer(staff: WecomChat) -> None:
    await staff.say("反思提示")
    await staff.press("开始发")
    await staff.until("2026-11-26 17:31")
    question = newest_prompt(staff)
    assert await staff.say("让孩子先折纸再比大小，比直接讲好", by="林老师", reply_to=question) == ""
    assert "大家都看得到" in staff.new(staff.private("林老师"))
    assert "折纸" in await staff.tell("反思 我的", by="林老师")


async def test_an_old_question_still_takes_its_answers(staff: WecomChat) -> None:
    await staff.say("反思提示")
    await staff.press("开始发")
    await staff.until("2026-11-26 17:31")
    first = newest_prompt(staff)
    await staff.until("2026-12-03 17:31")
    assert newest_prompt(staff) is not first
    await staff.say("上周那件事我又试了一次", by="何老师", reply_to=first)
    assert "替你收进了" in staff.new(staff.private("何老师"))


async def test_a_question_of_the_bot_is_answered_by_naming_it(staff: WecomChat) -> None:
    asked = await staff.say("安排 第15周周三下午第三节 集体备课")
    assert "还没有你们的作息表" in asked
    assert "12月9日 周三 15:10" in await staff.say("15:10")


async def test_help_shows_what_there_is(staff: WecomChat) -> None:
    assert "收资料、约研讨、做反思" in await staff.say("帮助")
    assert "分享和查找" in staff.buttons()


async def test_an_english_group(wecom: WecomChat) -> None:
    await wecom.say("设置")
    await wecom.say("Ms Wang")
    await wecom.press("English")
    for _ in range(4):
        await wecom.press("Skip")
    assert "is set up" in wecom.last().text
    assert "what may we call you" in await wecom.press("Join", by="林老师")
    assert (await wecom.say("Ms Lin", by="林老师")).startswith("Welcome, Ms Lin")
    await wecom.say("schedule Friday 15:00 Lesson planning")
    await wecom.press(wecom.buttons()[0])
    assert wecom.buttons()[0] == "I’m coming"
    assert "Ms Lin" in await wecom.press("I’m coming", by="林老师")
    assert "Getting started" in await wecom.say("help")


async def test_the_first_visit_of_the_day_is_greeted(staff: WecomChat) -> None:
    assert (await staff.enter("林老师")).startswith("你好，我是研伴。")
    assert staff.buttons(staff.private("林老师")) == ["我能做什么", "存了我的什么"]
    assert staff.gateway.frames[-1]["cmd"] == "aibot_respond_welcome_msg"


async def test_a_welcome_that_comes_too_late_is_not_forced_on_anybody(wecom: WecomChat) -> None:
    wecom.gateway.faults.on("errcode", "aibot_respond_welcome_msg", code=846605)
    assert await wecom.enter("林老师") == ""
    assert "我在" not in await wecom.tell("帮助", by="林老师")
    assert wecom.posts(wecom.private("林老师"))


async def test_the_chat_goes_on_after_a_restart(staff: WecomChat) -> None:
    await staff.say("安排 周五15:00 集体备课")
    await staff.press("就这样")
    await staff.restart(staff.clock() + timedelta(minutes=1))
    assert "来的有 1 位：林老师" in await staff.press("参加", by="林老师")


async def test_what_cannot_be_taken_back_is_said_to_stay(staff: WecomChat) -> None:
    lin = staff.private("林老师")
    await staff.tell("反思 我把出题交给了学生", by="林老师")
    await staff.press("给全体", by="林老师", room=lin)
    assert "我把出题交给了学生" in staff.last().text
    said = await staff.press("只留给自己", by="林老师", room=lin)
    assert "收不回来" in said
    assert "我把出题交给了学生" in staff.last().text
