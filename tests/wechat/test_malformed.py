"""Whatever is sent to the address: an answer without a trace, no handler that failed, and the next is heard.

`YANBAN_FUZZ_EXAMPLES=10000` for the long run; benchmarks/wechat.py takes its times.
"""

import asyncio
import os
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.sandbox.wechat.caller import Call
from bot.sandbox.wechat.sealing import seal, signature
from storage.models.delivery import Inbox
from tests.follower import Followers
from tests.wechat.vectors import SAMPLES

EXAMPLES = int(os.environ.get("YANBAN_FUZZ_EXAMPLES", "300"))
TEXTS = [path.read_text(encoding="utf-8") for path in SAMPLES]
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


def signed(followers: Followers, sealed: str, body: str | None = None) -> Call:
    """A call whose signature is right for *sealed*."""
    timestamp, nonce = str(int(followers.clock().timestamp())), str(followers.wechat.world.number())
    token = followers.wechat.account.token
    query = {"timestamp": timestamp, "nonce": nonce, "encrypt_type": "aes"}
    query["msg_signature"] = signature(token, timestamp, nonce, sealed)
    return Call(query, (body or f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>").encode())


def of(followers: Followers, xml: str) -> Call:
    """A call with *xml* in its envelope."""
    account = followers.wechat.account
    return signed(followers, seal(account.aes_key, account.app_id, xml, b"0123456789abcdef"))


async def still_well(followers: Followers) -> None:
    failed = select(Inbox.error).where(Inbox.state != "done")
    assert await followers.app.engine.submit(lambda session: session.exec(failed).all()) == []
    assert "/agenda" in await followers.say("帮助", by="周老师")


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_xml_inside_an_envelope(personal: Followers, name: str) -> None:
    status, body = await personal.wechat.caller.post(of(personal, HOSTILE[name]))
    known = {"many", "a time that is none", "a field twice"}
    assert status in ({200, 400} if name in known else {400})
    assert "Traceback" not in body
    assert len(body) < 4000
    await still_well(personal)


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_xml_around_an_envelope_is_not_parsed(personal: Followers, name: str) -> None:
    call = of(personal, HOSTILE["a time that is none"])
    body = HOSTILE[name] + call.body.decode()
    assert (await personal.wechat.caller.post(Call(call.query, body.encode())))[0] in (200, 413)
    await still_well(personal)


@pytest.mark.parametrize("sealed", ["AAAA", "A" * 24, "A" * 64, "=" * 32, "A" * 65, "A" * 40_000])
async def test_an_envelope_that_holds_nothing(personal: Followers, sealed: str) -> None:
    assert (await personal.wechat.caller.post(signed(personal, sealed)))[0] in (400, 403)


async def test_every_sample_is_taken(personal: Followers) -> None:
    for text in TEXTS:
        status, _ = await personal.wechat.caller.post(of(personal, text))
        assert status == 200
    await still_well(personal)


def pieces() -> st.SearchStrategy[str]:
    """A sample with a piece cut out, doubled, moved or written anew."""
    cut = st.tuples(st.sampled_from(TEXTS), st.floats(0, 1), st.floats(0, 1), st.text(max_size=60))
    return st.one_of(cut.map(broken), cut.map(doubled), st.text(max_size=300))


def broken(given: tuple[str, float, float, str]) -> str:
    text, first, second, new = given
    begin, end = sorted((int(first * len(text)), int(second * len(text))))
    return f"{text[:begin]}{new}{text[end:]}"


def doubled(given: tuple[str, float, float, str]) -> str:
    text, first, second, _ = given
    begin, end = sorted((int(first * len(text)), int(second * len(text))))
    return f"{text[:end]}{text[begin:]}"


def calls(followers: Followers) -> st.SearchStrategy[Call]:
    """Calls wrong in their envelope, their signature or what they hold."""
    inside = pieces().map(lambda xml: of(followers, xml.encode(errors="replace").decode()))
    odd = st.dictionaries(
        st.sampled_from(["timestamp", "nonce", "msg_signature", "signature", "encrypt_type"]),
        st.text(max_size=20),
        max_size=2,
    )
    changed = st.tuples(inside, odd).map(lambda both: Call(both[0].query | both[1], both[0].body))
    raw = st.tuples(inside, st.binary(max_size=400)).map(lambda both: Call(both[0].query, both[1]))
    cut = st.tuples(inside, st.floats(0, 1)).map(
        lambda both: Call(both[0].query, both[0].body[: int(both[1] * len(both[0].body))])
    )
    return st.one_of(inside, changed, raw, cut)


def gathered(followers: Followers, examples: int) -> Iterator[Call]:
    """That many calls."""
    found: list[Call] = []

    @settings(max_examples=examples, database=None, deadline=None, derandomize=True)
    @given(calls(followers))
    def gather(call: Call) -> None:
        found.append(call)

    gather()
    yield from found


async def test_whatever_is_sent_is_answered(personal: Followers) -> None:
    found = await asyncio.to_thread(lambda: list(gathered(personal, EXAMPLES)))
    for call in found:
        status, body = await personal.wechat.caller.post(call)
        assert status in (200, 400, 403)
        assert "Traceback" not in body
    await still_well(personal)
