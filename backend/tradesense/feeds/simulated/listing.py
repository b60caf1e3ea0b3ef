"""What the simulated exchange lists, and from when until when: contracts, option series, strike ladders.

Terms come from the specifications, so simulated contracts end when real ones would. Everything is a
function of the day; nothing is remembered between calls but cached answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np

from tradesense.feeds.simulated.noise import DAY_US, Floats, Hashes, channel_key
from tradesense.feeds.simulated.profiles import PROFILES, ChainProfile, Profile
from tradesense.instruments import ContractSpec, Instrument, Right, SpecBook, parse_symbol

SOURCE = "simulated"
COIN_TERMS = ("BTC", "deribit")

_EPOCH = date(1970, 1, 1)
_FRIDAY = 4
_QUARTER_MONTHS = (3, 6, 9, 12)
_QUARTERLY_DAYS, _MONTHLY_DAYS, _WEEKLY_DAYS, _DAILY_DAYS = 190, 78, 15, 3
_QUARTERLY_FUTURE_DAYS = 366


@dataclass(frozen=True, slots=True)
class Contract:
    """A future and the instants, in microseconds since 1970, between which it is listed."""

    instrument: Instrument
    delivery_month: int
    listed_us: int
    expires_us: int


@dataclass(frozen=True, slots=True)
class Series:
    """All options of one expiry; `future_expires_us` is the end of what they deliver or settle to."""

    root: str
    expiry: date
    underlying: str
    delivery_month: int
    listed_us: int
    expires_us: int
    future_expires_us: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """The options of a series; `is_call` is 1.0 or 0.0, `keys` are their random channels."""

    instruments: tuple[Instrument, ...]
    strikes: Floats
    is_call: Floats
    keys: Hashes


def day_date(day: int) -> date:
    """Return the date of a day number since 1970."""
    return _EPOCH + timedelta(days=day)


def day_number(on: date) -> int:
    """Return the day number since 1970 of a date."""
    return (on - _EPOCH).days


def instant_us(at: datetime) -> int:
    """Return an aware instant as microseconds since 1970."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def us_instant(at_us: int) -> datetime:
    """Return microseconds since 1970 as an aware instant."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)


class Exchange:
    """Lists the profiles' products under the terms of a book of specifications."""

    def __init__(self, specs: SpecBook, profiles: tuple[Profile, ...] = PROFILES) -> None:
        _declare_coin_terms(specs)
        self._specs = specs
        self.profiles = profiles
        self.series_on = lru_cache(maxsize=1024)(self._series_on)
        self.ladder_of = lru_cache(maxsize=256)(self._make_ladder)
        self._monthly = lru_cache(maxsize=256)(self._monthly_contracts)
        self._option = lru_cache(maxsize=16_384)(self._make_option)
        self._future = lru_cache(maxsize=2048)(self._make_future)
        self._expiry = lru_cache(maxsize=2048)(self._option_expiry)

    def standing(self, profile: Profile) -> list[Instrument]:
        """Return what a product lists without end: an index and a perpetual, where it has them."""
        if not profile.perpetual:
            return []
        return [
            self._specs.index(profile.root, source=SOURCE, source_symbol=profile.root),
            self._specs.perpetual(profile.root, source=SOURCE, source_symbol=f"{profile.root}-PERP"),
        ]

    def contracts_on(self, profile: Profile, day: int) -> tuple[Contract, ...]:
        """Return the contracts listed at the start of a day, nearest first."""
        spec = self._specs.get(profile.root, SOURCE)
        start = day * DAY_US
        if spec.future_terms().dated:
            found = self._dated_contracts(profile, day)
        else:
            on = day_date(day)
            found = self._monthly(profile, on.year, on.month)
        return tuple(each for each in found if each.listed_us <= start < each.expires_us)

    def _monthly_contracts(self, profile: Profile, on_year: int, on_month: int) -> list[Contract]:
        months = profile.months or self._specs.get(profile.root, SOURCE).future_terms().months
        every = len(months)
        reach = profile.contracts * 12 // every + 5
        chain = []
        for year, month in _months_from(date(on_year, on_month, 1), -reach, reach + 2):
            if "FGHJKMNQUVXZ"[month - 1] in months:
                chain.append(self._future(profile.root, year, month, None))
        ends = [instant_us(each.expires_at) for each in chain if each.expires_at]
        return [
            Contract(chain[i], _month_of(chain[i]), ends[i - profile.contracts], ends[i])
            for i in range(profile.contracts, len(chain))
        ]

    def _dated_contracts(self, profile: Profile, day: int) -> list[Contract]:
        found = []
        for friday in _fridays(day, _QUARTERLY_FUTURE_DAYS):
            lead = _friday_lead(friday, _QUARTERLY_FUTURE_DAYS)
            future = self._future(profile.root, friday.year, friday.month, friday.day)
            assert future.expires_at is not None
            ends = instant_us(future.expires_at)
            found.append(Contract(future, friday.month, (day_number(friday) - lead) * DAY_US, ends))
        return found

    def _make_future(self, root: str, year: int, month: int, day: int | None) -> Instrument:
        name = f"{root}-{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
        return self._specs.future(root, year, month, day=day, source=SOURCE, source_symbol=name)

    def _series_on(self, profile: Profile, day: int) -> tuple[Series, ...]:
        """Return the option series listed at the start of a day, nearest first."""
        if profile.chain is None:
            return ()
        spec = self._specs.get(profile.root, SOURCE)
        if spec.future_terms().dated:
            leads = _dated_leads(profile.chain, day)
        else:
            leads = self._monthly_leads(profile, spec, day)
        start = day * DAY_US
        found = (self._make_series(profile, spec, expiry, lead) for expiry, lead in sorted(leads.items()))
        return tuple(each for each in found if each.listed_us <= start < each.expires_us)

    def _monthly_leads(self, profile: Profile, spec: ContractSpec, day: int) -> dict[date, int]:
        """Return candidate expiries and how many days before them they are listed."""
        chain = profile.chain
        assert chain is not None
        monthly = [
            self._expiry(profile.root, year, month)
            for year, month in _months_from(day_date(day), -chain.monthly - 1, chain.monthly + 3)
        ]
        leads = {
            monthly[i]: (monthly[i] - monthly[i - chain.monthly]).days
            for i in range(chain.monthly, len(monthly))
        }
        for friday in _fridays(day, 7 * chain.weekly):
            expiry = spec.calendar.lenient.on_or_before(friday)
            leads.setdefault(expiry, 7 * chain.weekly)
        return leads

    def _option_expiry(self, root: str, year: int, month: int) -> date:
        expiry = self._specs.get(root, SOURCE).option_expiry_of(year, month)
        assert expiry is not None
        return expiry

    def _make_series(self, profile: Profile, spec: ContractSpec, expiry: date, lead: int) -> Series:
        underlying = self._specs.underlying_of(profile.root, expiry, source=SOURCE)
        named = parse_symbol(underlying)
        assert named.year is not None
        assert named.month is not None
        future = self._future(profile.root, named.year, named.month, named.day)
        assert future.expires_at is not None
        return Series(
            root=profile.root,
            expiry=expiry,
            underlying=underlying,
            delivery_month=named.month,
            listed_us=(day_number(expiry) - lead) * DAY_US,
            expires_us=instant_us(spec.option_expires_at(expiry)),
            future_expires_us=instant_us(future.expires_at),
        )

    def _make_ladder(self, series: Series, lowest: int, highest: int, step: float, seed: int) -> Ladder:
        """Return a call and a put at every multiple of `step` from `lowest` to `highest` steps."""
        instruments = tuple(
            self._option(series, round(count * step, 6), right)
            for count in range(lowest, highest + 1)
            for right in (Right.CALL, Right.PUT)
        )
        return Ladder(
            instruments=instruments,
            strikes=np.array([each.strike for each in instruments], np.float64),
            is_call=np.array([each.right is Right.CALL for each in instruments], np.float64),
            keys=np.array([channel_key(seed, each.symbol) for each in instruments], np.uint64),
        )

    def _make_option(self, series: Series, strike: float, right: Right) -> Instrument:
        return self._specs.option(
            series.root,
            series.expiry,
            strike,
            right,
            source=SOURCE,
            source_symbol=f"{series.root} {series.expiry} {strike:g}{right.value}",
            underlying=series.underlying,
        )


def ladder_bounds(chain: ChainProfile, lead_days: float, low: float, high: float) -> tuple[int, int]:
    """Return the ends of a strike ladder in steps, for the range its underlying has covered so far.

    A series that lives shorter has a narrower ladder. The range only widens as days pass, so a strike
    once listed stays.
    """
    width = chain.half_width * float(np.clip(np.sqrt(lead_days / 120.0), 0.35, 1.0))
    lowest = int(np.floor(low * (1.0 - width) / chain.strike_step))
    highest = int(np.ceil(high * (1.0 + width) / chain.strike_step))
    return max(lowest, 1), highest


def _declare_coin_terms(specs: SpecBook) -> None:
    root, venue = COIN_TERMS
    terms = specs.get(root, venue)
    specs.declare(terms.model_copy(update={"name": "Bitcoin", "sources": (SOURCE,)}))


def _month_of(future: Instrument) -> int:
    month = parse_symbol(future.symbol).month
    assert month is not None
    return month


def _months_from(on: date, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = on.year * 12 + on.month - 1
    for index in range(start + first, start + last + 1):
        yield index // 12, index % 12 + 1


def _fridays(day: int, ahead: int) -> Iterator[date]:
    first = day_date(day)
    first += timedelta(days=(_FRIDAY - first.weekday()) % 7)
    for week in range(ahead // 7 + 1):
        yield first + timedelta(days=7 * week)


def _friday_lead(friday: date, quarterly: int) -> int:
    """Return how many days ahead a coin expiry is listed: of a quarter, of a month, of a week."""
    if (friday + timedelta(days=7)).month == friday.month:
        return _WEEKLY_DAYS
    return quarterly if friday.month in _QUARTER_MONTHS else _MONTHLY_DAYS


def _dated_leads(chain: ChainProfile, day: int) -> dict[date, int]:
    leads = {friday: _friday_lead(friday, _QUARTERLY_DAYS) for friday in _fridays(day, _QUARTERLY_DAYS)}
    for ahead in range(chain.daily + 1):
        leads.setdefault(day_date(day + ahead), _DAILY_DAYS)
    return leads
