"""A server of the test's own, to be broken, and the application on it."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from tests.fixtures.app import client_of, settings_for
from tests.fixtures.database import DatabaseServer
from tradesense.run.api import create_app

# Each call names somebody else, for attempts on one account are limited.
_numbers = itertools.count()


@pytest.fixture(scope="module")
def breakable_server() -> Iterator[DatabaseServer]:
    """A server for the tests of one file, which leave it running."""
    server = DatabaseServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def desk(breakable_server: DatabaseServer, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application on that server, calling as nobody."""
    settings = settings_for(tmp_path, database_url=breakable_server.new_database())
    async with client_of(create_app(settings), caller=None) as client:
        yield client


async def log_in(client: httpx.AsyncClient) -> httpx.Response:
    """Try to sign in as nobody known: a call that needs the database and is answered 401."""
    email = f"nobody{next(_numbers)}@example.com"
    body = {"email": email, "password": "not-the-password-of-anybody"}
    return await client.post("/api/v1/auth/login", json=body)


def assert_later(answer: httpx.Response) -> None:
    """Check for a 503 that says when to come again and nothing about the machinery."""
    assert answer.status_code == 503, answer.text
    assert answer.json()["code"] == "database_unavailable"
    assert int(answer.headers["retry-after"]) <= 1
    for word in ("postgres", "asyncpg", "sql", "tradesense", "/tmp", "Error"):
        assert word not in answer.text.replace("/problems/", ""), word


def figures_in(text: str) -> dict[str, float]:
    """Return the figures without labels of an answer of `/metrics`."""
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in lines if "{" not in name}
