"""The futures desk's documents of one root, of what is quoted now before what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from tradesense.instruments import ContractSpec, Kind, SpecBook
from tradesense.market.futures import answers
from tradesense.market.futures.states import ContractState, is_open
from tradesense.market.history.futures import ContractRow, QuoteRow, StoredProduct
from tradesense.market.live.background import Background, Backgrounds, contract_of
from tradesense.market.live.instants import instant_of
from tradesense.market.live.quotes import QUOTE_COLUMNS, FeedStatus
from tradesense.market.live.topics import board_topic, curve_topic, quotes_topic
from tradesense.market.live.views import Document, Layouts, Make, RootKey, RootQuotes, Wanted

_QUOTED = (Kind.FUTURE, Kind.PERPETUAL, Kind.INDEX, Kind.EQUITY)
_SPOT = (Kind.INDEX, Kind.EQUITY)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a root's contracts stand among its instruments: the spot, a perpetual, then by expiry."""

    contracts: tuple[ContractRow, ...]
    places: tuple[int, ...]


class FuturesView:
    """Board, curve and quotes. Waits for the first reading of the store, then never again."""

    def __init__(self, specs: SpecBook, backgrounds: Backgrounds) -> None:
        self._specs = specs
        self._backgrounds = backgrounds
        self._layouts = Layouts(_laid_out)

    def prepare(
        self, quotes: RootQuotes, at: datetime, feed: FeedStatus | None, wanted: Wanted = None
    ) -> Make | None:
        """Return what makes the documents; `None` until the store was read once."""
        layout = self._layouts.of(quotes)
        if not layout.contracts or (wanted is not None and not any(map(_is_ours, wanted))):
            return list
        background = self._backgrounds.get(quotes.key, layout.contracts, at)
        if background is None:
            return None
        spec = self._specs.find(quotes.key.root, quotes.key.source)
        return lambda: documents_of(quotes, layout, background, spec, at, feed, wanted)


def documents_of(
    quotes: RootQuotes,
    layout: _Layout,
    background: Background,
    spec: ContractSpec | None,
    at: datetime,
    feed: FeedStatus | None,
    wanted: Wanted = None,
) -> list[Document]:
    """Return the quotes of each contract that lives, and the board and curve where there are futures."""
    root, source = quotes.key.root, quotes.key.source
    states = [
        _state(quotes, place, contract, background, at)
        for contract, place in zip(layout.contracts, layout.places, strict=True)
        if _lives(contract, at)
    ]
    documents = [
        Document(quotes_topic(state.contract.symbol), at, answers.quote_of(state).model_dump())
        for state in states
        if wanted is None or quotes_topic(state.contract.symbol) in wanted
    ]
    futures = [state for state in states if state.contract.kind not in _SPOT]
    if not futures or (wanted is not None and not {board_topic(root), curve_topic(root)} & set(wanted)):
        return documents
    product = _product(quotes.key, background, futures, at)
    status = _status(product, spec, futures, at, feed)
    board = answers.product_detail(
        product,
        spec,
        futures,
        sources=sorted({*background.sources, source}),
        at=at,
        status=status,
    )
    curve = answers.curve_of(source, states, at=at, status=_status(product, spec, states, at, feed))
    whole = answers.curve_answer(root, spec, curve, ())
    return [
        *documents,
        Document(board_topic(root), at, board.model_dump(), {"contracts": "symbol"}),
        Document(curve_topic(root), at, whole.model_dump(), {"points": "symbol"}),
    ]


def _is_ours(topic: str) -> bool:
    return topic.startswith(("quotes:", "board:", "curve:"))


def told_status(feed: FeedStatus | None, by_age: str, *, open_: bool | None) -> str:
    """Name how fresh data is: what the feed says of itself, by its age where there is no feed.

    That the exchange is closed is said before that a feed is silent: silence is then as it should be.
    """
    if feed is None:
        return by_age
    return FeedStatus.CLOSED.value if open_ is False else feed.value


def _status(
    product: StoredProduct,
    spec: ContractSpec | None,
    states: Sequence[ContractState],
    at: datetime,
    feed: FeedStatus | None,
) -> str:
    return told_status(feed, answers.market_status(product, spec, states, at), open_=is_open(spec, at))


def _laid_out(quotes: RootQuotes) -> _Layout:
    root = quotes.key.root
    found = [
        (place, contract_of(each))
        for place, each in enumerate(quotes.instruments)
        if each.kind in _QUOTED and (each.kind not in _SPOT or each.symbol == root)
    ]
    found.sort(key=lambda pair: (pair[1].kind not in _SPOT, pair[1].expiry or date.min, pair[1].symbol))
    return _Layout(tuple(contract for _, contract in found), tuple(place for place, _ in found))


def _lives(contract: ContractRow, at: datetime) -> bool:
    if contract.expires_at is not None:
        return contract.expires_at > at
    if contract.expiry is None:
        return True
    return datetime.combine(contract.expiry, time(), UTC) + timedelta(days=1) > at


def _state(
    quotes: RootQuotes, place: int, contract: ContractRow, background: Background, at: datetime
) -> ContractState:
    stored = background.states.get(contract.symbol)
    state = (
        replace(stored, contract=contract, at=at)
        if stored is not None
        else ContractState(contract, at, None, None, None, ())
    )
    newest = _quote_row(quotes, place)
    if newest is not None and (state.quote is None or newest.ts >= state.quote.ts):
        state = replace(state, quote=newest)
    complete = _complete_row(quotes, place)
    if complete is not None and (state.two_sided is None or complete.ts >= state.two_sided.ts):
        state = replace(state, two_sided=complete)
    return state


def _quote_row(quotes: RootQuotes, place: int) -> QuoteRow | None:
    ts_us = int(quotes.ts_us[place])
    if not ts_us:
        return None
    return QuoteRow(
        instant_of(ts_us), **{name: _number(quotes.columns[name][place]) for name in QUOTE_COLUMNS}
    )


def _complete_row(quotes: RootQuotes, place: int) -> QuoteRow | None:
    two = quotes.two_sided
    ts_us = int(two.ts_us[place])
    if not ts_us:
        return None
    bid, ask = float(two.bid[place]), float(two.ask[place])
    return QuoteRow(instant_of(ts_us), bid, ask, None, None, None, None, None, None)


def _product(
    key: RootKey, background: Background, states: Sequence[ContractState], at: datetime
) -> StoredProduct:
    times = [state.ts for state in states if state.ts is not None]
    known = [each for each in (background.first_ts, background.last_ts) if each is not None]
    return StoredProduct(
        root=key.root,
        source=key.source,
        first_ts=min([*known, *times], default=at),
        last_ts=max([*known, *times], default=at),
        has_contracts=True,
    )


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
