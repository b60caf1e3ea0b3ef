"""Trading days and trading hours, from data files made of a maintained library (`calendar_data/README.md`).

A calendar is known for a span of days; asked about a day beyond it, it raises `OutsideCalendar`, except for
its `lenient` view, which then counts every weekday and is meant for expiries that lie beyond what the
exchange has published.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from tradesense.instruments.errors import OutsideCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The trading days of one market, from `first` to `last`."""

    name: str
    first: date
    last: date
    closed: frozenset[date]
    opened: frozenset[date]
    early_closes: dict[date, time]
    every_day: bool = False
    strict: bool = True

    @property
    def lenient(self) -> Calendar:
        """The same days, and every weekday beyond them."""
        return replace(self, strict=False)

    def knows(self, day: date) -> bool:
        """Tell whether holidays of this day are known."""
        return self.first <= day <= self.last

    def is_trading_day(self, day: date) -> bool:
        """Tell whether the market trades on a day. Raises `OutsideCalendar` for a day it does not know."""
        if self.every_day or day in self.opened:
            return True
        if self.strict and not self.knows(day):
            raise OutsideCalendar(
                f"Trading days of {self.name} are known from {self.first} to {self.last}, not for {day}."
            )
        return day.weekday() < 5 and day not in self.closed

    def on_or_before(self, day: date) -> date:
        """Return the day itself, or the last trading day before it."""
        while not self.is_trading_day(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """Return the day itself, or the first trading day after it."""
        while not self.is_trading_day(day):
            day += _DAY
        return day

    def previous(self, day: date) -> date:
        """Return the last trading day before a day."""
        return self.on_or_before(day - _DAY)

    def next(self, day: date) -> date:
        """Return the first trading day after a day."""
        return self.on_or_after(day + _DAY)

    def add(self, day: date, count: int) -> date:
        """Return the trading day `count` trading days after a day, before it for a negative count."""
        step = self.next if count > 0 else self.previous
        for _ in range(abs(count)):
            day = step(day)
        return day

    def count_between(self, start: date, end: date) -> int:
        """Count trading days after `start` up to and including `end`; negative where `end` is earlier."""
        if end < start:
            return -self.count_between(end, start)
        days = (start + _DAY * step for step in range(1, (end - start).days + 1))
        return sum(map(self.is_trading_day, days))


@dataclass(frozen=True, slots=True)
class Window:
    """One stretch of a trading day in local time; `opens_day_before` where it starts the evening before."""

    opens: time
    closes: time
    opens_day_before: bool = False


@dataclass(frozen=True, slots=True)
class TradingHours:
    """When a product trades: windows in local time on the days of a calendar."""

    name: str
    time_zone: str
    calendar: Calendar
    windows: tuple[Window, ...]

    def windows_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the open stretches of a trade date in UTC, early closes applied; none on a closed day."""
        if not self.calendar.is_trading_day(day):
            return []
        early = self.calendar.early_closes.get(day)
        stretches = (self._stretch(window, day, early) for window in self.windows)
        return [(opens, closes) for opens, closes in stretches if opens < closes]

    def session(self, day: date) -> tuple[datetime, datetime] | None:
        """Return first open and last close of a trade date in UTC, or `None` on a closed day."""
        stretches = self.windows_on(day)
        return (stretches[0][0], stretches[-1][1]) if stretches else None

    def is_open(self, instant: datetime) -> bool:
        """Tell whether the product trades at an aware instant. Raises `OutsideCalendar`."""
        local = instant.astimezone(ZoneInfo(self.time_zone)).date()
        return any(
            opens <= instant < closes
            for day in (local, local + _DAY)
            for opens, closes in self.windows_on(day)
        )

    def trade_date(self, instant: datetime) -> date:
        """Return the trade date an instant belongs to: of the session it lies in, else of the next one."""
        day = instant.astimezone(ZoneInfo(self.time_zone)).date()
        while True:
            session = self.session(day)
            if session and instant < session[1]:
                return day
            day += _DAY

    def _stretch(self, window: Window, day: date, early: time | None) -> tuple[datetime, datetime]:
        zone = ZoneInfo(self.time_zone)
        opens_on = day - _DAY if window.opens_day_before else day
        midnight = window.closes == time(0)
        closes_at = min(window.closes, early) if early is not None and not midnight else window.closes
        closes_on = day + _DAY if midnight else day
        return (
            datetime.combine(opens_on, window.opens, zone).astimezone(UTC),
            datetime.combine(closes_on, closes_at, zone).astimezone(UTC),
        )


def calendar_names() -> tuple[str, ...]:
    """Name every calendar there is."""
    return tuple(_calendar_file())


def hours_names() -> tuple[str, ...]:
    """Name every set of trading hours there is."""
    return tuple(_hours_file())


@cache
def load_calendar(name: str) -> Calendar:
    """Return a calendar by name; lenient about nothing. Raises `KeyError` for an unknown name."""
    raw = _calendar_file()[name]
    return Calendar(
        name=name,
        first=date.fromisoformat(raw["first"]),
        last=date.fromisoformat(raw["last"]),
        closed=frozenset(map(date.fromisoformat, raw["closed"])),
        opened=frozenset(map(date.fromisoformat, raw["opened"])),
        early_closes={
            date.fromisoformat(day): time.fromisoformat(at)
            for at, days in raw["early_closes"].items()
            for day in days
        },
        every_day=raw.get("every_day", False),
    )


@cache
def load_hours(name: str) -> TradingHours:
    """Return trading hours by name. Raises `KeyError` for an unknown name."""
    raw = _hours_file()[name]
    return TradingHours(
        name=name,
        time_zone=raw["time_zone"],
        calendar=load_calendar(raw["calendar"]),
        windows=tuple(_window(opens, closes) for opens, closes in raw["windows"]),
    )


def _window(opens: str, closes: str) -> Window:
    before = opens.startswith("-")
    return Window(time.fromisoformat(opens.lstrip("-")), time.fromisoformat(closes), before)


@cache
def _calendar_file() -> dict[str, Any]:
    text = files(__package__).joinpath("calendar_data", "calendars.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def _hours_file() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("calendar_data", "hours.toml").read_text("utf-8"))
