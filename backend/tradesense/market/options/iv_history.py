"""The 30-day volatility at the money of earlier days, read from what is stored and kept once computed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import anyio
import anyio.to_thread
import numpy as np
import numpy.typing as npt

from tradesense.market.history import Reader
from tradesense.market.history.option_days import (
    StoredDay,
    fetch_import_count,
    fetch_latest_options_at,
    fetch_stored_days,
)
from tradesense.market.history.options import StoredExpiry, fetch_prices_at
from tradesense.market.options.analytics import MATURITY_YEARS, vol_at_maturity
from tradesense.market.options.loading import LoadedChain, RootData, UnpricedChain, as_of_microseconds
from tradesense.market.options.valuation import value_chain
from tradesense.market.options.views import ValuedChain, atm_iv_of

Floats = npt.NDArray[np.float64]

MOST_DAYS = 252
DEFAULT_DAYS = 60
_MOST_KEPT = 20_000
_DAY = timedelta(days=1)
# Among the expiries stored, this many on either side of the maturity are tried.
_EXPIRIES_EACH_SIDE = 2
# A question for a year of days is asked in parts, so that no part nears a query's deadline.
_DAYS_A_PART = 32
_PARTS_AT_ONCE = 2
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class _Key:
    """What a day's volatility rests on: rows of the day, and of the day before where it was quiet; imports,
    since a file may bring the prices of what the options are on."""

    root: str
    source: str
    imports: int
    before: StoredDay | None
    day: StoredDay


@dataclass(frozen=True, slots=True)
class DailyVol:
    """The 30-day volatility at the end of one day (UTC), NaN where the day tells none."""

    day: date
    iv: float


class IvHistory:
    """Finds the volatility of finished days, each computed once; at most `most_kept` are kept.

    A day counts from its last stored quotes, valued at the time of the newest of them. It is computed again
    when rows were added to it or to the day before, or a file of its source was imported.
    """

    def __init__(self, reader: Reader, *, assumed_rate: float, most_kept: int = _MOST_KEPT) -> None:
        self._reader = reader
        self._assumed_rate = assumed_rate
        self._most_kept = most_kept
        self._kept: OrderedDict[_Key, float] = OrderedDict()

    async def before(self, data: RootData, days: int) -> list[DailyVol]:
        """Return the known volatilities of up to `days` days before that of `data.as_of`, oldest first."""
        if not days:
            return []
        today = data.as_of.date()
        keys = await self._keys(data, today - days * _DAY, today - _DAY)
        found = {key: self._kept[key] for key in keys if key in self._kept}
        missing = [key for key in keys if key not in found]
        limiter = anyio.CapacityLimiter(_PARTS_AT_ONCE)

        async def find(part: Sequence[_Key]) -> None:
            async with limiter:
                found.update(zip(part, await self._compute(data, part), strict=True))

        async with anyio.create_task_group() as group:
            for start in range(0, len(missing), _DAYS_A_PART):
                group.start_soon(find, missing[start : start + _DAYS_A_PART])
        self._keep({key: found[key] for key in missing})
        return [DailyVol(key.day.day, found[key]) for key in keys if np.isfinite(found[key])]

    async def _keys(self, data: RootData, first: date, last: date) -> list[_Key]:
        source, root = data.source, data.root
        imports = await fetch_import_count(self._reader, source=source)
        stored = await fetch_stored_days(
            self._reader, source=source, root=root, first=first - _DAY, last=last
        )
        by_day = {each.day: each for each in stored}
        return [
            _Key(root, source, imports, by_day.get(each.day - _DAY), each)
            for each in stored
            if each.day >= first
        ]

    def _keep(self, found: dict[_Key, float]) -> None:
        self._kept.update(found)
        while len(self._kept) > self._most_kept:
            self._kept.popitem(last=False)

    async def _compute(self, data: RootData, keys: Sequence[_Key]) -> list[float]:
        then = [data_at(data, key.day.newest_ts) for key in keys]
        chains = await _load_days(self._reader, then)

        def value() -> list[float]:
            return [NAN if chain is None else vol_of(chain, self._assumed_rate) for chain in chains]

        return await anyio.to_thread.run_sync(value)


def vol_of(loaded: LoadedChain, assumed_rate: float) -> float:
    """Return the 30-day volatility at the money of a chain at its own instant, NaN where it tells none."""
    values = value_chain(
        loaded.columns, as_of_us=as_of_microseconds(loaded.data), assumed_rate=assumed_rate, mark_only=True
    )
    chain = ValuedChain(loaded, values)
    ivs = np.asarray([atm_iv_of(chain, index) for index in range(len(values.expiries))])
    return vol_at_maturity(ivs, np.asarray([each.expiry_years for each in values.expiries]))


async def _load_days(reader: Reader, days: Sequence[RootData]) -> list[LoadedChain | None]:
    """Bring the chains around the maturity of several instants of one root, with two or three queries in all;
    None where there is none."""
    source, root = days[0].source, days[0].root
    wanted = [(each.as_of, around_maturity(each)) for each in days]
    tables = await fetch_latest_options_at(reader, source=source, root=root, wanted=wanted)
    chains = [
        UnpricedChain.of(data, rows) if rows.num_rows else None
        for data, rows in zip(days, tables, strict=True)
    ]
    prices = iter(
        await fetch_prices_at(
            reader, source=source, wanted=[each for chain in chains if chain for each in chain.wanted]
        )
    )
    return [None if chain is None else chain.priced([next(prices) for _ in chain.wanted]) for chain in chains]


def data_at(data: RootData, newest: datetime) -> RootData:
    """What was stored of a root when its newest row was that of `newest`.

    Each expiry is said to reach no further: then the store looks for rows in the day before that instant,
    not in the week that it has to search when it does not know where the newest lies.
    """
    expiries = tuple(
        replace(each, last_ts=min(each.last_ts, newest)) for each in data.expiries if each.first_ts <= newest
    )
    return replace(data, as_of=newest, newest_ts=newest, asked_at=newest, expiries=expiries)


def around_maturity(data: RootData) -> list[StoredExpiry]:
    """Return the expiries next to 30 days on either side."""
    at = data.as_of + timedelta(days=365.0 * MATURITY_YEARS)
    open_ones = data.open_expiries()
    nearer = [each for each in open_ones if data.expires_at(each.expiry) <= at]
    later = [each for each in open_ones if data.expires_at(each.expiry) > at]
    return [*nearer[-_EXPIRIES_EACH_SIDE:], *later[:_EXPIRIES_EACH_SIDE]]
