"""The 30-day volatility at the money of earlier days, read from what is stored and kept once computed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import anyio
import anyio.to_thread
import numpy as np
import numpy.typing as npt

from tradesense.market.history import Reader
from tradesense.market.history.options import StoredDay, fetch_stored_days
from tradesense.market.options.analytics import MATURITY_YEARS, vol_at_maturity
from tradesense.market.options.errors import UnknownExpiry
from tradesense.market.options.loading import RootData, as_of_microseconds, load_chain
from tradesense.market.options.valuation import value_chain
from tradesense.market.options.views import ValuedChain, atm_iv_of

Floats = npt.NDArray[np.float64]

MOST_DAYS = 252
DEFAULT_DAYS = 60
_MOST_KEPT = 20_000
_DAY = timedelta(days=1)
# Among the expiries stored, this many on either side of the maturity are tried.
_EXPIRIES_EACH_SIDE = 2
_AT_ONCE = 2

_Key = tuple[str, str, StoredDay]


@dataclass(frozen=True, slots=True)
class DailyVol:
    """The 30-day volatility at the end of one day (UTC), NaN where the day tells none."""

    day: date
    iv: float


class IvHistory:
    """Finds the volatility of finished days, each computed once; at most `most_kept` are kept.

    A day counts from its last stored quotes, valued at the time of the newest of them. It is computed again
    when an import has added to what is stored of it.
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
        stored = await fetch_stored_days(
            self._reader, source=data.source, root=data.root, first=today - days * _DAY, last=today - _DAY
        )
        found: dict[date, float] = {}
        limiter = anyio.CapacityLimiter(_AT_ONCE)

        async def find(each: StoredDay) -> None:
            async with limiter:
                found[each.day] = await self._of(data, each)

        async with anyio.create_task_group() as group:
            for each in stored:
                group.start_soon(find, each)
        return [DailyVol(each.day, found[each.day]) for each in stored if np.isfinite(found[each.day])]

    async def _of(self, data: RootData, stored: StoredDay) -> float:
        key = (data.root, data.source, stored)
        if key not in self._kept:
            self._kept[key] = await self._compute(data, stored.newest_ts)
            while len(self._kept) > self._most_kept:
                self._kept.popitem(last=False)
        return self._kept[key]

    async def _compute(self, data: RootData, newest: datetime) -> float:
        then = _at(data, newest)
        around = _around_maturity(then)
        try:
            loaded = await load_chain(
                self._reader, then, [each for each in then.expiries if each.expiry in around]
            )
        except UnknownExpiry:
            return float("nan")

        def value() -> float:
            values = value_chain(
                loaded.columns,
                as_of_us=as_of_microseconds(then),
                assumed_rate=self._assumed_rate,
                mark_only=True,
            )
            chain = ValuedChain(loaded, values)
            ivs = np.asarray([atm_iv_of(chain, index) for index in range(len(values.expiries))])
            return vol_at_maturity(ivs, np.asarray([each.expiry_years for each in values.expiries]))

        return await anyio.to_thread.run_sync(value)


def _at(data: RootData, newest: datetime) -> RootData:
    """What was stored of a root when its newest row was that of `newest`.

    Each expiry is said to reach no further: then the store looks for rows in the day before that instant,
    not in the week that it has to search when it does not know where the newest lies.
    """
    expiries = tuple(
        replace(each, last_ts=min(each.last_ts, newest)) for each in data.expiries if each.first_ts <= newest
    )
    return replace(data, as_of=newest, newest_ts=newest, asked_at=newest, expiries=expiries)


def _around_maturity(data: RootData) -> set[date]:
    """The expiries next to 30 days on either side."""
    at = data.as_of + timedelta(days=365.0 * MATURITY_YEARS)
    open_ones = [each.expiry for each in data.open_expiries()]
    nearer = [expiry for expiry in open_ones if data.expires_at(expiry) <= at]
    later = [expiry for expiry in open_ones if data.expires_at(expiry) > at]
    return {*nearer[-_EXPIRIES_EACH_SIDE:], *later[:_EXPIRIES_EACH_SIDE]}
