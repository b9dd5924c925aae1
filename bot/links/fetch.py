"""Asking a page for its title, or only whether it is still there, without trusting it with anything."""

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import ClientError, ClientResponse, ClientSession, DummyCookieJar, InvalidURL
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.links.guard import Allowed, Refused, checked_url, connector, on_the_web
from bot.links.title import read_title

SECONDS = 3.0
MOST_BYTES = 256 * 1024
MOST_REDIRECTS = 3

_HEADERS = {
    "Accept": "text/html, application/xhtml+xml",
    "Accept-Encoding": "identity",
    "Accept-Language": "zh-CN, zh;q=0.9, en;q=0.5",
    "User-Agent": "Mozilla/5.0 (compatible; Yanban link title)",
}
_PAGES = {"text/html", "application/xhtml+xml"}
_REDIRECTS = {301, 302, 303, 307, 308}
_GONE = {404, 410}
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_FAILURES = (ClientError, OSError, TimeoutError, ValueError, zlib.error)


class Outcome(StrEnum):
    FOUND = "found"
    UNTITLED = "untitled"
    """The page answers, but is no web page or has no title."""
    REFUSED = "refused"
    """The link leads where we do not go."""
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Title:
    """What a page calls itself: at most 200 characters, "" unless the outcome is FOUND."""

    outcome: Outcome
    words: str = ""


async def fetch_title(
    url: str, *, resolver: AbstractResolver | None = None, allowed: Allowed = on_the_web
) -> Title:
    """The title of the page at *url*; takes at most 3 seconds and never raises for what a page does.

    *allowed* decides about each address and port before a connection is made.
    """
    try:
        async with asyncio.timeout(SECONDS), _answer(url, resolver, allowed) as response:
            words = await _words(response)
    except _FAILURES as error:
        return Title(Outcome.REFUSED if _refused(error) else Outcome.UNREACHABLE)
    return Title(Outcome.FOUND if words else Outcome.UNTITLED, words)


async def alive(
    url: str, *, resolver: AbstractResolver | None = None, allowed: Allowed = on_the_web
) -> bool | None:
    """Whether a page is still there; None if that cannot be told (too slow, refused, an error of theirs)."""
    try:
        async with asyncio.timeout(SECONDS), _answer(url, resolver, allowed) as response:
            status = response.status
    except _FAILURES as error:
        return False if _nowhere(error) else None
    return False if status in _GONE else True if 200 <= status < 300 else None


@asynccontextmanager
async def _answer(
    url: str, resolver: AbstractResolver | None, allowed: Allowed
) -> AsyncIterator[ClientResponse]:
    """The last answer after at most three redirects, each address checked like the first."""
    session = ClientSession(
        connector=connector(resolver, allowed),
        cookie_jar=DummyCookieJar(),
        headers=_HEADERS,
        auto_decompress=False,
    )
    async with session:
        target = checked_url(url)
        for _ in range(MOST_REDIRECTS):
            async with session.get(target, allow_redirects=False) as response:
                onward = _onward(response)
                if onward is None:
                    yield response
                    return
            target = checked_url(onward)
        async with session.get(target, allow_redirects=False) as response:
            yield response


def _onward(response: ClientResponse) -> URL | None:
    place = response.headers.get("Location")
    return response.url.join(URL(place)) if place and response.status in _REDIRECTS else None


async def _words(response: ClientResponse) -> str:
    if response.status != 200 or response.content_type not in _PAGES:
        return ""
    page = _plain(await _beginning(response), response.headers.get("Content-Encoding", "identity"))
    return read_title(page, response.charset)


async def _beginning(response: ClientResponse) -> bytes:
    page = bytearray()
    async for chunk in response.content.iter_chunked(16 * 1024):
        page += chunk
        if len(page) >= MOST_BYTES or b"</head" in chunk:
            break
    return bytes(page[:MOST_BYTES])


def _plain(page: bytes, encoding: str) -> bytes:
    """Undo the compression of a server that compresses although asked not to, up to the same size."""
    if encoding.lower() in {"gzip", "x-gzip", "deflate"}:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(page, MOST_BYTES)
    return page if encoding.lower() == "identity" else b""


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None:
        found += [error, *getattr(error, "exceptions", ())]
        error = error.__cause__ or error.__context__
    return found


def _refused(error: BaseException) -> bool:
    return any(isinstance(cause, (Refused, InvalidURL)) for cause in _causes(error))


def _nowhere(error: BaseException) -> bool:
    """Whether the name does not exist."""
    return any(
        isinstance(cause, socket.gaierror) and cause.errno in _NO_SUCH_NAME for cause in _causes(error)
    )
