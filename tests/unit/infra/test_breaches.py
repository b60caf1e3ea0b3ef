"""The list of breached passwords: asked by five characters, and no hindrance where it does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha1

import pytest

from tradesense.auth.errors import WeakPassword
from tradesense.auth.passwords import PasswordPolicy
from tradesense.infra.breaches import PwnedPasswords

STOLEN = "a stolen passphrase of somebody"
DIGEST = sha1(STOLEN.encode()).hexdigest().upper()


@asynccontextmanager
async def list_answering(
    body: str, *, status: str = "200 OK"
) -> AsyncIterator[tuple[PwnedPasswords, list[str]]]:
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write((head + body).encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        breaches = PwnedPasswords(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        yield breaches, asked
        await breaches.close()


async def test_a_password_of_the_list_is_refused_and_only_five_characters_are_told() -> None:
    async with list_answering(f"{'0' * 35}:3\r\n{DIGEST[5:]}:12\r\n") as (breaches, asked):
        policy = PasswordPolicy(min_length=12, breaches=breaches)
        with pytest.raises(WeakPassword, match="stolen"):
            await policy.check(STOLEN, email="north@example.com", full_name=None)
    assert asked[0].startswith(f"GET /range/{DIGEST[:5]} ")
    assert DIGEST[5:] not in asked[0]


@pytest.mark.parametrize("body", ["", f"{'0' * 35}:3", f"{DIGEST[5:]}:0"])
async def test_one_that_is_not_on_the_list_or_only_its_padding_will_do(body: str) -> None:
    async with list_answering(body) as (breaches, _):
        assert await breaches.knows(DIGEST.lower()) is False


async def test_where_nobody_answers_that_is_counted_and_nothing_is_refused() -> None:
    async with list_answering("", status="503 Service Unavailable") as (breaches, _):
        assert await breaches.knows(DIGEST) is None
    nobody = PwnedPasswords("http://127.0.0.1:1")
    assert await nobody.knows(DIGEST) is None
    assert nobody.failures == breaches.failures == 1
    await nobody.close()
