"""Quotes sent in with the Python client are stored, shown, and named where they cannot be so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tradesense_client import NotPermitted, PushedQuote, TradeSense

from tests.fixtures.people import People
from tests.fixtures.served import ServedApp

SOURCE = "my-prices"


@pytest.fixture
def writing_key(people: People) -> str:
    return str(people.make_key(people.with_role("admin"), "market:read", "market:write")["key"])


@pytest.fixture
def reading_key(people: People) -> str:
    return str(people.make_key(people.with_role("trader"), "market:read")["key"])


async def test_quotes_sent_in_are_there_to_read_and_sending_them_again_changes_nothing(
    served_app: ServedApp, writing_key: str
) -> None:
    at = served_app.clock.now() - timedelta(seconds=1)
    symbol = f"ES-{at.year + 1}-03"
    quotes = [
        PushedQuote(symbol=symbol, ts=at, bid=5000.0, ask=5000.5),
        PushedQuote(symbol="NOT-A-CONTRACT", ts=at, bid=1.0, ask=2.0),
        PushedQuote(symbol=symbol, ts=at + timedelta(days=1), bid=1.0, ask=2.0),
    ]
    async with TradeSense(served_app.url, api_key=writing_key) as desk:
        report = await desk.push_quotes(SOURCE, quotes)
        assert (report["accepted"], report["duplicate"]) == (1, 0)
        assert [each["index"] for each in report["rejected"]] == [1, 2]
        again = await desk.push_quotes(SOURCE, quotes[:1])
        assert (again["accepted"], again["duplicate"]) == (0, 1)
        (quote,) = (await desk.quotes([symbol], source=SOURCE))["items"]
    assert (quote["bid"], quote["ask"], quote["source"]) == (5000.0, 5000.5, SOURCE)


async def test_who_may_only_read_sends_nothing_in(served_app: ServedApp, reading_key: str) -> None:
    async with TradeSense(served_app.url, api_key=reading_key) as desk:
        with pytest.raises(NotPermitted):
            await desk.push_quotes(
                SOURCE, [PushedQuote(symbol="ES-2027-03", ts="2026-11-20T12:00:00Z", bid=1.0)]
            )
