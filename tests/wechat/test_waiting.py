"""What a personal account may not say of its own accord is there as soon as somebody speaks."""

from tests.follower import Followers, offered_in
from tests.wechat.test_numbers import arrange


async def test_a_reminder_waits_and_is_joined_to_the_next_answer(personal: Followers) -> None:
    await personal.found()
    await arrange(personal, "周五16:00 读书会")
    assert await personal.until("2026-11-27 15:35", by="孙老师") == ""
    said = await personal.say("日程", by="孙老师")
    assert said.index("本周") < said.index("先前没来得及告诉你的：") < said.index("还有 30 分钟")
    assert len(personal.posts("孙老师")) == 1
    assert "先前" not in await personal.say("日程", by="孙老师")


async def test_what_is_over_is_not_told_any_more(personal: Followers) -> None:
    await personal.found()
    await arrange(personal, "周五16:00 读书会")
    await personal.until("2026-11-27 18:00")
    assert "还有 30 分钟" not in await personal.say("日程", by="孙老师")


async def test_a_card_that_changed_while_it_waited_says_what_holds_now(personal: Followers) -> None:
    await personal.found()
    await arrange(personal, "周五16:00 读书会")
    await personal.press("参加")
    assert "来的有 1 位：王老师" in await personal.say("日程", by="孙老师")


async def test_more_than_a_message_holds_goes_on_with_continue(personal: Followers) -> None:
    await personal.found()
    for hour in range(9, 16):
        await arrange(personal, f"12月{hour}日 {hour}:00 研讨{'一二三四五六七八九十' * 9}{hour}")
    first = await personal.say("你好", by="孙老师")
    assert first.splitlines()[-1] == "还有 4 条，发“继续”接着看。"
    second = await personal.say("继续", by="孙老师")
    assert second.startswith("接着看：")
    assert "先前" not in second
    shown = {label for text in (first, second) for label in text.splitlines() if label.startswith("研讨")}
    assert len(shown) == 7
    assert await personal.say("继续", by="孙老师") == "没有别的了。"


async def test_every_number_told_on_the_way_is_good(personal: Followers) -> None:
    await personal.found()
    for day in (25, 26, 27):
        await arrange(personal, f"11月{day}日 16:00 研讨{day}")
    said = await personal.say("日程", by="孙老师")
    numbers = [number for number, label in offered_in(said) if label == "参加"]
    assert len(set(numbers)) == 3
    for number in numbers:
        assert await personal.say(number, by="孙老师") == "好，等你来。"


async def test_a_long_answer_comes_in_messages_the_platform_takes(personal: Followers) -> None:
    await personal.found()
    for day in range(1, 26):
        await arrange(personal, f"12月{day}日 16:00 {'研讨' * 40}{day}")
    await personal.say("日程 本学期", by="王老师")
    texts = [post.text for post in personal.posts("王老师")]
    assert max(len(text.encode()) for text in texts) <= 2048
    while "继续" in personal.last("王老师").text:
        await personal.say("继续", by="王老师")
    assert "12月25日" in "".join(post.text for post in personal.posts("王老师"))


async def test_a_long_answer_says_that_it_goes_on_and_does_to_its_end(personal: Followers) -> None:
    """What is cut has to fit beside the words around it, or 继续 would never get any further."""
    await personal.found()
    for number in range(9):
        await personal.say(f"反思 第{number}次" + "让学生自己出题，" * 20, by="林老师")
    await personal.say("我的数据", by="林老师")
    said = await personal.press("带走", by="林老师")
    told = said
    for _ in range(9):
        if said.splitlines()[-1].endswith("条，发“继续”接着看。"):
            said = await personal.say("继续", by="林老师")
            told += said
    assert [number for number in range(9) if f"第{number}次" not in told] == []
    assert said.endswith("（这里发不了文件。你要是也在别的聊天里用我，在那里可以拿到。）")
    assert max(len(post.text.encode()) for post in personal.posts("林老师")) <= 2048


async def test_words_are_no_answer_to_a_question_nobody_could_ask(personal: Followers) -> None:
    await personal.found()
    await personal.say("反思提示")
    await personal.press("开始发")
    await personal.until("2026-11-26 17:31")
    said = await personal.say("日程", by="林老师")
    assert "收好了" not in said
    assert "本周反思题" in said
    await personal.press("写反思", by="林老师")
    assert (await personal.say("让学生自己出题", by="林老师")).startswith("收好了，只有你看得到。")


async def test_nothing_is_lost_over_a_restart(personal: Followers) -> None:
    await personal.found()
    await arrange(personal, "周五16:00 读书会")
    await personal.restart()
    assert "读书会\n11月27日" in await personal.say("你好", by="林老师")
    await personal.restart()
    assert await personal.press("参加", by="林老师") == "好，等你来。"


async def test_it_says_that_it_cannot_remind(personal: Followers) -> None:
    await personal.found()
    await arrange(personal, "周五16:00 读书会")
    said = await personal.press("到时提醒我")
    assert said.splitlines()[-1] == "这个账号不能主动提醒，发“日程”可随时看。"


async def test_it_says_that_prompts_and_digests_wait_too(personal: Followers) -> None:
    await personal.found()
    waits = "这个账号不能主动发消息：到了时间先留着，大家下次给我发消息时一起看到。"
    assert waits not in await personal.say("反思提示")
    assert waits in await personal.press("开始发")
    assert waits in await personal.say("每周小结")
    assert waits not in await personal.press("停发")


async def test_setting_up_promises_no_moment_either(personal: Followers) -> None:
    await personal.found()
    await personal.say("设置")
    for _ in range(4):
        await personal.press("跳过")
    assert "不能主动发消息" not in personal.last().text
    assert "不能主动发消息：到了时间先留着" in await personal.press("周四 17:30")


async def test_a_picture_that_cannot_be_sent_is_asked_of_who_shared_it(personal: Followers) -> None:
    await personal.found()
    await personal.wechat.send("林老师", "image", MediaId="m1", PicUrl="https://x.example/1")
    await personal.press("收进", by="林老师")
    await personal.say("板书", by="林老师")
    await personal.say("找 板书", by="何老师")
    assert await personal.press("取", by="何老师") == "板书\n（这里发不了文件，可以请分享的老师直接发给你。）"


async def test_in_english_more(personal: Followers) -> None:
    await personal.found()
    await personal.say("/language en", by="孙老师")
    for hour in range(9, 16):
        await arrange(personal, f"12月{hour}日 {hour}:00 研讨{'一二三四五六七八九十' * 9}{hour}")
    first = await personal.say("hello", by="孙老师")
    assert first.endswith("Send “more” to read on.")
    assert "研讨" in await personal.say("more", by="孙老师")
