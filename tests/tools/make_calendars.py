"""Write the trading calendars the program ships, from the exchange-calendars library.

    .venv/bin/python tests/tools/make_calendars.py

The running program must not import that library (it needs pandas), so its days are kept as a data file;
`tests/unit/instruments/test_calendar_data.py` fails when the file and the library part.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import exchange_calendars as library

TARGET = Path(__file__).resolve().parents[2] / "backend/tradesense/instruments/calendar_data/calendars.json"

# Our name → the library's, and the span its holidays are stated for. NSE keeps the days of BSE.
CALENDARS = {
    "US_STOCKS": ("XNYS", "1970-01-01", "2040-12-31"),
    "CME": ("CMES", "1985-01-01", "2040-12-31"),
    "LONDON": ("XLON", "1985-01-01", "2040-12-31"),
    "NSE": ("XBOM", "1997-01-01", "2026-12-31"),
}
# Days New York's stock market closed for, and the futures exchanges did not.
STOCKS_ONLY = (
    "1985-09-27",
    "1994-04-27",
    "2001-09-14",
    "2004-06-11",
    "2007-01-02",
    "2012-10-29",
    "2012-10-30",
    "2018-12-05",
    "2025-01-09",
)


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def of_library(name: str, first: str, last: str) -> dict[str, Any]:
    calendar = library.get_calendar(name, start=first, end=last)
    sessions = {stamp.date() for stamp in calendar.sessions}
    span = days_between(date.fromisoformat(first), date.fromisoformat(last))
    early: dict[str, list[str]] = defaultdict(list)
    for session in calendar.early_closes:
        close = calendar.session_close(session).tz_convert(calendar.tz)
        early[close.strftime("%H:%M")].append(session.date().isoformat())
    return {
        "first": first,
        "last": last,
        "closed": [day.isoformat() for day in span if day.weekday() < 5 and day not in sessions],
        "opened": [day.isoformat() for day in span if day.weekday() >= 5 and day in sessions],
        "early_closes": dict(sorted(early.items())),
    }


def build() -> dict[str, Any]:
    """Return every calendar as the file holds it."""
    made = {name: of_library(*wanted) for name, wanted in CALENDARS.items()}
    stocks = made["US_STOCKS"]
    business = [day for day in stocks["closed"] if day not in STOCKS_ONLY]
    # Exchange business days: what expiry rules of US futures count; early closes are Globex's.
    made["US_FUTURES"] = {**stocks, "closed": business, "early_closes": {}}
    # Grains and livestock do not trade on the holidays Globex shortens, only on the eves.
    made["CME_PIT"] = {
        **made["US_FUTURES"],
        "first": made["CME"]["first"],
        "closed": [day for day in business if day >= made["CME"]["first"]],
        "early_closes": {
            at: [day for day in days if day not in set(business)]
            for at, days in made["CME"]["early_closes"].items()
        },
    }
    made["EVERY_DAY"] = {
        "first": "1970-01-01",
        "last": "9999-12-30",
        "closed": [],
        "opened": [],
        "early_closes": {},
        "every_day": True,
    }
    return made


def encode(made: dict[str, Any]) -> str:
    return json.dumps(made, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(encode(build()), "utf-8")
