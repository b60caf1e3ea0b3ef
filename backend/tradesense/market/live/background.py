"""What the store knows of the contracts a feed quotes: trades, settlements, earlier quotes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from tradesense.base.clock import Clock
from tradesense.base.errors import Unavailable
from tradesense.instruments import Instrument, SpecBook
from tradesense.market.futures.states import ContractState, load_states
from tradesense.market.history import Reader
from tradesense.market.history.futures import ContractRow, fetch_products
from tradesense.market.live.views import RootKey

_log = logging.getLogger(__name__)

REFRESH_EVERY: Final = timedelta(minutes=1)
REFRESH_FIRST: Final = timedelta(seconds=2)
"""Where there is nothing yet that a change could be measured from; each time twice as long."""

_MOST_ROOTS = 2_000


@dataclass(frozen=True, slots=True)
class Background:
    """One root of one source as stored; empty where nothing is stored or the store did not answer.

    It was read at `at` and is good for `keep`.
    """

    at: datetime
    contracts: Sequence[ContractRow]
    keep: timedelta = REFRESH_EVERY
    states: Mapping[str, ContractState] = field(default_factory=dict)
    first_ts: datetime | None = None
    last_ts: datetime | None = None
    sources: Sequence[str] = ()


class Backgrounds:
    """Keeps a background of each root asked for, renewed each minute and when the listing changes.

    Of a source that has only begun to write its past it is renewed sooner at first.

    `get` never waits: what is missing or old is put on a list that `run` works through, one root at a time.
    """

    def __init__(self, reader: Reader, specs: SpecBook, clock: Clock) -> None:
        self._reader = reader
        self._specs = specs
        self._clock = clock
        self._kept: dict[RootKey, Background] = {}
        self._wanted: dict[RootKey, Sequence[ContractRow]] = {}
        self._is_wanted = asyncio.Event()

    def get(self, key: RootKey, contracts: Sequence[ContractRow], at: datetime) -> Background | None:
        """Return the newest background, `None` before the first was read.

        `contracts` is the same object as long as the same are listed.
        """
        kept = self._kept.get(key)
        is_new = kept is not None and kept.contracts is contracts and at - kept.at < kept.keep
        if not is_new and len(self._wanted) < _MOST_ROOTS:
            self._wanted[key] = contracts
            self._is_wanted.set()
        return kept

    async def run(self) -> None:
        """Read what is wanted until cancelled; one that cannot be read is tried again in a minute."""
        while True:
            await self._is_wanted.wait()
            key = next(iter(self._wanted))
            contracts = self._wanted[key]
            read = await self._load(key, contracts)
            self._kept.pop(key, None)
            self._kept[key] = read
            if len(self._kept) > _MOST_ROOTS:
                del self._kept[next(iter(self._kept))]
            if self._wanted.get(key) is contracts:
                del self._wanted[key]
            if not self._wanted:
                self._is_wanted.clear()

    async def _load(self, key: RootKey, contracts: Sequence[ContractRow]) -> Background:
        at = self._clock.now()
        try:
            products = await fetch_products(self._reader, at=at, root=key.root)
            states = await load_states(self._reader, self._specs, contracts, at)
        except Unavailable as reason:
            _log.warning("no background of a root", extra={"root": key.root, "reason": reason.code})
            before = self._kept.get(key)
            return Background(at, contracts, states=before.states if before else {})
        except Exception:
            _log.exception("reading the background of a root failed", extra={"root": key.root})
            return Background(at, contracts)
        mine = next((each for each in products if each.source == key.source), None)
        return Background(
            at=at,
            contracts=contracts,
            keep=self._keep(key, contracts, states),
            states={state.contract.symbol: state for state in states},
            first_ts=mine.first_ts if mine else None,
            last_ts=mine.last_ts if mine else None,
            sources=sorted({each.source for each in products}),
        )

    def _keep(
        self, key: RootKey, contracts: Sequence[ContractRow], states: Sequence[ContractState]
    ) -> timedelta:
        """Return for how long what was read is good."""
        if all(map(_has_past, states)):
            return REFRESH_EVERY
        before = self._kept.get(key)
        if before is None or before.contracts is not contracts:
            return REFRESH_FIRST
        return min(2 * before.keep, REFRESH_EVERY)


def _has_past(state: ContractState) -> bool:
    """Whether there is something that a change could be measured from."""
    if state.settlements or state.closing is not None:
        return True
    return state.trade is not None and state.trade.previous_close is not None


def contract_of(instrument: Instrument) -> ContractRow:
    """Return a listed instrument as the store would."""
    return ContractRow(**{name: getattr(instrument, name) for name in ContractRow.__slots__})
