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
