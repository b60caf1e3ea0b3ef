"""The simulated market: what every contract and option is quoted at, at any instant, from a seed alone.

`state_at` is a function of (seed, instant): nothing is stepped, nothing remembered but cached
answers, so instants may be asked for in any order. The market never closes; its day is the UTC day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from tradesense.feeds.simulated import activity
from tradesense.feeds.simulated.chains import ChainBoard, ChainQuotes, Moment, build_board, quote_chain
from tradesense.feeds.simulated.curve import Coefficients, coefficients, prices_at
from tradesense.feeds.simulated.listing import Contract, Exchange, Series, instant_us
from tradesense.feeds.simulated.noise import DAY_US, Floats, Hashes, channel_key, path_at, uniform
from tradesense.feeds.simulated.profiles import Profile
from tradesense.instruments import Instrument, SpecBook

BEAT_US = 2_000_000
LONGEST_LISTING_DAYS = 200
_PATHS = ("long", "short", "mood")


@dataclass(frozen=True, slots=True)
class FutureQuotes:
    """Quotes of one product's futures, index and perpetual; arrays are parallel to `instruments`.

    A missing number (an index has no book) is NaN. `volume` counts from midnight UTC, `open_interest`
    is the evening's before.
    """

    instruments: tuple[Instrument, ...]
    bid: Floats
    ask: Floats
    bid_size: Floats
    ask_size: Floats
    last: Floats
    mark: Floats
    volume: Floats
    open_interest: Floats


@dataclass(frozen=True, slots=True)
class MarketState:
    """Everything quoted at one instant (microseconds since 1970), by product."""

    at_us: int
    futures: dict[str, FutureQuotes]
    options: dict[str, tuple[ChainQuotes, ...]]


@dataclass(frozen=True, slots=True)
class Board:
    """What one product lists over one day: futures (index and perpetual last), parallel arrays."""

    contracts: tuple[Contract, ...]
    instruments: tuple[Instrument, ...]
    keys: Hashes
    ticks: Floats
    expires_us: Floats
    coefficients: Coefficients
    day_volumes: Floats
    open_interests: Floats
    spread_ticks: Floats
    typical_sizes: Floats


class SimulatedMarket:
    """Prices the profiles' products under a book of specifications; the same seed, the same market."""

    def __init__(self, specs: SpecBook, *, seed: int = 1, exchange: Exchange | None = None) -> None:
        self.seed = seed
        self.exchange = exchange or Exchange(specs)
        self._keys = np.array(
            [
                channel_key(seed, f"{profile.root}/{name}")
                for profile in self.exchange.profiles
                for name in _PATHS
            ],
            np.uint64,
        )
        self._at_midnight = lru_cache(maxsize=1024)(lambda day: self.paths(day * DAY_US))
        self.board = lru_cache(maxsize=1024)(self._build_board)
        self.chain_boards = lru_cache(maxsize=64)(self._build_chain_boards)

    def state_at(self, instant: datetime, *, options: bool = True) -> MarketState:
        """Return every quote at an aware instant; with `options=False` those of futures only."""
        return self.state_at_us(instant_us(instant), options=options)

    def state_at_us(self, at_us: int, *, options: bool = True) -> MarketState:
        """Return what `state_at` does, for microseconds since 1970."""
        paths = self.paths(at_us)
        futures: dict[str, FutureQuotes] = {}
        chains: dict[str, tuple[ChainQuotes, ...]] = {}
        for profile, (long_path, short_path, mood_path) in zip(self.exchange.profiles, paths, strict=True):
            moment = Moment(at_us, float(long_path), float(short_path), float(mood_path))
            futures[profile.root] = self._quote_futures(profile, moment)
            if options and profile.chain is not None:
                boards = self.chain_boards(profile, at_us // DAY_US)
                chains[profile.root] = tuple(
                    quote_chain(profile, board, moment, self.seed)
                    for board in boards
                    if at_us < board.series.expires_us
                )
        return MarketState(at_us, futures, chains)

    def paths(self, at_us: int) -> Floats:
        """Return every product's long, short and mood path at an instant, shape (products, 3)."""
        return path_at(self._keys, at_us).reshape(-1, len(_PATHS))

    def path_key(self, profile: Profile, name: str) -> int:
        """Return the channel of one of a product's paths."""
        return channel_key(self.seed, f"{profile.root}/{name}")

    def _build_board(self, profile: Profile, day: int) -> Board:
        contracts = self.exchange.contracts_on(profile, day)
        standing = self.exchange.standing(profile)
        instruments = tuple(each.instrument for each in contracts) + tuple(standing)
        ends = np.array([each.expires_us for each in contracts], np.float64)
        days_left = (ends - day * DAY_US) / DAY_US
        keys = np.array([channel_key(self.seed, each.symbol) for each in instruments], np.uint64)
        now = np.full(len(standing), float(day * DAY_US))
        months = np.array([each.delivery_month for each in contracts] + [1] * len(standing), np.float64)
        # The perpetual trades most of a coin's volume and the index nothing.
        extra = np.array([0.0, 1.6])[: len(standing)]
        trading = np.concatenate((activity.trading_shares(profile, days_left), extra))
        holding = np.concatenate((activity.holding_shares(profile, days_left), 0.5 * extra))
        thinness = np.minimum(np.floor(np.sqrt(0.25 / np.maximum(trading, 1e-3))), 6.0)
        return Board(
            contracts=contracts,
            instruments=instruments,
            keys=keys,
            ticks=np.array([each.tick or 0.01 for each in instruments]),
            expires_us=np.concatenate((ends, np.full(len(standing), np.inf))),
            coefficients=coefficients(profile, day, np.concatenate((ends, now)), months),
            day_volumes=activity.day_volumes(profile, self.seed, keys, trading, day),
            open_interests=activity.open_interests(profile, keys, holding, day - 1),
            spread_ticks=profile.spread_ticks + thinness,
            typical_sizes=profile.daily_volume * trading / 40_000.0 + 2.0,
        )

    def _quote_futures(self, profile: Profile, moment: Moment) -> FutureQuotes:
        day = moment.at_us // DAY_US
        board = self.board(profile, day)
        share = (moment.at_us - day * DAY_US) / DAY_US
        price: Floats = np.exp(board.coefficients.log_price(share, moment.long_path, moment.short_path))
        beat = moment.at_us // BEAT_US
        wider = uniform(board.keys, -beat) < 0.12
        steps = board.spread_ticks + wider
        bid = np.floor(price / board.ticks - 0.5 * (steps - 1.0))
        bid_size, ask_size = activity.book_sizes(board.keys, board.typical_sizes, beat)
        traded = np.floor(board.day_volumes * activity.traded_by(self.seed, profile.root, moment.at_us))
        has_book = np.array([each.kind.value != "index" for each in board.instruments])
        listed = np.flatnonzero(board.expires_us > moment.at_us)

        def shown(values: Floats, *, book: bool = True) -> Floats:
            return np.where(has_book | (not book), values, np.nan)[listed]

        return FutureQuotes(
            instruments=tuple(board.instruments[i] for i in listed),
            bid=shown(on_grid(bid, board.ticks)),
            ask=shown(on_grid(bid + steps, board.ticks)),
            bid_size=shown(bid_size),
            ask_size=shown(ask_size),
            last=shown(on_grid(np.round(price / board.ticks), board.ticks), book=False),
            mark=shown(np.round(price, 6)),
            volume=shown(traded),
            open_interest=shown(board.open_interests),
        )

    def _build_chain_boards(self, profile: Profile, day: int) -> tuple[ChainBoard, ...]:
        row = self.exchange.profiles.index(profile)

        def references(series: Series) -> Floats:
            first = max(series.listed_us // DAY_US, day - LONGEST_LISTING_DAYS)
            days = np.arange(first, day + 1, dtype=np.float64)
            paths = np.array([self._at_midnight(int(each))[row] for each in days])
            ends, month = float(series.future_expires_us), float(series.delivery_month)
            return prices_at(profile, days * DAY_US, ends, month, paths[:, 0], paths[:, 1])

        return build_board(self.exchange, profile, day, self.seed, references)


def on_grid(steps: Floats, ticks: Floats) -> Floats:
    """Return prices of whole numbers of ticks, free of the dust of multiplication."""
    return np.round(steps * ticks, 9)
