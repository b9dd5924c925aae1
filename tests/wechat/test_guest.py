"""The account's chats as the page of the sandbox shows them."""

import pytest

from bot.sandbox.guests import Upload
from bot.sandbox.wechat import WechatGuest
from tests.follower import Followers


async def test_a_follower_writes_on_the_page_and_reads_the_answer(personal: Followers) -> None:
    guest = WechatGuest(personal.wechat)
    assert guest.chats("林老师") == []
    await personal.follow("林老师")
    (chat,) = guest.chats("林老师")
    assert (chat["platform"], chat["private"], chat["started"]) == ("wechat", True, True)
    guest.say("林老师", chat["id"], "帮助", None)
    await guest.settle()
    (chat,) = guest.chats("林老师")
    assert [(line["mine"], line["from"]["name"]) for line in chat["messages"][-2:]] == [
        (True, "林老师"),
        (False, "研伴"),
    ]
    assert "/agenda" in chat["messages"][-1]["text"]
    assert guest.people() == ["林老师"]


async def test_nobody_writes_in_anothers_chat(personal: Followers) -> None:
    guest = WechatGuest(personal.wechat)
    await personal.follow("林老师")
    await personal.follow("周老师")
    (chat,) = guest.chats("周老师")
    with pytest.raises(KeyError):
        guest.say("林老师", chat["id"], "帮助", None)
    with pytest.raises(KeyError):
        guest.press("周老师", chat["id"], "1", "/agenda")


async def test_the_menu_and_pictures(service: Followers) -> None:
    await service.app.menus
    guest = WechatGuest(service.wechat)
    await service.found("林老师")
    (chat,) = guest.chats("林老师")
    assert {"command": "agenda", "description": "日程"} in chat["commands"]
    guest.press("林老师", chat["id"], "", "/agenda")
    await guest.settle()
    assert "本周" in guest.chats("林老师")[0]["messages"][-1]["text"]
    guest.send("林老师", chat["id"], Upload("黑板.jpg", "image/jpeg", b"x"))
    await guest.settle()
    with pytest.raises(KeyError):
        guest.send("林老师", chat["id"], Upload("课件.pptx", "application/vnd.ms-powerpoint", b"x"))
