"""Titles of shared links are read, and no link makes the bot touch anything that is not public."""

import asyncio
import gzip
import ipaddress
import socket
import zlib
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.links import Outcome, Title, alive, fetch_title, is_public, on_the_web
from bot.links.guard import Address
from tests.bot.trap import PAGE, Names, Trap, set_trap


@pytest.fixture
async def trap() -> AsyncIterator[Trap]:
    async with set_trap() as trap:
        yield trap


def anywhere_public(address: Address, port: int) -> bool:
    """Public addresses on any port: what is refused then is refused for its address."""
    del port
    return is_public(address)


REFUSED = [
    "http://127.0.0.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://[::1]:{port}/",
    "http://0x7f.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://127.1:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::7f00:1]:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://[::ffff:10.0.0.1]/",
    "http://[fc00::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://user@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://a:b@8.8.8.8/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "javascript:alert(1)",
    "http://",
    "http://[broken",
    "",
]


@pytest.mark.parametrize("link", REFUSED)
async def test_links_to_private_places_touch_nothing(trap: Trap, link: str) -> None:
    url = link.format(port=trap.port)
    assert (await fetch_title(url, allowed=anywhere_public)).outcome == Outcome.REFUSED
    assert await alive(url, allowed=anywhere_public) is None
    assert trap.connections == 0


@pytest.mark.parametrize(
    "answers",
    [["127.0.0.1"], ["10.1.2.3"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["::ffff:10.0.0.1"], ["fd00::1"]],
)
async def test_names_of_private_places_touch_nothing(trap: Trap, answers: list[str]) -> None:
    hosts = ("inner.example.com", "INNER.example.com", "inner.example.com.", "例子.example.com")
    names = Names(inner_example_com=[answers])
    names.names |= {"inner.example.com.": [answers], "xn--fsqu00a.example.com": [answers]}
    for host in hosts:
        title = await fetch_title(trap.url(host=host), resolver=names, allowed=anywhere_public)
        assert title.outcome == Outcome.REFUSED
    assert trap.connections == 0
    assert len(names.asked) == len(hosts)


async def test_one_private_address_spoils_the_name(trap: Trap) -> None:
    names = Names(half_example_com=[["127.0.0.1", "10.0.0.1"]])
    title = await fetch_title(trap.url(host="half.example.com"), resolver=names, allowed=trap.here)
    assert title.outcome == Outcome.REFUSED
    assert trap.connections == 0


ADDRESSES = {
    True: """8.8.8.8 114.114.114.114 2400:3200::1 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1""",
    False: """0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.0.1
        192.0.0.8 192.168.0.1 192.88.99.1 198.18.0.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
        :: ::1 ::7f00:1 ::a00:1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 64:ff9b::a00:1 64:ff9b:1::1 2001:db8::1
        2002:a00:1:: 2001:0:808:808::80ff:fffe fc00::1 fd12::1 fe80::1 fec0::1 ff02::1""",
}
KNOWN = [(address, public) for public, listed in ADDRESSES.items() for address in listed.split()]


@pytest.mark.parametrize(("address", "public"), KNOWN)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


async def test_only_the_ports_of_the_web_by_default(trap: Trap) -> None:
    names = Names(a_example_com=[["8.8.8.8"]])
    title = await fetch_title(trap.url(host="a.example.com"), resolver=names)
    assert title.outcome == Outcome.REFUSED
    assert [on_the_web(ipaddress.ip_address("8.8.8.8"), port) for port in (80, 443, 22, 8080)] == [1, 1, 0, 0]


async def test_a_name_is_looked_up_once_so_it_cannot_change_its_mind(trap: Trap) -> None:
    names = Names(rebind_example_com=[["127.0.0.1"], ["10.0.0.1"]])
    url = trap.url(host="rebind.example.com")
    assert await fetch_title(url, resolver=names, allowed=trap.here) == Title(Outcome.FOUND, "分数的意义")
    assert names.asked == ["rebind.example.com"]
    assert (await fetch_title(url, resolver=names, allowed=trap.here)).outcome == Outcome.REFUSED
    assert trap.connections == 1


@pytest.mark.parametrize(
    "place",
    [
        "http://10.0.0.1/",
        "http://127.0.0.2:{port}/",
        "http://inner.example.com:{port}/",
        "//localhost:1/",
        "file:///etc/passwd",
        "http://user@127.0.0.1:{port}/",
    ],
)
async def test_a_redirect_is_checked_like_a_link(trap: Trap, place: str) -> None:
    names = Names(inner_example_com=[["10.0.0.1"]], localhost=[["127.0.0.1"]])
    url = trap.hang("/go", status=302, Location=place.format(port=trap.port))
    title = await fetch_title(url, resolver=names, allowed=trap.here)
    assert title.outcome == Outcome.REFUSED
    assert trap.connections == 1


@pytest.mark.parametrize(("hops", "words"), [(1, "分数的意义"), (3, "分数的意义"), (4, "")])
async def test_three_redirects_are_followed(trap: Trap, hops: int, words: str) -> None:
    for hop in range(hops):
        trap.hang(f"/{hop}", status=301, Location=f"/{hop + 1}" if hop + 1 < hops else "/")
    assert (await fetch_title(trap.url("/0"), allowed=trap.here)).words == words
    assert len(trap.requests) <= 4


async def test_nothing_personal_is_sent(trap: Trap) -> None:
    trap.hang("/go", status=302, Location="/", Set_Cookie="who=me; Path=/")
    names = Names(a_example_com=[["127.0.0.1"]])
    await fetch_title(trap.url("/go", host="a.example.com"), resolver=names, allowed=trap.here)
    sent = [set(request.headers) for request in trap.requests]
    assert len(sent) == 2
    assert not any({"Cookie", "Authorization", "Referer"} & names for names in sent)


@pytest.mark.parametrize("kind", ["application/pdf", "image/svg+xml", "text/plain", "application/json"])
async def test_only_web_pages_have_titles(trap: Trap, kind: str) -> None:
    url = trap.hang("/file", PAGE, Content_Type=kind)
    assert await fetch_title(url, allowed=trap.here) == Title(Outcome.UNTITLED)


async def test_no_more_than_the_beginning_is_read(trap: Trap) -> None:
    sent = 0

    async def endless(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while sent < 50_000_000:
            await response.write(b" " * 65_536)
            sent += 65_536
        return response

    trap.pages["/endless"] = endless
    assert await fetch_title(trap.url("/endless"), allowed=trap.here) == Title(Outcome.UNTITLED)
    assert sent < 10_000_000


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
async def test_a_bomb_is_opened_no_further_than_a_page(trap: Trap, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(PAGE.encode().replace(b"</head>", b"") + b" " * 30_000_000)
    name = "gzip" if pack is gzip.compress else "deflate"
    url = trap.hang("/bomb", bomb, Content_Encoding=name)
    assert (await fetch_title(url, allowed=trap.here)).words == "分数的意义"
    late = trap.hang("/late", pack(b" " * 300_000 + PAGE.encode()), Content_Encoding=name)
    assert (await fetch_title(late, allowed=trap.here)).outcome == Outcome.UNTITLED


@pytest.mark.parametrize("encoding", ["br", "gzip"])
async def test_unreadable_packing_is_no_title(trap: Trap, encoding: str) -> None:
    url = trap.hang("/odd", PAGE, Content_Encoding=encoding)
    assert (await fetch_title(url, allowed=trap.here)).words == ""


async def test_a_silent_page_is_given_up(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.links.fetch.SECONDS", 0.1)

    async def silent(_: web.BaseRequest) -> web.StreamResponse:
        await asyncio.sleep(60)
        raise AssertionError("nobody waits this long")

    trap.pages["/silent"] = silent
    url = trap.url("/silent")
    assert (await fetch_title(url, allowed=trap.here)).outcome == Outcome.UNREACHABLE
    assert await alive(url, allowed=trap.here) is None


STILL_THERE = [(200, True), (204, True), (404, False), (410, False), (403, None), (429, None), (500, None)]


@pytest.mark.parametrize(("status", "there"), STILL_THERE)
async def test_whether_a_page_is_still_there(trap: Trap, status: int, there: bool | None) -> None:
    assert await alive(trap.hang("/page", PAGE, status=status), allowed=trap.here) is there


async def test_a_name_that_is_gone_is_a_dead_link() -> None:
    assert await alive("http://gone.example.com/", resolver=Names()) is False
    assert (await fetch_title("http://gone.example.com/", resolver=Names())).outcome == Outcome.UNREACHABLE


async def test_a_closed_port_tells_nothing(trap: Trap) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert await alive(f"http://127.0.0.1:{port}/", allowed=lambda *_: True) is None


@given(st.text(max_size=300))
def test_any_link_is_refused_or_answered(url: str) -> None:
    asyncio.run(_asked(url))


async def _asked(url: str) -> None:
    title = await fetch_title(url, resolver=Names(), allowed=lambda *_: False)
    assert title.outcome in {Outcome.REFUSED, Outcome.UNREACHABLE}
