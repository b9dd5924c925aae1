"""Only what WeChat signed just now is believed, each call once; answers are in time or come later."""

import asyncio
import gzip
import threading
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from sqlmodel import Session, func, select

from bot.adapters.base import Unwelcome
from bot.adapters.wechat_oa import door
from bot.adapters.wechat_oa.door import LARGEST
from bot.adapters.wechat_oa.envelope import aes_key
from bot.sandbox.wechat import Account
from bot.sandbox.wechat.caller import Call
from bot.sandbox.wechat.xml import compose
from storage.models.delivery import Inbox, Outbox
from storage.models.machine import Nonce
from tests.chat import LEADER
from tests.follower import Followers

Everything = tuple[int, int]


def a_word(followers: Followers, words: str = "帮助", number: str = "24000000000000001") -> Call:
    fields = {"MsgType": "text", "Content": words, "MsgId": number}
    return followers.wechat.caller.call(compose(followers.wechat.fields("林老师", fields)))


def handled(session: Session) -> Everything:
    """How many messages were taken, and how many answers written."""
    inbox, outbox = select(func.count()).select_from(Inbox), select(func.count()).select_from(Outbox)
    return session.exec(inbox).one(), session.exec(outbox).one()


async def kept(followers: Followers) -> Everything:
    return await followers.app.engine.submit(handled)


async def test_the_address_is_proved_by_its_echo(personal: Followers) -> None:
    assert await personal.wechat.caller.echo("7342931") == (200, "7342931")
    personal.wechat.account.token = "another"
    assert await personal.wechat.caller.echo("7342931") == (403, "")


async def test_an_old_echo_proves_nothing(personal: Followers) -> None:
    personal.wechat.caller.clock = lambda: personal.clock() - timedelta(seconds=301)
    assert (await personal.wechat.caller.echo())[0] == 403


async def test_a_word_is_answered_in_its_response(personal: Followers) -> None:
    heard = await personal.wechat.say("林老师", "帮助")
    assert heard.statuses == [200]
    assert "/agenda" in str(heard.words)
    assert personal.wechat.requests == []


async def test_compatible_mode_is_read_by_its_envelope(personal: Followers) -> None:
    personal.wechat.caller.mode = "compatible"
    assert "/agenda" in str((await personal.wechat.say("林老师", "帮助")).words)


async def test_plain_text_is_refused(personal: Followers) -> None:
    personal.wechat.caller.mode = "plain"
    assert (await personal.wechat.say("林老师", "帮助")).statuses == [403, 403, 403]
    assert await kept(personal) == (0, 0)


@pytest.mark.parametrize("part", ["msg_signature", "nonce", "timestamp", "body"])
async def test_a_call_that_was_changed_is_refused(personal: Followers, part: str) -> None:
    call = a_word(personal)
    other = a_word(personal, "退出", "24000000000000002")
    query = dict(call.query)
    if part != "body":
        query[part] = other.query[part] if part != "timestamp" else str(int(query[part]) + 1)
    forged = Call(query, other.body if part == "body" else call.body)
    assert await personal.wechat.caller.post(forged) == (403, "")
    assert await kept(personal) == (0, 0)


@pytest.mark.parametrize("missing", ["msg_signature", "timestamp", "nonce"])
async def test_a_call_without_a_part_is_refused(personal: Followers, missing: str) -> None:
    call = a_word(personal)
    query = {name: value for name, value in call.query.items() if name != missing}
    assert (await personal.wechat.caller.post(Call(query, call.body)))[0] == 403


@pytest.mark.parametrize("seconds", [-301, 301])
async def test_an_old_call_and_one_from_the_future_are_refused(personal: Followers, seconds: int) -> None:
    moment = personal.clock() + timedelta(seconds=seconds)
    call = personal.wechat.caller.call(a_word(personal).body.decode(), at=moment)
    assert (await personal.wechat.caller.post(call))[0] == 403


@pytest.mark.parametrize("timestamp", ["", "now", "-1", "１７９５００００００", "9" * 400, "1e9"])
async def test_an_odd_timestamp_is_refused(personal: Followers, timestamp: str) -> None:
    call = a_word(personal)
    assert (await personal.wechat.caller.post(Call(call.query | {"timestamp": timestamp}, call.body)))[
        0
    ] == 403


async def test_a_replayed_call_is_refused(personal: Followers) -> None:
    call = a_word(personal)
    assert (await personal.wechat.caller.post(call))[0] == 200
    before = await kept(personal)
    assert await personal.wechat.caller.post(call) == (403, "")
    assert await kept(personal) == before


async def test_a_call_seen_before_a_crash_but_not_handled_is_welcome(personal: Followers) -> None:
    call = a_word(personal)
    assert (await personal.wechat.caller.post(call))[0] == 200
    await personal.app.engine.submit(forget_inbox)
    assert (await personal.wechat.caller.post(call))[0] == 200


def forget_inbox(session: Session) -> None:
    for row in session.exec(select(Inbox)):
        session.delete(row)


async def test_seen_calls_are_forgotten_after_ten_minutes(personal: Followers) -> None:
    await personal.wechat.say("林老师", "帮助")
    count = select(func.count()).select_from(Nonce)
    assert await personal.app.engine.submit(lambda session: session.exec(count).one()) == 1
    personal.clock.advance(timedelta(minutes=11))
    await personal.app.scheduler.tidy()
    assert await personal.app.engine.submit(lambda session: session.exec(count).one()) == 0


async def test_another_accounts_envelope_is_refused(personal: Followers) -> None:
    account = personal.wechat.account
    personal.wechat.caller.account = Account(app_id="wxanother00000000", original=account.original)
    assert await personal.wechat.caller.post(a_word(personal)) == (403, "")


async def test_what_was_sealed_with_another_key_is_no_message(personal: Followers) -> None:
    personal.wechat.caller.account = Account(aes_key="anotheranotheranotheranotheranotheranother0")
    assert await personal.wechat.caller.post(a_word(personal)) in ((400, ""), (403, ""))
    assert await kept(personal) == (0, 0)


async def test_a_kind_of_message_nobody_knows_is_taken_and_disturbs_nobody(personal: Followers) -> None:
    heard = await personal.wechat.send("林老师", "hologram", Depth="3")
    assert (heard.statuses, heard.words) == ([200], None)
    heard = await personal.wechat.event("林老师", "something_new", EventKey="x")
    assert (heard.statuses, heard.words) == ([200], None)
    assert "/agenda" in await personal.say("帮助", by="林老师")


async def test_a_body_that_does_not_end_is_not_waited_for(
    personal: Followers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "SLOWEST_BODY", 0.05)
    call = a_word(personal)

    async def never() -> AsyncIterator[bytes]:
        yield call.body[:-6]
        await asyncio.sleep(5)

    slow_call = Call(call.query, never())  # type: ignore[arg-type]
    assert (await personal.wechat.caller.post(slow_call))[0] == 408


async def test_a_body_that_swells_is_refused(personal: Followers) -> None:
    """A short body that is a long one when it is unpacked."""
    call, packed = a_word(personal), {"Content-Encoding": "gzip"}
    url = personal.wechat.caller.address
    async with ClientSession() as session:
        for body, status in ((call.body + b" " * 10_000_000, 413), (call.body, 200)):
            async with session.post(
                url, params=call.query, data=gzip.compress(body), headers=packed
            ) as response:
                assert response.status == status


async def test_a_body_over_64_kib_is_refused(personal: Followers) -> None:
    call = a_word(personal)
    status, _ = await personal.wechat.caller.post(Call(call.query, call.body + b" " * LARGEST))
    assert status == 413
    assert (await personal.wechat.caller.post(Call(call.query, call.body + b" " * 60_000)))[0] == 200


async def test_three_deliveries_of_a_message_have_one_effect(personal: Followers) -> None:
    await personal.found()
    call = a_word(personal, "反思 今天很顺")
    again = [a_word(personal, "反思 今天很顺") for _ in range(2)]
    answers = [await personal.wechat.caller.post(one) for one in (call, *again)]
    assert answers[0][1].startswith("<xml>")
    assert answers[1:] == [(200, "success"), (200, "success")]
    assert await kept(personal) == (1, 1)


async def test_deliveries_that_overlap_get_the_same_answer(personal: Followers) -> None:
    await personal.found()
    calls = [a_word(personal, "反思 今天很顺") for _ in range(3)]
    answers = await asyncio.gather(*map(personal.wechat.caller.post, calls))
    assert all(status == 200 for status, _ in answers)
    assert any(body.startswith("<xml>") for _, body in answers)
    assert await kept(personal) == (1, 1)


async def test_a_slow_database_is_waited_for_over_the_three_deliveries(personal: Followers) -> None:
    personal.wechat.caller.patience = 0.3
    blocked = asyncio.create_task(personal.app.engine.submit(lambda session: time.sleep(0.5)))
    heard = await personal.wechat.say("林老师", "帮助")
    await blocked
    assert heard.statuses[0] == 0
    assert heard.statuses[-1] == 200
    assert "/agenda" in str(heard.words)
    assert await kept(personal) == (1, 1)


async def slow(followers: Followers, words: str) -> list[int]:
    """*words* while the database is busy for longer than WeChat's three calls; what each came to."""
    followers.wechat.caller.patience, followers.adapter.door.patience = 0.3, 0.1
    over = threading.Event()
    blocked = asyncio.create_task(followers.app.engine.submit(lambda session: over.wait(20)))
    heard = await followers.wechat.say("林老师", words)
    assert heard.words is None
    over.set()
    await blocked
    await followers.settle()
    await followers.wechat.caller.close()
    followers.wechat.caller.patience, followers.adapter.door.patience = 60, 30
    return heard.statuses


async def test_work_slower_than_three_calls_is_no_fault_and_is_told_later(personal: Followers) -> None:
    assert await slow(personal, "帮助") == [0, 0, 200]
    assert "故障" not in str(personal.wechat.world.chat("林老师"))
    assert "/agenda" in await personal.say("你好", by="林老师")


async def test_work_slower_than_three_calls_is_told_as_soon_as_it_is_done(service: Followers) -> None:
    assert await slow(service, "帮助") == [0, 0, 200]
    assert "/agenda" in service.last("林老师").text
    assert await kept(service) == (1, 1)


async def test_a_call_replayed_while_it_is_under_way_is_refused(personal: Followers) -> None:
    call = a_word(personal)
    blocked = asyncio.create_task(personal.app.engine.submit(lambda session: time.sleep(0.2)))
    first = asyncio.create_task(personal.wechat.caller.post(call))
    while not personal.adapter.slots.find("24000000000000001"):  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    assert await personal.wechat.caller.post(call) == (403, "")
    await blocked
    assert (await first)[1].startswith("<xml>")
    assert await kept(personal) == (1, 1)


async def test_an_answer_that_is_late_waits_where_the_bot_may_not_speak(personal: Followers) -> None:
    personal.adapter.door.patience = 0
    personal.app.courier._round.claims = False
    assert (await personal.wechat.say("林老师", "帮助")).words is None
    personal.app.courier._round.claims = True
    await personal.settle()
    assert personal.posts("林老师") == []
    personal.adapter.door.patience = 30
    said = await personal.say("你好", by="林老师")
    assert "你好，我是研伴" in said
    assert "/agenda" in said


async def test_an_answer_that_is_late_comes_as_a_message(service: Followers) -> None:
    service.adapter.door.patience = 0
    service.app.courier._round.claims = False
    assert (await service.wechat.say("林老师", "帮助")).words is None
    service.app.courier._round.claims = True
    await service.settle()
    assert "/agenda" in service.last("林老师").text
    assert [method for method, _ in service.wechat.requests if method.startswith("message")] == [
        "message/custom/send"
    ]


async def test_what_nobody_was_there_to_hear_is_not_lost(personal: Followers) -> None:
    personal.wechat.caller.patience = 0.2
    blocked = asyncio.create_task(personal.app.engine.submit(lambda session: time.sleep(1)))
    assert (await personal.wechat.say("林老师", "帮助")).statuses == [0, 0, 0]
    await blocked
    await personal.settle()
    await personal.wechat.caller.close()
    personal.wechat.caller.patience = 60
    assert "/agenda" in await personal.say("你好", by="林老师")


async def test_quick_words_are_each_answered(personal: Followers) -> None:
    heard = await asyncio.gather(*(personal.wechat.say(f"老师{n}", "帮助") for n in range(20)))
    assert all("/agenda" in str(one.words) for one in heard)
    several = await asyncio.gather(*(personal.wechat.say("林老师", "帮助") for _ in range(3)))
    assert sum("/agenda" in str(one.words) for one in several) >= 1
    await personal.settle()


async def test_words_that_would_end_their_cdata_stay_words(personal: Followers) -> None:
    await personal.found()
    evil = "反思 a]]></Content><MsgType><![CDATA[image]]></MsgType>"
    await personal.say(evil, by="林老师")
    await personal.say("反思", by="林老师")
    said = await personal.press("我写过的", by="林老师")
    assert "a]]></Content>" in said
    assert personal.wechat.complaints == []


async def test_signs_that_xml_cannot_hold_are_left_out(personal: Followers) -> None:
    from bot.adapters.wechat_oa.envelope import reply

    made = reply("好\x00\x0b\ud800。", {"ToUserName": "gh", "FromUserName": "o1"}, 1)
    assert "<![CDATA[好。]]>" in made


async def test_a_key_that_is_none_is_named_at_the_start() -> None:
    with pytest.raises(Unwelcome, match="YANBAN_WECHAT_AES_KEY"):
        aes_key("short")


async def test_nothing_shows_the_secrets(service: Followers) -> None:
    account = service.wechat.account
    shown = f"{service.adapter!r} {service.adapter.client!r} {service.adapter.door._envelope!r}"
    assert not any(secret in shown for secret in (account.secret, account.token, account.aes_key))
    assert LEADER not in shown
