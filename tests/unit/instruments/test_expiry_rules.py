"""Expiries counted by rule against dates the exchanges published (their contract calendars and notices)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tradesense.instruments import load_specs
from tradesense.instruments.expiry_rules import RULES

SPECS = load_specs()

# CME Group and Cboe product calendars, as contracts were listed; NSE circulars for its changes of weekday.
LAST_TRADES = [
    ("ES", 2008, 3, "2008-03-20"),  # Good Friday on the third Friday
    ("ES", 2024, 3, "2024-03-15"),
    ("NQ", 2024, 9, "2024-09-20"),
    ("ES", 2026, 6, "2026-06-18"),  # Juneteenth on the third Friday
    ("CL", 2020, 5, "2020-04-21"),  # the day after prices below zero
    ("CL", 2024, 3, "2024-02-20"),
    ("CL", 2024, 12, "2024-11-20"),
    ("CL", 2025, 2, "2025-01-21"),
    ("MCL", 2024, 3, "2024-02-16"),
    ("NG", 2024, 1, "2023-12-27"),
    ("NG", 2024, 3, "2024-02-27"),
    ("RB", 2024, 3, "2024-02-29"),
    ("HO", 2024, 3, "2024-02-29"),
    ("BZ", 2024, 1, "2023-11-30"),
    ("BZ", 2025, 2, "2024-12-30"),  # the 31st is New Year's eve
    ("GC", 2023, 12, "2023-12-27"),
    ("GC", 2024, 2, "2024-02-27"),
    ("SI", 2024, 3, "2024-03-26"),
    ("HG", 2024, 3, "2024-03-26"),
    ("ZN", 2024, 3, "2024-03-19"),
    ("ZB", 2023, 6, "2023-06-21"),
    ("ZF", 2024, 3, "2024-03-28"),
    ("ZT", 2024, 3, "2024-03-28"),
    ("ZC", 2024, 3, "2024-03-14"),
    ("ZS", 2023, 11, "2023-11-14"),
    ("LE", 2024, 2, "2024-02-29"),
    ("HE", 2024, 2, "2024-02-14"),
    ("6E", 2024, 3, "2024-03-18"),
    ("6E", 2023, 6, "2023-06-16"),  # Juneteenth lies between
    ("6C", 2024, 3, "2024-03-19"),
    ("SR3", 2024, 3, "2024-06-18"),
    ("BTC", 2024, 1, "2024-01-26"),
    ("BTC", 2024, 3, "2024-03-28"),  # Good Friday on the last Friday
    ("VX", 2008, 2, "2008-02-19"),
    ("VX", 2014, 3, "2014-03-18"),
    ("VX", 2019, 3, "2019-03-19"),
    ("VX", 2024, 3, "2024-03-20"),
    ("NIFTY", 2023, 1, "2023-01-25"),  # Republic Day on the last Thursday
    ("NIFTY", 2025, 8, "2025-08-28"),
    ("NIFTY", 2025, 9, "2025-09-30"),  # Tuesdays since then
    ("BANKNIFTY", 2024, 2, "2024-02-29"),
    ("BANKNIFTY", 2024, 3, "2024-03-27"),
    ("BANKNIFTY", 2025, 1, "2025-01-30"),
    ("FINNIFTY", 2024, 3, "2024-03-26"),
]

FIRST_NOTICES = [
    ("CL", 2024, 3, "2024-02-22"),
    ("NG", 2024, 3, "2024-02-28"),
    ("GC", 2024, 2, "2024-01-31"),
    ("ZC", 2024, 3, "2024-02-29"),
    ("ZN", 2024, 3, "2024-02-29"),
    ("LE", 2024, 2, "2024-02-05"),
]

OPTION_EXPIRIES = [
    ("CL", 2024, 3, "2024-02-14"),
    ("CL", 2026, 4, "2026-03-17"),
    ("NG", 2024, 3, "2024-02-26"),
    ("GC", 2024, 4, "2024-03-25"),
    ("ZN", 2024, 3, "2024-02-23"),
    ("ZN", 2024, 4, "2024-03-22"),
    ("ZC", 2024, 3, "2024-02-23"),
    ("6E", 2024, 3, "2024-03-08"),
    ("SPX", 2024, 3, "2024-03-15"),
    ("VIX", 2024, 3, "2024-03-20"),
]


@pytest.mark.parametrize(("root", "year", "month", "day"), LAST_TRADES)
def test_last_trading_day_is_the_published_one(root, year, month, day):
    assert SPECS.get(root).last_trade_of(year, month) == date.fromisoformat(day)


@pytest.mark.parametrize(("root", "year", "month", "day"), FIRST_NOTICES)
def test_first_notice_is_the_published_one(root, year, month, day):
    assert SPECS.get(root).first_notice_of(year, month) == date.fromisoformat(day)


@pytest.mark.parametrize(("root", "year", "month", "day"), OPTION_EXPIRIES)
def test_option_expiry_is_the_published_one(root, year, month, day):
    assert SPECS.get(root).option_expiry_of(year, month) == date.fromisoformat(day)


def test_cash_settled_future_has_no_first_notice():
    assert SPECS.get("ES").first_notice_of(2024, 3) is None
    assert SPECS.get("HE").first_notice_of(2024, 2) is None


@pytest.mark.parametrize(
    ("root", "year", "month", "instant"),
    [
        ("ES", 2024, 3, "2024-03-15T13:30:00"),  # 08:30 in Chicago, summer time
        ("ES", 2023, 12, "2023-12-15T14:30:00"),  # 08:30 in Chicago, winter time
        ("CL", 2024, 3, "2024-02-20T19:30:00"),
        ("ZN", 2024, 3, "2024-03-19T17:01:00"),
        ("NIFTY", 2019, 8, "2019-08-29T10:00:00"),
        ("BTC", 2024, 3, "2024-03-28T16:00:00"),  # 16:00 in London, winter time
        ("BTC", 2024, 6, "2024-06-28T15:00:00"),  # 16:00 in London, summer time
        ("VX", 2024, 3, "2024-03-20T13:00:00"),
    ],
)
def test_future_ends_at_the_exchange_hour_in_utc(root, year, month, instant):
    expires_at = SPECS.future(root, year, month, source="x", source_symbol="x").expires_at
    assert expires_at == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("root", "source", "expiry", "instant"),
    [
        ("SPX", None, "2021-01-15", "2021-01-15T14:30:00"),  # morning settlement
        ("SPXW", None, "2021-01-15", "2021-01-15T21:00:00"),  # afternoon settlement, winter time
        ("SPXW", None, "2023-09-15", "2023-09-15T20:00:00"),
        ("ES", None, "2020-03-20", "2020-03-20T13:30:00"),  # quarterly: with its future
        ("ES", None, "2020-04-17", "2020-04-17T20:00:00"),  # serial month: in the afternoon
        ("ES", None, "2020-03-27", "2020-03-27T20:00:00"),
        ("BTC", "deribit", "2026-07-31", "2026-07-31T08:00:00"),
        ("GOOG", "lean", "2016-01-15", "2016-01-15T21:00:00"),
        ("NIFTY", "nse", "2024-10-31", "2024-10-31T10:00:00"),
    ],
)
def test_option_ends_at_the_exchange_hour_in_utc(root, source, expiry, instant):
    expires_at = SPECS.get(root, source).option_expires_at(date.fromisoformat(expiry))
    assert expires_at == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_gives_a_day_near_its_month_every_month_of_sixty_years(name):
    calendar = SPECS.get("CL").calendar
    days = [RULES[name](year, month, calendar) for year in range(1985, 2045) for month in range(1, 13)]
    assert days == sorted(set(days))
    named = [date(year, month, 15) for year in range(1985, 2045) for month in range(1, 13)]
    assert all(-80 < (day - middle).days < 110 for day, middle in zip(days, named, strict=True))


def test_rule_beyond_the_known_calendar_counts_weekdays():
    nse = SPECS.get("NIFTY")
    assert not nse.calendar.knows(date(2031, 3, 25))
    assert nse.last_trade_of(2031, 3) == date(2031, 3, 25)
