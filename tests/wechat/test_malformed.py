"""Whatever is sent to the address: an answer without a trace, no handler that failed, and the next is heard.

`YANBAN_FUZZ_EXAMPLES=10000` for the long run; benchmarks/wechat.py takes its times.
"""

import asyncio
import os

import pytest
from sqlmodel import select

from benchmarks.malformed import enveloped, gather, sample_texts, signed
from bot.sandbox.wechat.caller import Call
from storage.models.delivery import Inbox
from tests.follower import Followers

EXAMPLES = int(os.environ.get("YANBAN_FUZZ_EXAMPLES", "300"))
DEEP = 4000
HEAD = "<ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime>"
WORDS = f"{HEAD}<MsgType>text</MsgType><MsgId>1</MsgId>"
HOSTILE = {
    "nothing": "",
    "no xml": "日程",
    "no end": f"<xml>{WORDS}<Content>a",
    "an entity of a file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    f"<xml>{WORDS}<Content>&e;</Content></xml>",
    "an entity of an address": '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:1/">]>'
    f"<xml>{WORDS}<Content>&e;</Content></xml>",
    "billion laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<xml>{WORDS}<Content>&c;</Content></xml>",
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 9000}">]>'
    f"<xml>{WORDS}<Content>{'&a;' * 900}</Content></xml>",
    "deep": f"<xml>{WORDS}{'<a>' * DEEP}{'</a>' * DEEP}</xml>",
    "many": f"<xml>{WORDS}{'<a/>' * 9000}</xml>",
    "a field twice": f"<xml>{WORDS}<MsgType>event</MsgType></xml>",
    "fields in fields": "<xml><ToUserName><a/></ToUserName><FromUserName><b>o1</b></FromUserName>"
    "<MsgType><c>text</c></MsgType></xml>",
    "no type": f"<xml>{HEAD}</xml>",
    "an endless name": f"<xml>{WORDS.replace('o1', 'o' * 9000)}</xml>",
    "a time that is none": f"<xml>{WORDS.replace('<CreateTime>1<', '<CreateTime>soon<')}</xml>",
}


async def still_well(followers: Followers) -> None:
    failed = select(Inbox.error).where(Inbox.state != "done")
    assert await followers.app.engine.submit(lambda session: session.exec(failed).all()) == []
    assert "/agenda" in await followers.say("帮助", by="周老师")


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_xml_inside_an_envelope(personal: Followers, name: str) -> None:
    status, body = await personal.wechat.caller.post(enveloped(personal.wechat, HOSTILE[name]))
    known = {"many", "a time that is none", "a field twice"}
    assert status in ({200, 400} if name in known else {400})
    assert "Traceback" not in body
    assert len(body) < 4000
    await still_well(personal)


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_xml_around_an_envelope_is_not_parsed(personal: Followers, name: str) -> None:
    call = enveloped(personal.wechat, HOSTILE["a time that is none"])
    body = HOSTILE[name] + call.body.decode()
    assert (await personal.wechat.caller.post(Call(call.query, body.encode())))[0] in (200, 413)
    await still_well(personal)


@pytest.mark.parametrize("sealed", ["AAAA", "A" * 24, "A" * 64, "=" * 32, "A" * 65, "A" * 40_000])
async def test_an_envelope_that_holds_nothing(personal: Followers, sealed: str) -> None:
    assert (await personal.wechat.caller.post(signed(personal.wechat, sealed)))[0] in (400, 403)


async def test_every_sample_is_taken(personal: Followers) -> None:
    for text in sample_texts():
        status, _ = await personal.wechat.caller.post(enveloped(personal.wechat, text))
        assert status == 200
    await still_well(personal)


async def test_whatever_is_sent_is_answered(personal: Followers) -> None:
    for one in await asyncio.to_thread(gather, EXAMPLES):
        status, body = await personal.wechat.caller.post(one.call(personal.wechat))
        assert status in (200, 400, 403)
        assert "Traceback" not in body
    await still_well(personal)
