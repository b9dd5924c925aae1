"""Which addresses a link may lead to: the public internet, on the ports of the web, and nothing else."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Allowed = Callable[[Address, int], bool]

WEB_PORTS = frozenset({80, 443})
# Addresses of the older internet inside the newer one (RFC 6052): what counts is the one inside.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
# What the registries of special addresses (RFC 6890) reserve and older Pythons call global.
_NEVER = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "::/96", "64:ff9b:1::/48", "fec0::/10", "5f00::/16", "3fff::/20"),
    )
)


class Refused(OSError):
    """The link leads somewhere we do not go."""


def is_public(address: Address) -> bool:
    """Whether anybody on the internet may reach *address*, also when it hides an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address) and (inner := _inside(address)) is not None:
        return is_public(inner)
    if any(address in network for network in _NEVER):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def on_the_web(address: Address, port: int) -> bool:
    """A public address on port 80 or 443."""
    return is_public(address) and port in WEB_PORTS


def checked(address: str, port: int, allowed: Allowed) -> None:
    """Raise Refused unless *address*, in digits, is allowed."""
    if not allowed(ipaddress.ip_address(address.partition("%")[0]), port):
        raise Refused(f"{address} port {port}")


def checked_url(text: str | URL) -> URL:
    """The URL, if it is one we fetch at all: http or https, a host, no name or password. Raises Refused."""
    try:
        url = URL(text)
        port = url.port
    except (ValueError, TypeError) as error:
        raise Refused("not a web address") from error
    if url.scheme not in {"http", "https"} or not url.host or not port:
        raise Refused("not a web address")
    if url.raw_user is not None or url.raw_password is not None:
        raise Refused("an address with a name in it")
    return url


class CheckedResolver(AbstractResolver):
    """Looks a name up once and refuses it as soon as one of its addresses is not allowed."""

    def __init__(self, inner: AbstractResolver, allowed: Allowed) -> None:
        self.inner = inner
        self.allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self.inner.resolve(host, port, family)
        for result in found:
            checked(result["host"], port, self.allowed)
        return found

    async def close(self) -> None:
        await self.inner.close()


def connector(resolver: AbstractResolver | None, allowed: Allowed) -> TCPConnector:
    """Connections of which each is checked twice: where the name is looked up, and where the socket is made.

    The socket goes to the very address that was checked, so a name cannot change its meaning in between.
    """

    def make_socket(place: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = place
        checked(str(address[0]), int(address[1]), allowed)
        return socket.socket(family, kind, protocol)

    return TCPConnector(
        resolver=CheckedResolver(resolver or ThreadedResolver(), allowed),
        socket_factory=make_socket,
        use_dns_cache=False,
        force_close=True,
    )


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    tunnel = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or tunnel
