"""What a verified account says of its own accord: within the windows, then in short, else it waits."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select
from structlog.testing import capture_logs

from bot import logs
from bot.adapters.base import Closed, Parcel
from bot.adapters.wechat_oa.slots import Slot
from bot.talk import may_speak
from storage.models.community import Chat as ChatRow
from storage.models.delivery import SCHEDULED, Outbox, Talk
from tests.chat import LEADER
from tests.follower import Followers
from tests.wechat.test_numbers import arrange

SENT = "message/custom/send"


def methods(followers: Followers) -> list[str]:
    """The messages the account sent by itself."""
    return [method for method, _ in followers.wechat.requests if method.startswith("message")]


def outbox(session: Session) -> list[tuple[str, str | None]]:
    return [(row.state, row.error) for row in session.exec(select(Outbox).order_by(Outbox.id))]  # type: ignore[arg-type]


async def states(followers: Followers) -> list[str]:
    return [state for state, _ in await followers.app.engine.submit(outbox)]


async def test_a_card_goes_to_who_has_spoken_lately_and_waits_for_the_others(service: Followers) -> None:
    await service.found()
    await service.say("你好", by="林老师")
    await arrange(service, "周五16:00 读书会")
    assert "读书会\n11月27日 周五 16:00" in service.last("林老师").text
    assert "回复" in service.last("林老师").text
    assert service.posts("周老师") == []
    assert "读书会\n11月27日" in await service.say("你好", by="周老师")


async def test_its_numbers_are_good_without_a_word_in_between(service: Followers) -> None:
    await service.found()
    await service.say("你好", by="林老师")
    await arrange(service, "周五16:00 读书会")
    assert await service.press("参加", by="林老师") == "好，等你来。"


async def test_a_card_that_did_not_go_took_no_numbers(subscription: Followers) -> None:
    await subscription.found()
    await arrange(subscription, "周五16:00 读书会")
    assert (await subscription.say("1", by="林老师")).startswith("编号 1 已经过时了。")
    assert "回复 1 参加" in subscription.last("林老师").text


async def test_what_was_offered_before_is_still_good_when_a_card_comes(service: Followers) -> None:
    await service.found()
    await service.say("帮助", by="林老师")
    await arrange(service, "周五16:00 读书会")
    assert (await service.say("2", by="林老师")).startswith("分享和查找")


async def test_no_more_than_five_messages_after_a_word(subscription: Followers) -> None:
    await subscription.found("林老师")
    await subscription.say("你好", by="林老师")
    for day in range(1, 8):
        await arrange(subscription, f"12月{day}日 16:00 研讨{day}")
    assert methods(subscription) == [SENT] * 5
    assert len(subscription.posts("林老师")) == 6
    said = await subscription.say("日程", by="林老师")
    assert "研讨6\n" in said
    assert "研讨7\n" in said
    assert "研讨5\n" not in said.partition("先前")[2]


async def test_nothing_is_sent_after_48_hours(subscription: Followers) -> None:
    await subscription.found("林老师")
    await subscription.say("你好", by="林老师")
    await arrange(subscription, "周五16:00 读书会")
    sent = len(subscription.posts("林老师"))
    await subscription.until("2026-11-27 15:40")
    assert len(subscription.posts("林老师")) == sent
    assert "还有 30 分钟" in await subscription.say("日程", by="林老师")


async def test_a_click_opens_three_messages_for_a_minute(service: Followers) -> None:
    await service.found("林老师")
    assert "本周" in await service.click("/agenda", by="林老师")
    for day in range(1, 5):
        await arrange(service, f"12月{day}日 16:00 研讨{day}")
    assert methods(service) == [SENT] * 3


async def test_a_click_is_a_command_even_while_a_question_is_open(service: Followers) -> None:
    await service.found("林老师")
    await service.say("反思", by="林老师")
    assert "本周" in await service.click("/agenda", by="林老师")
    assert (await service.say("今天很顺", by="林老师")).startswith("收好了")


async def test_a_service_account_reminds_in_short_after_the_48_hours(service: Followers) -> None:
    await service.found("林老师")
    await service.say("你好", by="林老师")
    await arrange(service, "周五16:00 三年级分数教学研讨与评课")
    await service.until("2026-11-27 15:35", by="林老师")
    assert service.last("林老师").text == "还有 30 分钟：“三年级分数教学研讨…"
    assert service.last("林老师").kind == "template"
    assert "还有 30 分钟：“三年级分数教学研讨与评课”" in await service.say("日程", by="林老师")


async def test_a_service_account_promises_reminders_without_reserve(service: Followers) -> None:
    await service.found("林老师")
    await arrange(service, "周五16:00 读书会")
    await service.say("日程", by="林老师")
    assert await service.press("到时提醒我", by="林老师") == "好，前一天和开始前半小时私下提醒你。"
    await service.say("反思提示")
    assert "两天" not in await service.press("开始发")


async def test_a_subscription_account_says_when_reminders_wait(subscription: Followers) -> None:
    await subscription.found("林老师")
    await arrange(subscription, "周五16:00 读书会")
    said = await subscription.press("到时提醒我")
    assert said.splitlines()[-1] == "超过两天没说话的话，提醒会等到你下次发消息时一起说。"


async def test_a_subscription_account_says_when_prompts_wait(subscription: Followers) -> None:
    await subscription.found("林老师")
    await subscription.say("反思提示")
    said = await subscription.press("开始发")
    assert said.splitlines()[-2] == "超过两天没说话的老师，下次给我发消息时一起看到。"


async def test_a_notice_somebody_allowed_is_used_once(subscription: Followers) -> None:
    await subscription.found("林老师")
    for _ in range(2):
        await subscription.wechat.allow("林老师", "REMIND")
        subscription.clock.advance(timedelta(seconds=2))
    await arrange(subscription, "周五16:00 读书会")
    await subscription.until("2026-11-27 15:40")
    notices = [post.text for post in subscription.posts("林老师") if post.kind == "notice"]
    assert len(notices) == 2
    assert notices[1].startswith("还有 30 分钟")
    assert subscription.wechat.quota.notices == {"林老师 REMIND": 0}


async def test_words_that_fit_a_notice_are_not_told_again(service: Followers) -> None:
    await service.found("林老师")
    await arrange(service, "周五16:00 课")
    await service.until("2026-11-27 15:40")
    told = [post.text for post in service.posts("林老师") if post.kind == "template"]
    assert all(len(text) <= 20 for text in told)


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """What is logged from warnings on."""
    logs.set_up("WARNING")
    with capture_logs() as written:
        yield written
    logs.set_up("CRITICAL")


async def test_an_account_that_is_not_verified_after_all(logged: list[Any], service: Followers) -> None:
    await service.found("林老师")
    service.wechat.account.kind = "personal"
    await service.say("你好", by="林老师")
    await arrange(service, "周四16:00 读书会")
    await arrange(service, "周五16:00 备课")
    warned = [line for line in logged if line["event"] == "account_may_not"]
    assert [(line["right"], line["setting"]) for line in warned] == [("messages", "YANBAN_WECHAT_KIND")]
    assert methods(service) == []
    assert "读书会\n11月26日" in await service.say("日程", by="林老师")


async def test_when_wechat_counts_otherwise_its_count_holds(service: Followers) -> None:
    await service.found("林老师")
    await service.say("你好", by="林老师")
    service.wechat.fail(SENT, 45047)
    await arrange(service, "周四16:00 读书会")
    await arrange(service, "周五16:00 备课")
    assert methods(service) == []
    left = select(Talk.left).join(ChatRow).where(ChatRow.person_id == 2)
    assert await service.app.engine.submit(lambda session: session.exec(left).all()) == [0]
    said = await service.say("日程", by="林老师")
    assert "备课\n11月27日" in said
    assert "读书会\n11月26日" in said


async def test_when_the_quota_of_the_day_is_used_up_answers_still_come(service: Followers) -> None:
    await service.found("林老师")
    await service.say("你好", by="林老师")
    service.wechat.fail(SENT, 45009)
    await arrange(service, "周四16:00 读书会")
    assert "读书会\n11月26日" in await service.say("日程", by="林老师")


async def test_who_went_is_not_written_to_and_is_greeted_when_they_come_back(service: Followers) -> None:
    await service.found("林老师")
    await service.say("你好", by="林老师")
    service.wechat.fail(SENT, 43004)
    await arrange(service, "周四16:00 读书会")
    active = select(ChatRow.active).where(ChatRow.person_id == 2)
    assert await service.app.engine.submit(lambda session: session.exec(active).all()) == [False]
    assert "你好，我是研伴" in await service.follow("林老师")
    assert await service.app.engine.submit(lambda session: session.exec(active).all()) == [True]
    await service.wechat.unfollow("林老师")
    assert await service.app.engine.submit(lambda session: session.exec(active).all()) == [False]


async def test_busy_and_broken_interfaces_are_asked_again(service: Followers) -> None:
    service.adapter.client.pause = 0
    await service.found("林老师")
    await service.say("你好", by="林老师")
    service.wechat.fail(SENT, -1, -1)
    await arrange(service, "周四16:00 读书会")
    assert methods(service) == [SENT]
    service.wechat.fail(SENT, 502)
    await arrange(service, "周五16:00 备课")
    assert "open" in await states(service)
    await service.until("2026-11-23 10:05")
    assert methods(service) == [SENT] * 2


async def test_what_wechat_will_never_take_is_given_up_with_its_reason(service: Followers) -> None:
    await service.found("林老师")
    await service.say("你好", by="林老师")
    service.wechat.fail(SENT, 87009)
    await arrange(service, "周四16:00 读书会")
    assert ("failed", "errcode 87009") in await service.app.engine.submit(outbox)


async def test_the_menu_says_the_main_commands(service: Followers) -> None:
    await service.app.menus
    menu = service.wechat.world.menu
    assert [one["name"] for one in menu] == ["研讨", "资料", "我的"]
    for below in menu:
        for entry in below["sub_button"]:
            assert await service.click(entry["key"], by=LEADER)
    assert "/agenda" in [entry["key"] for below in menu for entry in below["sub_button"]]


async def test_a_code_to_scan(service: Followers) -> None:
    made = await service.adapter.work("code", {"scene": "ABC123"})
    ticket = made["image"].partition("ticket=")[2]
    assert made["url"].startswith("http://weixin.qq.com/q/")
    assert service.wechat.world.codes[ticket] == "ABC123"
    assert (await service.wechat.scan("林老师", ticket)).well


async def test_the_leader_shows_a_picture_and_who_scans_it_joins(service: Followers) -> None:
    await service.found()
    await service.say("连接")
    said = await service.press("加入码")
    ticket = said.partition("ticket=")[2].split()[0]
    await service.wechat.scan("郑老师", ticket)
    await service.settle()
    assert "怎么称呼你" in service.last("郑老师").text
    assert "欢迎郑老师加入" in await service.say("郑老师", by="郑老师")


async def test_an_account_without_the_right_makes_no_code(subscription: Followers) -> None:
    assert await subscription.adapter.work("code", {"scene": "ABC123"}) == {}
    assert await subscription.adapter.work("rights", {}) == {"admin": None, "inside": True}


async def test_a_notice_somebody_allowed_is_no_message(subscription: Followers) -> None:
    await subscription.found("林老师")
    mine = select(ChatRow.id).where(ChatRow.person_id == 2)
    (chat,) = await subscription.app.engine.submit(lambda session: session.exec(mine).all())
    assert chat is not None

    async def may() -> bool:
        return await subscription.app.engine.submit(
            lambda session: may_speak(session, chat, subscription.clock())
        )

    await subscription.wechat.allow("林老师", "REMIND")
    assert not await may()
    await subscription.say("你好", by="林老师")
    assert await may()
    subscription.clock.advance(timedelta(hours=48))
    assert not await may()


async def test_what_did_not_reach_wechat_uses_nothing_up(service: Followers) -> None:
    await service.found("林老师")
    await service.say("你好", by="林老师")
    service.wechat.fail(SENT, 502, 502, 502)
    await arrange(service, "周五16:00 备课")
    await service.until("2026-11-23 10:05")
    assert methods(service) == [SENT]
    left = select(Talk.left).join(ChatRow).where(ChatRow.person_id == 2)
    assert await service.app.engine.submit(lambda session: session.exec(left).all()) == [4]


async def test_a_notice_that_did_not_reach_wechat_is_sent_again(subscription: Followers) -> None:
    await subscription.found("林老师")
    await subscription.wechat.allow("林老师", "REMIND")
    await arrange(subscription, "周五16:00 读书会")
    subscription.wechat.fail("message/subscribe/bizsend", 502)
    await subscription.until("2026-11-27 15:40")
    assert [post.kind for post in subscription.posts("林老师")] == ["notice"]


async def test_what_falls_due_does_not_take_the_place_of_an_answer(personal: Followers) -> None:
    work = asyncio.get_running_loop().create_task(asyncio.sleep(0, result=True))
    slot = Slot("1", "o1", work)
    personal.adapter.slots.add(slot)
    due = Parcel(1, 1, "wechat", "o1", True, "post", {"html": "还有 30 分钟"}, priority=SCHEDULED)
    async with asyncio.timeout(5):
        with pytest.raises(Closed):
            await personal.adapter.deliver(due)
    assert not slot.words.done()
    assert await work
