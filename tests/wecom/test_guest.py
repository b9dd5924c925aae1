"""The pretend WeCom as the demo's page shows it."""

import pytest

from bot.sandbox.guests import Guest, Upload
from bot.sandbox.wecom.guest import WecomGuest
from bot.sandbox.wecom.rich import spans
from tests.wecom.chat import WecomChat


@pytest.fixture
def guest(staff: WecomChat) -> Guest:
    """The page's way into the group."""
    return WecomGuest(staff.world)


async def test_a_teacher_works_from_the_page(staff: WecomChat, guest: Guest) -> None:
    changes: list[int] = []
    guest.listeners.append(lambda: changes.append(1))
    group, private = guest.chats("林老师")
    assert (group["id"], group["private"], group["mention"]) == ("wecom:wrDemoGroup3A", False, "研伴")
    assert (private["title"], private["private"]) == ("研伴", True)
    guest.say("王老师", group["id"], "@研伴 安排 周五15:00 集体备课", None)
    await staff.settle()
    message = guest.chats("王老师")[0]["messages"][-1]
    assert message["from"]["bot"]
    fix = next(one for row in message["buttons"] for one in row if one["text"] == "就这样")
    guest.press("王老师", group["id"], str(message["id"]), fix["callback_data"])
    await staff.settle()
    assert guest.chats("林老师")[0]["messages"][-1]["buttons"][0][0]["text"] == "参加"
    assert changes


async def test_files_go_both_ways(staff: WecomChat, guest: Guest) -> None:
    group, private = (chat["id"] for chat in guest.chats("孙老师"))
    guest.send("孙老师", group, Upload("小数乘法.pptx", "application/x", b"x", "@研伴 分享 小数乘法"))
    await staff.settle()
    file, words, answer = guest.chats("孙老师")[0]["messages"][-3:]
    assert (file["file"]["name"], file["seen"], words["reply_to"]) == ("小数乘法.pptx", False, file["id"])
    assert "收好了" in answer["text"]
    found = guest.file(file["file"]["id"])
    assert found is not None
    assert found.content == b"x"
    guest.send("孙老师", private, Upload("板书.png", "image/png", b"y"))
    assert guest.chats("孙老师")[1]["messages"][-1]["file"]["image"]
    assert guest.file("wecom:99999") is None


def test_nobody_acts_where_they_are_not(staff: WecomChat, guest: Guest) -> None:
    with pytest.raises(KeyError):
        guest.say("林老师", "wecom:he_laoshi", "你好", None)
    with pytest.raises(KeyError):
        guest.say("路人", "wecom:wrDemoGroup3A", "你好", None)
    with pytest.raises(KeyError):
        guest.press("林老师", "wecom:wrDemoGroup3A", "7", "x")
    assert guest.chats("路人") == []


async def test_what_is_kept_is_there_again(staff: WecomChat, guest: Guest) -> None:
    guest.say("林老师", "wecom:wrDemoGroup3A", "@研伴 你好", None)
    await staff.settle()
    kept, before = guest.dump(), guest.chats("林老师")
    guest.load(kept)
    assert guest.chats("林老师") == before


def test_markdown_as_it_is_read() -> None:
    said, found = spans("**本周**：[讲\\*课](https://a.cn/1) 1\\*2 😀[二](u)")
    assert said == "本周：讲*课 1*2 😀二"
    assert [(one["type"], one["offset"], one["length"]) for one in found] == [
        ("bold", 0, 2),
        ("text_link", 3, 3),
        ("text_link", 13, 1),
    ]
