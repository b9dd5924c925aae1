"""Buttons on cards: what fits, what is pressed late, twice or by the wrong hand."""

from datetime import timedelta

import pytest

from bot.adapters.wecom_aibot.cards import card
from bot.sandbox.wecom import rules
from bot.sandbox.wecom.people import Json
from tests.chat import LEADER
from tests.wecom.chat import WecomChat


def made(words: str, count: int) -> Json:
    """The card of a post with *count* buttons."""
    buttons = [[{"text": f"第{number}项", "data": f"a|{number}||x"}] for number in range(count)]
    return card({"html": words, "buttons": buttons, "choose": "选好了"}, "P1-1-0-ab")


@pytest.mark.parametrize("count", [0, 1, 6, 7, 20])
def test_every_number_of_buttons_is_a_card_wecom_takes(count: int) -> None:
    body = {"msgtype": "template_card", "template_card": made("周五教研\n15:00", count)}
    frame = {"cmd": "aibot_respond_msg", "headers": {"req_id": "r"}, "body": body}
    assert list(rules.complaints(frame)) == []


def test_a_long_first_line_is_no_title() -> None:
    made_ = made("题" * 60, 2)
    assert "main_title" not in made_
    assert made_["sub_title_text"] == "题" * 60


async def test_more_than_six_choices_are_a_list(staff: WecomChat) -> None:
    await staff.say("反思提示")
    listed = staff.last().card or {}
    assert listed["card_type"] == "vote_interaction"
    assert listed["submit_button"]["text"] == "选好了"
    assert "周三 17:30" in await staff.press("周三")


async def test_a_card_is_changed_for_everybody(staff: WecomChat) -> None:
    await staff.say("安排 周五15:00 集体备课")
    await staff.press("就这样")
    posts, before = len(staff.posts()), staff.last().replaced
    await staff.press("参加", by="林老师")
    await staff.press("不能", by="何老师")
    assert len(staff.posts()) == posts
    assert staff.last().replaced == before + 2


async def test_an_answer_given_by_list_and_by_both_shapes_counts_alike(staff: WecomChat) -> None:
    await staff.say("安排 周五15:00 集体备课")
    await staff.press("就这样")
    key = next(one["key"] for one in staff.last().buttons if one["text"] == "参加")
    about = {"aibotid": "b", "chatid": staff.group.chatid, "chattype": "group", "msgtype": "event"}
    event = {"eventtype": "template_card_event", "event_key": key, "task_id": staff.last().task_id}
    flat = about | {"msgid": "flat-1", "from": {"userid": "zhou_laoshi"}, "event": event}
    staff.world.raw("aibot_event_callback", flat)
    await staff.settle()
    assert "来的有 1 位：周老师" in staff.last().text


async def test_a_card_pressed_too_long_ago_is_posted_anew_when_nothing_else_answers(
    staff: WecomChat,
) -> None:
    await staff.say("安排 周五15:00 集体备课")
    staff.gateway.faults.on("errcode", "aibot_respond_update_msg", code=846605)
    card_ = staff.last()
    await staff.press("不约了")
    assert card_.replaced == 0
    assert staff.last() is not card_


async def test_a_press_answered_after_five_seconds_changes_no_card(staff: WecomChat) -> None:
    await staff.say("安排 周五15:00 集体备课")
    await staff.press("就这样")
    before = staff.last().replaced
    staff.gateway.faults.on("errcode", "aibot_respond_update_msg", times=1, code=45009)
    await staff.press("参加", by="林老师")
    await staff.wait(timedelta(seconds=70))
    assert staff.last().replaced == before
    await staff.press("参加", by="周老师")
    assert "来的有 2 位：林老师、周老师" in staff.last().text


async def test_a_button_older_than_its_card(staff: WecomChat) -> None:
    await staff.say("安排 周五15:00 集体备课")
    old = staff.last()
    before = dict(old.card or {})
    await staff.press("就这样")
    posts = len(staff.posts())
    old.card = before
    await staff.press("就这样", post=old)
    assert staff.new(staff.private(LEADER)) == "这一条已经定下来了。"
    assert len(staff.posts()) == posts
    assert (await staff.say("日程")).count("集体备课") == 1


async def test_a_forged_button_does_nothing(staff: WecomChat) -> None:
    await staff.say("安排 周五15:00 集体备课")
    await staff.press("就这样")
    shown = staff.last().card or {}
    shown["button_list"][0]["key"] = "rsvp.yes|1||AAAAAAAAAAAAAA"
    await staff.press("参加", by="林老师")
    assert "来的有" not in staff.last().text
    assert "过时" in staff.new(staff.private("林老师"))


async def test_a_button_for_one_teacher_is_not_for_another(staff: WecomChat) -> None:
    await staff.say("分享 https://jiaoyan.example.cn/7 讲清算理的一课", by="林老师")
    await staff.press("移除", by="何老师")
    assert staff.new(staff.private("何老师"))


async def test_long_words_go_before_their_card(staff: WecomChat) -> None:
    await staff.say("反思提示")
    await staff.press("换模式")
    words, listed = staff.posts()[-2:]
    assert words.card is None
    assert listed.card is not None
    assert words.text.startswith(listed.text)


async def test_a_card_in_a_private_chat_that_has_an_id_is_changed_too(staff: WecomChat) -> None:
    await staff.tell("反思 让学生自己出题", by="林老师")
    lin = staff.private("林老师")
    post = staff.post_with("给全体", lin)
    key = next(one["key"] for one in post.buttons if one["text"].startswith("给全体"))
    event = {"eventtype": "template_card_event", "event_key": key, "task_id": post.task_id}
    about = {"msgid": "named-1", "aibotid": "b", "chatid": "wrPrivate", "chattype": "single"}
    body = about | {"msgtype": "event", "from": {"userid": "lin_laoshi"}, "event": event}
    staff.world.raw("aibot_event_callback", body)
    await staff.settle()
    assert [one["cmd"] for one in staff.gateway.frames].count("aibot_respond_update_msg") == 1


async def test_long_words_opened_from_a_card_are_all_there(staff: WecomChat) -> None:
    lin = staff.private("林老师")
    await staff.tell("反思 " + "长" * 6825 + "完", by="林老师")
    await staff.press("写好了", by="林老师", room=lin)
    await staff.tell("反思 我的", by="林老师")
    said = await staff.press("1", by="林老师", room=lin)
    assert said.count("长") == 6825
    assert "完" in said
    assert "给全体，可再改" in staff.buttons(lin)
