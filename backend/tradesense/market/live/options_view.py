"""The options desk's documents of one root: a chain for each expiry, valued in one call, and the surface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from math import isfinite
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.instruments import BadSymbol, Instrument, Kind, SpecBook, parse_symbol
from tradesense.market.history.options import LOOK_BACK, OptionTermsRow, PriceAt, StoredExpiry
from tradesense.market.live.futures_view import told_status
from tradesense.market.live.instants import instant_of
from tradesense.market.live.quotes import FeedStatus, Ints
from tradesense.market.live.topics import chain_topic, expiries_topic, surface_topic
from tradesense.market.live.views import Document, Layouts, Make, QuoteBook, RootKey, RootQuotes, Wanted
from tradesense.market.options.loading import (
    LoadedChain,
    RootData,
    as_of_microseconds,
    chain_columns,
    is_open,
    root_data,
    terms_of,
)
from tradesense.market.options.rules import StrikeFilter, StrikeRule
from tradesense.market.options.surface import raw_surface
from tradesense.market.options.valuation import value_chain
from tradesense.market.options.views import ValuedChain, chain_documents, feed_status

_EVERY_STRIKE: Final = StrikeFilter(StrikeRule.ALL)
_SURFACE_EVERY: Final = timedelta(seconds=5)
_LOOK_BACK_US = LOOK_BACK // timedelta(microseconds=1)
_STORED_NUMBERS: Final = (
    "bid",
    "ask",
    "last",
    "mark",
    "volume",
    "open_interest",
    "underlying_price",
)

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Layout:
    """A root's options among its instruments, by expiry, strike, right; arrays are parallel to `places`."""

    places: Places
    expiries: tuple[date, ...]
    expiry_index: Ints
    fixed: pa.Table
    terms: Mapping[date, OptionTermsRow]
    underlyings: tuple[str, ...]


class OptionsView:
    """Chains at each call, a surface every five seconds at most."""

    def __init__(self, specs: SpecBook, book: QuoteBook, *, assumed_rate: float) -> None:
        self._specs = specs
        self._book = book
        self._assumed_rate = assumed_rate
        self._layouts = Layouts(_laid_out)
        self._surfaces: dict[RootKey, datetime] = {}

    def prepare(
        self, quotes: RootQuotes, at: datetime, feed: FeedStatus | None, wanted: Wanted = None
    ) -> Make:
        """Return what makes the documents: none where nothing of the options was quoted yet."""
        layout = self._layouts.of(quotes)
        if not layout.expiries or (wanted is not None and not any(map(_is_ours, wanted))):
            return list
        prices = self._prices(quotes, layout.underlyings)
        last = self._surfaces.get(quotes.key)
        with_surface = last is None or not timedelta() <= at - last < _SURFACE_EVERY
        with_surface &= wanted is None or surface_topic(quotes.key.root) in wanted
        if with_surface:
            self._surfaces[quotes.key] = at
        return lambda: self._documents(quotes, layout, prices, at, feed, wanted, with_surface)

    def _documents(
        self,
        quotes: RootQuotes,
        layout: _Layout,
        prices: Mapping[str, PriceAt],
        at: datetime,
        feed: FeedStatus | None,
        wanted: Wanted,
        with_surface: bool,
    ) -> list[Document]:
        loaded = load_quotes(quotes, layout, prices, at)
        if loaded is None:
            return []
        data = loaded.data
        values = value_chain(
            loaded.columns, as_of_us=as_of_microseconds(data), assumed_rate=self._assumed_rate
        )
        chain = ValuedChain(loaded, values)
        open_ = is_open(self._specs, data)
        status: Any = told_status(feed, feed_status(data, is_open=open_), open_=open_)
        indices = [
            index
            for index, expiry in enumerate(values.expiries)
            if wanted is None or chain_topic(data.root, expiry.terms.expiry) in wanted
        ]
        documents = [
            Document(chain_topic(data.root, answer["expiry"]), at, answer, {"rows": "strike"})
            for answer in chain_documents(chain, status, indices=indices, strikes=_EVERY_STRIKE)
        ]
        if wanted is None or expiries_topic(data.root) in wanted:
            listed = [
                {"expiry": each.terms.expiry, "expires_at": instant_of(each.terms.expires_at_us)}
                for each in values.expiries
            ]
            documents.append(Document(expiries_topic(data.root), at, {"items": listed}, None))
        if with_surface:
            documents.append(Document(surface_topic(data.root), at, raw_surface(chain), None))
        return documents

    def _prices(self, quotes: RootQuotes, underlyings: Sequence[str]) -> dict[str, PriceAt]:
        """The newest prices of what the options are on, be it of this root or of another."""
        books: dict[str | None, RootQuotes | None] = {quotes.key.root: quotes, None: None}
        found: dict[str, PriceAt] = {}
        for symbol in underlyings:
            root = _root_of(symbol)
            if root is not None and root not in books:
                books[root] = self._book.copy(RootKey(quotes.key.source, root))
            price = _price_in(books[root], symbol)
            if price is not None:
                found[symbol] = price
        return found


def load_quotes(
    quotes: RootQuotes, layout: _Layout, prices: Mapping[str, PriceAt], at: datetime
) -> LoadedChain | None:
    """Return what is quoted of the expiries that have not passed, as the store would; `None` for nothing."""
    ts_us = quotes.ts_us[layout.places]
    newest = np.zeros(len(layout.expiries), np.int64)
    np.maximum.at(newest, layout.expiry_index, ts_us)
    if not newest.any():
        return None
    data = _root_data(quotes.key, layout, newest, at)
    still_open = {each.expiry for each in data.open_expiries()}
    wanted = np.array([expiry in still_open for expiry in layout.expiries], np.bool_)
    known = (ts_us > 0) & (ts_us > newest[layout.expiry_index] - _LOOK_BACK_US) & wanted[layout.expiry_index]
    kept = np.flatnonzero(known)
    if not kept.size:
        return None
    present, index = np.unique(layout.expiry_index[kept], return_inverse=True)
    rows = _rows(quotes, layout, kept, ts_us)
    terms = tuple(
        terms_of(
            data,
            layout.expiries[each],
            layout.terms[layout.expiries[each]],
            prices.get(layout.terms[layout.expiries[each]].underlying or ""),
            instant_of(int(newest[each])),
        )
        for each in present.tolist()
    )
    return LoadedChain(data, rows, chain_columns(rows, index, terms, data))


def _rows(quotes: RootQuotes, layout: _Layout, kept: Places, ts_us: Ints) -> pa.Table:
    places = layout.places[kept]
    fixed = layout.fixed if kept.size == layout.places.size else layout.fixed.take(kept)
    columns: dict[str, Any] = {name: fixed[name] for name in fixed.column_names}
    columns["ts"] = pa.array(ts_us[kept]).cast(pa.timestamp("us"))
    for name in _STORED_NUMBERS:
        columns[name] = pa.array(quotes.columns[name][places], pa.float64(), from_pandas=True)
    return pa.table(columns)


def _root_data(key: RootKey, layout: _Layout, newest: Ints, at: datetime) -> RootData:
    stored = [
        StoredExpiry(key.source, key.root, expiry, seen, seen)
        for expiry, ts_us in zip(layout.expiries, newest.tolist(), strict=True)
        if ts_us and (seen := instant_of(ts_us))
    ]
    terms = {(key.source, key.root, expiry): row for expiry, row in layout.terms.items()}
    return root_data(key.root, stored, terms, at=at, as_of=None)


def _laid_out(quotes: RootQuotes) -> _Layout:
    options = sorted(
        (each.expiry, each.strike, each.right.value, place)
        for place, each in enumerate(quotes.instruments)
        if each.kind is Kind.OPTION
        and each.expiry is not None
        and each.strike is not None
        and isfinite(each.strike)
        and each.right is not None
    )
    places = np.array([place for *_, place in options], np.intp)
    dates = [expiry for expiry, *_ in options]
    expiries = tuple(dict.fromkeys(dates))
    number = {expiry: index for index, expiry in enumerate(expiries)}
    chosen = [quotes.instruments[place] for place in places.tolist()]
    kinds = {each.symbol: each.kind.value for each in quotes.instruments}
    terms = {expiry: _terms(expiry, list(group), kinds) for expiry, group in groupby(chosen, _expiry_of)}
    fixed = pa.table(
        {
            "symbol": pa.array([each.symbol for each in chosen], pa.string()),
            "expiry": pa.array(dates, pa.date32()),
            "strike": pa.array([each.strike for each in chosen], pa.float64()),
            "right": pa.array([right for _, _, right, _ in options], pa.string()),
            "underlying_kind": pa.array(["forward"] * len(chosen), pa.string()),
        }
    )
    return _Layout(
        places=places,
        expiries=expiries,
        expiry_index=np.array([number[expiry] for expiry in dates], np.int64),
        fixed=fixed,
        terms=terms,
        underlyings=tuple(
            dict.fromkeys(row.underlying for row in terms.values() if row.underlying is not None)
        ),
    )


def _expiry_of(instrument: Instrument) -> date:
    assert instrument.expiry is not None
    return instrument.expiry


def _terms(expiry: date, options: Sequence[Instrument], kinds: Mapping[str, str]) -> OptionTermsRow:
    """What the instruments of one expiry have in common, chosen as the store does."""

    def largest(name: str) -> Any:
        return max((value for each in options if (value := getattr(each, name)) is not None), default=None)

    # A name that cannot be read names nothing: it must not take the whole expiry with it.
    known = {each.underlying for each in options if each.underlying and _root_of(each.underlying)}
    underlying = max(known, default=None)
    return OptionTermsRow(
        expiry=expiry,
        expires_at=largest("expires_at"),
        underlying=underlying,
        underlying_kind=kinds.get(underlying) if underlying else None,
        exercise=largest("exercise"),
        multiplier=largest("multiplier"),
        tick=min((each.tick for each in options if each.tick is not None), default=None),
        currency=largest("currency"),
        exchange=largest("exchange"),
        time_zone=largest("time_zone"),
        inverse=any(each.inverse for each in options),
        contracts=len(options),
    )


def _is_ours(topic: str) -> bool:
    return topic.startswith(("chain:", "expiries:", "surface:"))


def _root_of(symbol: str) -> str | None:
    try:
        return parse_symbol(symbol).root
    except BadSymbol:
        return None


def _price_in(quotes: RootQuotes | None, symbol: str) -> PriceAt | None:
    if quotes is None:
        return None
    place = next((i for i, each in enumerate(quotes.instruments) if each.symbol == symbol), None)
    if place is None or not quotes.ts_us[place]:
        return None
    numbers = [float(quotes.columns[name][place]) for name in ("bid", "ask", "last", "mark")]
    bid, ask, last, mark = (None if np.isnan(each) else each for each in numbers)
    return PriceAt(instant_of(int(quotes.ts_us[place])), bid, ask, last, mark)
