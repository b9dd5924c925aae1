"""The Bot API methods, as python-telegram-bot calls them and as Telegram answers them."""

from collections.abc import AsyncIterator

import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.sandbox.methods.commands import menu_for
from bot.sandbox.server import Sandbox
from bot.sandbox.spec import check_object
from tests.sandbox.conftest import Caller

BUTTONS = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("参加", callback_data="r:1:y")]])


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(sandbox.token, sandbox.base_url, sandbox.base_file_url) as real:
        yield real


async def test_a_text_arrives_with_markup_buttons_and_reply(sandbox: Sandbox, bot: telegram.Bot) -> None:
    said = sandbox.world.say("林老师", None, "/schedule@yanban_bot")
    sent = await bot.send_message(
        said.chat, "<b>周五</b> 16:00", "HTML", reply_to_message_id=said.id, reply_markup=BUTTONS
    )
    post = sandbox.world.messages()[-1]
    assert (post.text, post.html, post.reply_to) == ("周五 16:00", "<b>周五</b> 16:00", said.id)
    assert post.buttons == [[{"text": "参加", "callback_data": "r:1:y"}]]
    assert sent.text_html == post.html
    assert sandbox.complaints == []
    assert [request.method for request in sandbox.requests] == ["getMe", "sendMessage"]
    assert sandbox.requests[-1].now == sandbox.machine.now()


async def test_a_press_is_answered_once(sandbox: Sandbox, bot: telegram.Bot) -> None:
    await bot.send_message(sandbox.world.group.id, "参加吗？", reply_markup=BUTTONS)
    query = sandbox.world.press("周老师", sandbox.world.messages()[-1], "参加")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "r:1:y"
    await bot.answer_callback_query(query.id, "记下了")
    assert query.answer == {"text": "记下了", "show_alert": False}
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query.id)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("1")


async def test_edits_replace_and_must_change_something(sandbox: Sandbox, bot: telegram.Bot) -> None:
    group = sandbox.world.group.id
    sent = await bot.send_message(group, "参加吗？", reply_markup=BUTTONS)
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("参加吗？", group, sent.message_id, reply_markup=BUTTONS)
    await bot.edit_message_text("周老师参加", group, sent.message_id)
    post = sandbox.world.messages()[-1]
    assert (post.text, post.buttons) == ("周老师参加", [])
    await bot.edit_message_reply_markup(group, sent.message_id, reply_markup=BUTTONS)
    assert len(post.buttons) == 1
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", group, 999)
    await bot.delete_message(group, sent.message_id)
    assert sandbox.world.messages() == []


async def test_files_go_both_ways(sandbox: Sandbox, bot: telegram.Bot) -> None:
    group = sandbox.world.group.id
    sent = await bot.send_document(
        group, b"BEGIN:VCALENDAR", caption="<b>日程</b>", parse_mode="HTML", filename="日程.ics"
    )
    assert sent.document is not None
    assert sent.document.file_name == "日程.ics"
    again = await bot.send_document(group, sent.document.file_id)
    assert again.document == sent.document
    theirs = sandbox.world.send_file("林老师", sandbox.world.private("林老师"), "教案.docx", b"abc")
    file = await bot.get_file(theirs.body["document"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"abc"
    photo = await bot.send_photo(group, b"\x89PNG")
    assert photo.photo
    assert sandbox.complaints == []


async def test_nobody_is_written_to_before_they_write(sandbox: Sandbox, bot: telegram.Bot) -> None:
    person = sandbox.world.person("林老师")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(person.id, "在吗")
    sandbox.world.tell(person, "/start")
    await bot.send_message(person.id, "你好")
    sandbox.world.block(person)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(person.id, "在吗")


async def test_groups_that_are_gone_or_moved(sandbox: Sandbox, bot: telegram.Bot) -> None:
    old = sandbox.world.add_group("小组", "王老师", kind="group")
    new = sandbox.world.migrate(old)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old.id, "x")
    assert moved.value.new_chat_id == new.id
    sandbox.world.kick_bot(new)
    with pytest.raises(Forbidden, match="kicked from the supergroup"):
        await bot.send_message(new.id, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(-5, "x")
    await bot.leave_chat(sandbox.world.group.id)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(sandbox.world.group.id, "x")


async def test_topics(sandbox: Sandbox, bot: telegram.Bot) -> None:
    forum = sandbox.world.add_group("共同体", "王老师", forum=True)
    thread = sandbox.world.add_topic("王老师", forum, "听评课")
    sent = await bot.send_message(forum.id, "好", message_thread_id=thread)
    assert sent.is_topic_message
    with pytest.raises(BadRequest, match="thread not found"):
        await bot.send_message(forum.id, "好", message_thread_id=99)
    forum.closed_topics.append(thread)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(forum.id, "好", message_thread_id=thread)


async def test_people_and_chats_are_told_as_documented(sandbox: Sandbox, call: Caller) -> None:
    group, leader = sandbox.world.group.id, sandbox.world.person("王老师").id
    assert check_object("User", await call("getMe")) == []
    assert check_object("ChatFullInfo", await call("getChat", chat_id=group)) == []
    assert check_object("ChatFullInfo", await call("getChat", chat_id=leader)) == []
    assert (await call("getChatMember", chat_id=group, user_id=leader))["status"] == "creator"
    assert [one["user"]["id"] for one in await call("getChatAdministrators", chat_id=group)] == [leader]
    assert await call("getChatMemberCount", chat_id=group) == 6
    assert "PARTICIPANT" in await call.refusal("getChatMember", chat_id=group, user_id=1)
    sent = await call("sendMessage", chat_id=group, text="<b>好</b> #分数", parse_mode="HTML")
    assert check_object("Message", sent) == []
    assert await call("setMessageReaction", chat_id=group, message_id=sent["message_id"], reaction=[]) is True
    assert "not enough rights" in await call.refusal("pinChatMessage", chat_id=group, message_id=1)


async def test_the_narrowest_menu_wins(sandbox: Sandbox, call: Caller) -> None:
    world, group = sandbox.world, sandbox.world.group

    async def put(name: str, scope: str, language: str = "", **more: int) -> None:
        menu = [{"command": name, "description": name}]
        await call("setMyCommands", commands=menu, scope={"type": scope, **more}, language_code=language)

    def seen(name: str, private: bool = False) -> str:
        person = world.person(name)
        return str(menu_for(world, person, world.private(person) if private else group)[0]["command"])

    await put("default", "default")
    assert seen("林老师") == seen("林老师", private=True) == "default"
    await put("groups", "all_group_chats")
    await put("groups_zh", "all_group_chats", "zh")
    await put("leaders", "all_chat_administrators")
    assert (seen("林老师"), seen("王老师"), seen("林老师", private=True)) == (
        "groups_zh",
        "leaders",
        "default",
    )
    await put("one", "chat_member", chat_id=group.id, user_id=world.person("林老师").id)
    assert (seen("林老师"), seen("周老师")) == ("one", "groups_zh")
    await call("deleteMyCommands", scope={"type": "all_group_chats"}, language_code="zh")
    assert seen("周老师") == "groups"
    assert (await call("getMyCommands", scope={"type": "all_group_chats"}))[0]["command"] == "groups"


async def test_inline_results_are_offered_and_chosen(sandbox: Sandbox, call: Caller) -> None:
    number = sandbox.world.inline("林老师", "分数")
    content = {"message_text": "<b>折纸</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "r1", "title": "折纸", "input_message_content": content}
    await call("answerInlineQuery", inline_query_id=number, results=[result])
    post = sandbox.world.choose("林老师", None, number, "r1")
    assert (post.html, post.seen) == ("<b>折纸</b>", True)
    assert "too old" in await call.refusal("answerInlineQuery", inline_query_id=number, results=[])


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "  "}, "message text is empty"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "x", "nonsense": 1}, "unknown parameter nonsense"),
    ],
)
async def test_what_a_correct_bot_never_sends_is_a_complaint(
    sandbox: Sandbox, call: Caller, params: dict[str, object], words: str
) -> None:
    assert words in await call.refusal("sendMessage", chat_id=sandbox.world.group.id, **params)
    assert len(sandbox.complaints) == 1
    assert words in sandbox.complaints[0]
    assert sandbox.world.messages() == []


async def test_4096_units_after_parsing_are_allowed(sandbox: Sandbox, call: Caller) -> None:
    group = sandbox.world.group.id
    await call("sendMessage", chat_id=group, text=f"<b>{'字' * 4096}</b>", parse_mode="HTML")
    assert sandbox.complaints == []


async def test_replies_to_what_is_gone(sandbox: Sandbox, call: Caller) -> None:
    group = sandbox.world.group.id
    gone = {"message_id": 77}
    assert "replied not found" in await call.refusal(
        "sendMessage", chat_id=group, text="x", reply_parameters=gone
    )
    lenient = gone | {"allow_sending_without_reply": True}
    assert "reply_to_message" not in await call(
        "sendMessage", chat_id=group, text="x", reply_parameters=lenient
    )


async def test_unknown_methods_and_tokens(sandbox: Sandbox, call: Caller) -> None:
    assert (await call.answer("sendNothing"))["error_code"] == 404
    assert sandbox.complaints == ["sendNothing: no such method"]
    sandbox.token = "123456:other"
    async with call.session.post(f"{sandbox.base_url}123456:wrong/getMe") as response:
        assert response.status == 401
