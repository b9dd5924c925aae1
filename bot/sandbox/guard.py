"""Only this computer, only this page: Host and Origin of every request."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other hosts' names (DNS rebinding) and posts from other pages; add the page's headers."""
    host = urlsplit(f"//{request.host}")
    if host.hostname not in NAMES:
        return web.Response(status=421, text="This address only serves this computer.")
    origin = request.headers.get("Origin")
    if origin is not None and request.method != "GET" and urlsplit(origin).netloc != host.netloc:
        return web.Response(status=403, text="Only the sandbox's own page may do this.")
    response = await handler(request)
    if not response.prepared:
        response.headers.update(HEADERS)
    return response
