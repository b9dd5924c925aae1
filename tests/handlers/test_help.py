"""/help: what can I do here."""

from tests.chat import Chat


async def test_help_in_private_shows_what_can_be_done(chat: Chat) -> None:
    chat.private("林老师").started = True
    assert "/help" in await chat.tell("帮助", by="林老师")


async def test_a_slip_of_the_finger_is_understood(chat: Chat) -> None:
    chat.private("林老师").started = True
    assert await chat.tell("/hepl", by="林老师") == "没有这个命令。你是想用 /help 吗？"


async def test_talk_in_the_group_is_left_alone(chat: Chat) -> None:
    assert await chat.say("大家下午好", by="林老师") == ""


async def test_thanks_and_nods_are_not_taken_for_a_riddle(group: Chat) -> None:
    assert await group.tell("谢谢！", by="林老师") == "不客气。"
    assert await group.tell("好的", by="林老师") == ""
    await group.say("/roles")
    assert await group.say("收到", by="林老师", reply_to=group.last()) == ""
    assert await group.say("谢谢", by="林老师", reply_to=group.last()) == ""
    assert (await group.tell("在吗", by="林老师")).startswith("你好，我是研伴。")
    assert "/share" in await group.tell("怎么用", by="林老师")


async def test_help_is_not_the_answer_to_an_open_question(group: Chat) -> None:
    await group.tell("/share 小数乘法", by="林老师")
    assert (await group.tell("帮助", by="林老师")).startswith("我是研伴")
    said = await group.tell("https://jiaoyan.example.cn/7", by="林老师")
    assert said.startswith("收好了。\n小数乘法\n")


async def test_a_colon_may_follow_a_command(group: Chat) -> None:
    assert await group.tell("反思：今天 让学生出题", by="林老师") == "收好了，只有你看得到。"
    assert (await group.tell("/find：小数：算理", by="周老师")).startswith("没有找到“小数：算理”")
    assert (await group.tell("我：今天有点累", by="周老师")).startswith("我没看懂")
