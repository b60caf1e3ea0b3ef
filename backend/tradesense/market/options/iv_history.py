"""The 30-day volatility at the money of earlier days, read from what is stored and kept once computed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import anyio
import anyio.to_thread
import numpy as np
import numpy.typing as npt

from tradesense.market.history import Reader
from tradesense.market.options.analytics import MATURITY_YEARS, vol_at_maturity
from tradesense.market.options.errors import UnknownExpiry, UnknownUnderlying
from tradesense.market.options.loading import RootData, load_chain, load_root
from tradesense.market.options.valuation import value_chain
from tradesense.market.options.views import ValuedChain, atm_iv_of

Floats = npt.NDArray[np.float64]

MOST_DAYS = 252
DEFAULT_DAYS = 60
_MOST_KEPT = 20_000
_DAY_END = time(23, 59, 59, 999_999, tzinfo=UTC)
_DAY = timedelta(days=1)
# Among the expiries stored, this many on either side of the maturity are tried.
_EXPIRIES_EACH_SIDE = 2
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class DailyVol:
    """The 30-day volatility at the end of one day (UTC), NaN where the day tells none."""

    day: date
    iv: float


class IvHistory:
    """Finds the volatility of finished days, each computed once; at most `most_kept` are kept.

    A day counts from its last stored quotes, valued at the time of the newest of them.
    """

    def __init__(self, reader: Reader, *, assumed_rate: float, most_kept: int = _MOST_KEPT) -> None:
        self._reader = reader
        self._assumed_rate = assumed_rate
        self._most_kept = most_kept
        self._kept: OrderedDict[tuple[str, str, date, datetime], float] = OrderedDict()

    async def before(self, data: RootData, days: int) -> list[DailyVol]:
        """Return the known volatilities of up to `days` days before that of `data.as_of`, oldest first."""
        first = min((each.first_ts for each in data.expiries), default=data.as_of)
        today = data.as_of.date()
        wanted = [today - count * _DAY for count in range(days, 0, -1)]
        found: dict[date, float] = {}
        limiter = anyio.CapacityLimiter(_AT_ONCE)

        async def find(day: date) -> None:
            async with limiter:
                found[day] = await self._of(data, day, first)

        async with anyio.create_task_group() as group:
            for day in wanted:
                if day >= first.date():
                    group.start_soon(find, day)
        return [DailyVol(day, found[day]) for day in wanted if np.isfinite(found.get(day, np.nan))]

    async def _of(self, data: RootData, day: date, first: datetime) -> float:
        # An import may put older rows before what was known: the beginning of what is stored is in the name.
        key = (data.root, data.source, day, first)
        if key not in self._kept:
            self._kept[key] = await self._compute(data, day)
            while len(self._kept) > self._most_kept:
                self._kept.popitem(last=False)
        return self._kept[key]

    async def _compute(self, data: RootData, day: date) -> float:
        at = datetime.combine(day, _DAY_END)
        try:
            then = await load_root(self._reader, data.root, at, data.source)
            around = _around_maturity(then)
            loaded = await load_chain(
                self._reader, then, [each for each in then.expiries if each.expiry in around]
            )
        except (UnknownUnderlying, UnknownExpiry):
            return float("nan")
        newest_us = int(loaded.columns.ts_us.max())
        newest = datetime.fromtimestamp(newest_us / 1e6, UTC)
        if newest.date() != day:
            return float("nan")

        def value() -> float:
            values = value_chain(
                loaded.columns, as_of_us=newest_us, assumed_rate=self._assumed_rate, mark_only=True
            )
            chain = ValuedChain(replace(loaded, data=replace(then, as_of=newest)), values)
            ivs = np.asarray([atm_iv_of(chain, index) for index in range(len(values.expiries))])
            return vol_at_maturity(ivs, np.asarray([each.expiry_years for each in values.expiries]))

        return await anyio.to_thread.run_sync(value)


def _around_maturity(data: RootData) -> set[date]:
    """The expiries next to 30 days on either side."""
    at = data.as_of + timedelta(days=365.0 * MATURITY_YEARS)
    open_ones = [each.expiry for each in data.open_expiries()]
    nearer = [expiry for expiry in open_ones if data.expires_at(expiry) <= at]
    later = [expiry for expiry in open_ones if data.expires_at(expiry) > at]
    return {*nearer[-_EXPIRIES_EACH_SIDE:], *later[:_EXPIRIES_EACH_SIDE]}
