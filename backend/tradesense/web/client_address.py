"""Finds the address a request comes from: the peer's, or what a proxy we trust says it is.

A header that anybody can send is believed only from a peer in TRUSTED_PROXIES, and of its addresses only the
last that is not such a proxy itself: all before it could have been made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
_MOST_HOPS = 32


class ClientAddress:
    """Pure ASGI: puts the caller's address into `scope["client"]`."""

    def __init__(self, app: ASGIApp, *, trusted_proxies: Iterable[str]) -> None:
        self.app = app
        self._trusted = tuple(ip_network(each, strict=False) for each in trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        if self._trusted and scope["type"] in ("http", "websocket") and client:
            peer = _parse(client[0])
            if peer is not None and self._is_trusted(peer):
                scope["client"] = (self._caller(scope, client[0]), 0)
        await self.app(scope, receive, send)

    def _caller(self, scope: Scope, peer: str) -> str:
        forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
        for text in reversed(forwarded.decode("latin-1").split(",")[-_MOST_HOPS:]):
            address = _parse(text.strip())
            if address is None:
                return peer
            if not self._is_trusted(address):
                return str(address)
            peer = str(address)
        return peer

    def _is_trusted(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
