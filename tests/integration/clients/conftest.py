"""The Python client of a trader, at the shared program."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tradesense_client import TradeSense

from tests.fixtures.app import RunningApp
from tests.fixtures.people import People
from tests.fixtures.waiting import until


@pytest.fixture(scope="module")
def key(people_of_running_app: People) -> str:
    """The API key of a trader."""
    person = people_of_running_app.with_role("trader")
    return str(people_of_running_app.make_key(person)["key"])


@pytest.fixture
async def desk(running_app: RunningApp, key: str) -> AsyncIterator[TradeSense]:
    """The client of that trader, once the simulated market has opened."""
    async with TradeSense(running_app.url, api_key=key) as client:

        async def is_open() -> bool:
            return len(await client.futures()) > 0 and len(await client.underlyings()) > 0

        await until(is_open, seconds=240)
        yield client
