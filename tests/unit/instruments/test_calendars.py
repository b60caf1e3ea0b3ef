from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tradesense.instruments import OutsideCalendar, load_specs
from tradesense.instruments.calendars import calendar_names, hours_names, load_calendar, load_hours

US = load_calendar("US_FUTURES")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_weekends_and_holidays_are_no_trading_days():
    assert [US.is_trading_day(date(2024, 2, day)) for day in (16, 17, 18, 19, 20)] == [
        True, False, False, False, True,
    ]  # fmt: skip


def test_days_are_added_over_holidays_in_both_directions():
    assert US.add(date(2024, 2, 16), 1) == date(2024, 2, 20)
    assert US.add(date(2024, 2, 20), -1) == date(2024, 2, 16)
    assert US.add(date(2024, 2, 17), 0) == date(2024, 2, 17)
    assert US.previous(date(2024, 3, 30)) == date(2024, 3, 28)
    assert US.next(date(2024, 3, 28)) == date(2024, 4, 1)


def test_days_are_counted_from_the_morrow_to_the_end():
    assert US.count_between(date(2024, 2, 16), date(2024, 2, 20)) == 1
    assert US.count_between(date(2024, 2, 20), date(2024, 2, 16)) == -1
    assert US.count_between(date(2024, 2, 16), date(2024, 2, 16)) == 0


def test_day_of_mourning_closes_stocks_and_not_futures():
    assert not load_calendar("US_STOCKS").is_trading_day(date(2025, 1, 9))
    assert US.is_trading_day(date(2025, 1, 9))


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2100, 1, 4)])
def test_day_beyond_the_calendar_is_said_to_be_so(day):
    with pytest.raises(OutsideCalendar, match="known from"):
        US.is_trading_day(day)
    assert US.lenient.is_trading_day(day) == (day.weekday() < 5)


@pytest.mark.parametrize(
    ("root", "source", "instant", "is_open"),
    [
        ("ES", None, "2024-03-13T20:59:59", True),  # Wednesday 15:59:59 in Chicago
        ("ES", None, "2024-03-13T21:00:00", False),  # the daily break
        ("ES", None, "2024-03-13T22:00:00", True),
        ("ES", None, "2024-03-15T22:30:00", False),  # Friday evening
        ("ES", None, "2024-03-17T22:00:00", True),  # Sunday 17:00
        ("ES", None, "2024-03-17T21:59:59", False),
        ("ES", None, "2024-03-29T15:00:00", False),  # Good Friday
        ("ES", None, "2024-11-28T17:59:59", True),  # Thanksgiving closes at noon
        ("ES", None, "2024-11-28T18:00:00", False),
        ("ES", None, "2024-11-28T23:00:00", True),  # and opens for Friday
        ("ZC", None, "2024-03-13T13:00:00", False),  # the morning's pause
        ("ZC", None, "2024-03-13T14:00:00", True),
        ("ZC", None, "2024-11-28T16:00:00", False),
        ("SPX", None, "2024-03-13T15:00:00", True),
        ("SPY", None, "2024-03-13T20:00:00", False),
        ("SPY", None, "2024-11-29T18:30:00", False),  # 13:00 close after Thanksgiving
        ("NIFTY", None, "2024-10-31T09:59:59", True),
        ("NIFTY", None, "2024-10-31T10:00:00", False),
        ("BTC", "deribit", "2024-12-25T03:00:00", True),
        ("BTC", "deribit", "2024-12-28T23:59:59", True),
    ],
)
def test_market_is_open_when_its_exchange_is(root, source, instant, is_open):
    assert load_specs().get(root, source).trading_hours.is_open(at(instant)) is is_open


def test_evening_belongs_to_the_next_trade_date():
    globex = load_hours("globex")
    assert globex.trade_date(at("2024-03-13T20:00:00")) == date(2024, 3, 13)
    assert globex.trade_date(at("2024-03-13T21:30:00")) == date(2024, 3, 14)
    assert globex.trade_date(at("2024-03-15T22:30:00")) == date(2024, 3, 18)


def test_session_shifts_with_summer_time():
    globex = load_hours("globex")
    assert globex.session(date(2024, 3, 8)) == (at("2024-03-07T23:00:00"), at("2024-03-08T22:00:00"))
    assert globex.session(date(2024, 3, 11)) == (at("2024-03-10T22:00:00"), at("2024-03-11T21:00:00"))
    assert globex.session(date(2024, 3, 29)) is None


def test_every_calendar_and_every_set_of_hours_loads():
    assert {load_calendar(name).name for name in calendar_names()} == set(calendar_names())
    assert {load_hours(name).name for name in hours_names()} == set(hours_names())
