"""Whose address counts: the peer's, unless the peer is a proxy we trust."""

from __future__ import annotations

import pytest

from tradesense.web.client_address import ClientAddress


async def address_seen(peer: str, forwarded: list[str], trusted: tuple[str, ...] = ("10.0.0.0/8",)) -> str:
    seen: list[str] = []

    async def app(scope, receive, send) -> None:
        seen.append(scope["client"][0])

    headers = [(b"x-forwarded-for", value.encode("latin-1")) for value in forwarded]
    scope = {"type": "http", "client": (peer, 50_000), "headers": headers}
    await ClientAddress(app, trusted_proxies=trusted)(scope, None, None)
    return seen[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.2.3.4, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.2.3.4", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", ["198.51.100.1, <script>"], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["2001:db8::1"], "2001:db8::1"),
    ],
)
async def test_only_what_a_trusted_proxy_added_last_is_believed(peer, forwarded, expected) -> None:
    assert await address_seen(peer, forwarded) == expected


async def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert await address_seen("127.0.0.1", ["198.51.100.1"], trusted=()) == "127.0.0.1"


async def test_a_chain_of_any_length_costs_a_bounded_look() -> None:
    chain = ", ".join(["198.51.100.1"] + ["10.0.0.2"] * 10_000)
    assert await address_seen("10.0.0.1", [chain]) == "10.0.0.2"
