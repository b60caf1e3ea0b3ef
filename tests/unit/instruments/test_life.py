from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tradesense.instruments import days_to_expiry, is_expired, load_specs, years_to_expiry

OPTION = load_specs().option("SPXW", date(2021, 1, 6), 3700, "P", source="lean", source_symbol="x")
PERPETUAL = load_specs().perpetual("BTC", source="deribit", source_symbol="x")


def test_days_are_counted_by_the_exchange_date_not_by_utc():
    late_in_chicago = datetime(2021, 1, 5, 3, tzinfo=UTC)  # still 4 January there
    assert days_to_expiry(OPTION, late_in_chicago) == 2
    assert days_to_expiry(OPTION, datetime(2021, 1, 6, 20, tzinfo=UTC)) == 0
    assert days_to_expiry(OPTION, datetime(2021, 2, 6, 20, tzinfo=UTC)) == 0


def test_years_are_counted_to_the_second():
    assert years_to_expiry(OPTION, datetime(2021, 1, 6, 20, 59, 59, tzinfo=UTC)) == pytest.approx(
        1 / 31_536_000
    )
    assert years_to_expiry(OPTION, datetime(2021, 1, 7, tzinfo=UTC)) == 0


def test_instrument_is_expired_from_its_last_moment_on():
    assert not is_expired(OPTION, datetime(2021, 1, 6, 20, 59, 59, tzinfo=UTC))
    assert is_expired(OPTION, datetime(2021, 1, 6, 21, tzinfo=UTC))


def test_perpetual_never_ends():
    far = datetime(2999, 1, 1, tzinfo=UTC)
    assert not is_expired(PERPETUAL, far)
    assert days_to_expiry(PERPETUAL, far) is None
    assert years_to_expiry(PERPETUAL, far) is None
