"""Quotes of one's own: cut into parts the server takes, reported as one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tradesense_client.pushing import QUOTES_A_CALL, PushedQuote, PushReport, parts, together

from tradesense.market.live.push_schemas import MOST_QUOTES, PushAnswer, QuotesIn, RejectedQuote
from tradesense.market.live.push_schemas import PushedQuote as ServersQuote
from tradesense.web.formats import encode_json
from tradesense.web.limits import MOST_PUSH_BODY_BYTES

AT = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
FULL = PushedQuote(
    symbol="ES-2027-03-19-5000.25-C" + "X" * 40,
    ts=AT,
    seq=2**53 - 1,
    **dict.fromkeys(("bid", "ask", "last", "mark"), -1234567.123456789),
    **dict.fromkeys(
        ("bid_size", "ask_size", "volume", "open_interest", "underlying_price"), 1234567.123456789
    ),
)


def test_the_words_are_the_servers() -> None:
    assert set(PushedQuote.__annotations__) == set(ServersQuote.model_fields) == set(FULL)
    assert set(PushReport.__annotations__) == set(PushAnswer.model_fields)
    assert {"index", "reason"} == set(RejectedQuote.model_fields)


def test_a_full_part_is_one_the_server_takes() -> None:
    (part,) = parts([FULL] * QUOTES_A_CALL)
    body = {"source": "my-prices", "quotes": part}
    assert len(encode_json(body)) < MOST_PUSH_BODY_BYTES
    assert len(part) <= MOST_QUOTES
    assert QuotesIn.model_validate_json(encode_json(body)).quotes[0].ts == AT


def test_many_quotes_go_in_parts_and_are_reported_by_their_own_places() -> None:
    quotes = (
        PushedQuote(symbol=f"ES-{each}", ts="2026-11-20T12:00:00Z") for each in range(2 * QUOTES_A_CALL + 1)
    )
    lengths = [len(part) for part in parts(quotes)]
    assert lengths == [QUOTES_A_CALL, QUOTES_A_CALL, 1]
    report = together(
        [
            {"accepted": 5, "duplicate": 1, "rejected": [{"index": 7, "reason": "a"}]},
            {"accepted": 0, "duplicate": 0, "rejected": []},
            {"accepted": 0, "duplicate": 0, "rejected": [{"index": 0, "reason": "b"}]},
        ]
    )
    places = [each["index"] for each in report["rejected"]]
    assert (report["accepted"], report["duplicate"], places) == (5, 1, [7, 2 * QUOTES_A_CALL])


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        list(parts([PushedQuote(symbol="ES-2027-03", ts=datetime(2026, 11, 20))]))  # noqa: DTZ001 - the point
