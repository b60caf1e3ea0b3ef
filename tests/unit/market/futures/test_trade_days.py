from __future__ import annotations

from datetime import UTC, date, datetime

from tradesense.instruments import load_specs
from tradesense.market.futures.series import trade_days
from tradesense.market.futures.states import is_open, session_of

SPECS = load_specs()


def test_trade_days_are_the_exchange_s_with_the_one_before():
    days = trade_days(SPECS.get("ES"), date(2013, 10, 4), date(2013, 10, 9))
    assert [each.day for each in days] == [date(2013, 10, day) for day in (3, 4, 7, 8)]
    assert all(each.closes.date() == each.day for each in days)


def test_trade_days_without_a_specification_are_those_of_utc():
    days = trade_days(None, date(2024, 1, 6), date(2024, 1, 8))
    assert [each.day for each in days] == [date(2024, 1, 5), date(2024, 1, 6), date(2024, 1, 7)]
    assert days[1].closes == datetime(2024, 1, 7, tzinfo=UTC)


def test_a_session_begins_the_evening_before():
    spec = SPECS.get("ES")
    session = session_of(spec, datetime(2013, 10, 8, 15, tzinfo=UTC))
    assert session is not None
    assert session.opens == datetime(2013, 10, 7, 22, tzinfo=UTC)
    assert (session.day, session.day_before) == (date(2013, 10, 8), date(2013, 10, 7))
    assert is_open(spec, session.opens)


def test_on_a_weekend_the_session_is_the_one_that_ended():
    spec = SPECS.get("ES")
    sunday_noon = datetime(2013, 10, 6, 12, tzinfo=UTC)
    session = session_of(spec, sunday_noon)
    assert session is not None
    assert session.opens == datetime(2013, 10, 3, 22, tzinfo=UTC)
    assert is_open(spec, sunday_noon) is False


def test_without_a_specification_nothing_is_known_of_hours():
    assert is_open(None, datetime(2024, 1, 1, tzinfo=UTC)) is None
    assert session_of(None, datetime(2024, 1, 1, tzinfo=UTC)) is None
