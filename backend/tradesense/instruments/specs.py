"""What a contract is: the terms of one product, as its exchange states them.

Specifications are data (`products/*.toml`, or a user's own file of the same shape); this file says which
fields they have and what they mean. It knows no rule by heart: expiry rules are named, and found in
`expiry_rules`; days come from `calendars`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from tradesense.instruments import calendars, expiry_rules
from tradesense.instruments.calendars import Calendar, TradingHours
from tradesense.instruments.errors import NotListed
from tradesense.instruments.symbols import is_root
from tradesense.instruments.values import Exercise, Kind, Settlement

MONTH_CODES = "FGHJKMNQUVXZ"
EVERY_MONTH = MONTH_CODES

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise ValueError(f"{name!r} is not an IANA time zone") from wrong
    return name


def _known_rule(name: str | None) -> str | None:
    if name == "":
        return None
    if name is not None and name not in expiry_rules.RULES:
        raise ValueError(f"{name!r} is not a known expiry rule")
    return name


class _Terms(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FutureTerms(_Terms):
    """How a product's futures trade and end.

    `multiplier` is currency per 1.00 of price and contract; for an inverse future it is the face value in
    the quote currency. `dated` futures are named by day (several expiries a month).
    """

    multiplier: Positive
    tick: Positive
    settlement: Settlement
    months: Annotated[str, Field(pattern=f"^[{MONTH_CODES}]+$")] = EVERY_MONTH
    expiry: str
    expiry_time: time
    expiry_zone: str | None = None
    first_notice: str | None = None
    dated: bool = False
    inverse: bool = False

    _rules = field_validator("expiry", "first_notice")(_known_rule)


class OptionTerms(_Terms):
    """How a product's options trade and end.

    `on` says what they deliver or settle to. `expiry` (where stated) is the rule of the standard monthly
    series; any listed date is accepted. `expiry_time_monthly` holds on that rule's dates in months of
    `months_monthly`, `expiry_time` on every other.
    """

    on: Literal["future", "index", "equity", "perpetual"]
    underlying: str | None = None
    multiplier: Positive
    tick: Positive
    exercise: Exercise
    settlement: Settlement
    expiry: str | None = None
    expiry_time: time
    expiry_time_monthly: time | None = None
    months_monthly: Annotated[str, Field(pattern=f"^[{MONTH_CODES}]+$")] = EVERY_MONTH
    expiry_zone: str | None = None
    future_months: Annotated[str, Field(pattern=f"^[{MONTH_CODES}]+$")] | None = None
    future_cutoff: str | None = None
    inverse: bool = False

    _rules = field_validator("expiry", "future_cutoff")(_known_rule)


class PerpetualTerms(_Terms):
    """How a product's perpetual future trades; it has no end."""

    multiplier: Positive
    tick: Positive
    inverse: bool = False


class ContractSpec(_Terms):
    """The terms of one product: its identity, where and when it trades, and what is listed on it.

    `business_days` names the calendar expiry rules count on, `hours` the trading hours. `sources` limits
    a specification to those sources; without it the specification is its root's default.
    """

    root: str
    name: str
    sector: str
    exchange: str
    mic: Annotated[str, Field(pattern=r"^[A-Z0-9]{4}$")]
    time_zone: str
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3,5}$")]
    business_days: str
    hours: str
    price_note: str = ""
    kind: Literal[Kind.INDEX, Kind.EQUITY] | None = None
    tick: Positive | None = None
    sources: tuple[str, ...] = ()
    template: str | None = None
    future: FutureTerms | None = None
    option: OptionTerms | None = None
    perpetual: PerpetualTerms | None = None

    _zone = field_validator("time_zone")(_known_zone)

    @field_validator("root")
    @classmethod
    def _root(cls, root: str) -> str:
        if not is_root(root):
            raise ValueError(f"{root!r} can't be the root of a symbol")
        return root

    @field_validator("business_days")
    @classmethod
    def _calendar(cls, name: str) -> str:
        if name not in calendars.calendar_names():
            raise ValueError(f"{name!r} is not a known calendar")
        return name

    @field_validator("hours")
    @classmethod
    def _hours(cls, name: str) -> str:
        if name not in calendars.hours_names():
            raise ValueError(f"{name!r} are not known trading hours")
        return name

    @model_validator(mode="after")
    def _lists_something(self) -> Self:
        if not (self.kind or self.future or self.option or self.perpetual):
            raise ValueError(
                "a product lists a future, an option, a perpetual, or is an index or equity itself"
            )
        return self

    @property
    def calendar(self) -> Calendar:
        """The days expiry rules count on. Loaded once."""
        return calendars.load_calendar(self.business_days)

    @property
    def trading_hours(self) -> TradingHours:
        """When the product trades. Loaded once."""
        return calendars.load_hours(self.hours)

    @property
    def multiplier(self) -> float | None:
        """Currency per 1.00 of price of the product's main contract: future, else perpetual, else option."""
        terms = self.future or self.perpetual or self.option
        return terms.multiplier if terms else None

    @property
    def main_tick(self) -> float | None:
        """The smallest price step of the product's main contract."""
        terms = self.future or self.perpetual
        if terms:
            return terms.tick
        return self.tick if self.tick is not None else (self.option.tick if self.option else None)

    def last_trade_of(self, year: int, month: int) -> date:
        """Return the last trading day of the future of a delivery month.

        Beyond the days its calendar is known for every weekday counts, and `calendar.knows` says no.
        Raises `NotListed` where the product has no future.
        """
        terms = self.future_terms()
        return expiry_rules.RULES[terms.expiry](year, month, self.calendar)

    def first_notice_of(self, year: int, month: int) -> date | None:
        """Return the first day a delivery notice may come, or `None` for a future settled in cash."""
        rule = self.future_terms().first_notice
        return expiry_rules.RULES[rule](year, month, self.calendar) if rule else None

    def option_expiry_of(self, year: int, month: int) -> date | None:
        """Return the standard expiry of the options named by a month, where the product has a rule."""
        terms = self.option_terms()
        return expiry_rules.RULES[terms.expiry](year, month, self.calendar) if terms.expiry else None

    def future_expires_at(self, expiry: date) -> datetime:
        """Return the instant, in UTC, a future ending on `expiry` stops trading."""
        terms = self.future_terms()
        return _instant(expiry, terms.expiry_time, terms.expiry_zone or self.time_zone)

    def option_expires_at(self, expiry: date) -> datetime:
        """Return the instant, in UTC, an option expiring on `expiry` has its last moment of value."""
        terms = self.option_terms()
        at = terms.expiry_time
        if terms.expiry_time_monthly is not None and self._is_monthly(expiry):
            at = terms.expiry_time_monthly
        return _instant(expiry, at, terms.expiry_zone or self.time_zone)

    def future_terms(self) -> FutureTerms:
        """Return the terms of the futures. Raises `NotListed`."""
        if self.future is None:
            raise NotListed(f"{self.root} on {self.exchange} has no futures.")
        return self.future

    def option_terms(self) -> OptionTerms:
        """Return the terms of the options. Raises `NotListed`."""
        if self.option is None:
            raise NotListed(f"{self.root} on {self.exchange} has no options.")
        return self.option

    def _is_monthly(self, expiry: date) -> bool:
        terms = self.option_terms()
        code = MONTH_CODES[expiry.month - 1]
        return code in terms.months_monthly and self.option_expiry_of(expiry.year, expiry.month) == expiry


def _instant(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
