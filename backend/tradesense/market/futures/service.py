"""The futures desk: products, contracts, quotes, term structures and spreads at any instant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations, pairwise

from tradesense.instruments import ContractSpec, SpecBook
from tradesense.market.futures import answers, schemas
from tradesense.market.futures.errors import NoData
from tradesense.market.futures.states import ContractState, load_states
from tradesense.market.history import Coverage, Reader, pick_source
from tradesense.market.history.futures import (
    ContractRow,
    StoredProduct,
    fetch_contracts,
    fetch_products,
    find_symbols,
)
from tradesense.market.history.sources import fetch_coverage_by_symbol


class FuturesService:
    """Answers from what is stored; every answer is for one instant, `as_of` or now."""

    def __init__(self, reader: Reader, specs: SpecBook) -> None:
        self._reader = reader
        self._specs = specs

    def instant(self, as_of: datetime | None) -> datetime:
        return self._reader.instant(as_of)

    async def list_products(
        self, *, as_of: datetime | None, source: str | None
    ) -> list[schemas.FuturesProduct]:
        """Return every product with stored futures by then, each from one source, by root."""
        at = self.instant(as_of)
        stored = await fetch_products(self._reader, at=at, source=None)
        chosen = _one_source_each([each for each in stored if source in (None, each.source)], as_of)
        contracts = await self._contracts(chosen, at)
        fronts = {each.root: answers.front_of(contracts[each.root]) for each in chosen}
        wanted = [contract for contract in fronts.values() if contract is not None]
        states = {
            state.contract.root: state for state in await load_states(self._reader, self._specs, wanted, at)
        }

        def entry(product: StoredProduct) -> schemas.FuturesProduct:
            front = [states[product.root]] if product.root in states else []
            status = self._status(product, front, at)
            fields = answers.product_fields(
                product, self._spec(product), contracts[product.root], front, status
            )
            return schemas.FuturesProduct(**fields, sources=_sources_of(stored, product.root))

        return [entry(each) for each in chosen]

    async def get_product(
        self, root: str, *, as_of: datetime | None, source: str | None
    ) -> schemas.FuturesProductDetail:
        """Return one product and its contracts that live at `as_of`. Raises `NoData`."""
        at = self.instant(as_of)
        stored = await fetch_products(self._reader, at=at, source=None, root=root)
        product = _choose(stored, root, as_of, source)
        contracts = (await self._contracts([product], at))[root]
        states = await load_states(self._reader, self._specs, contracts, at)
        return answers.product_detail(
            product,
            self._spec(product),
            states,
            sources=_sources_of(stored, root),
            at=at,
            status=self._status(product, states, at),
        )

    async def get_quotes(
        self, symbols: Sequence[str], *, as_of: datetime | None, source: str | None
    ) -> schemas.QuotesAnswer:
        """Return the newest quote of each symbol, in their order; one without data has no source."""
        at = self.instant(as_of)
        covered = await fetch_coverage_by_symbol(self._reader, symbols)
        sources = {
            symbol: pick_source(
                [each for each in spans if source in (None, each.source) and each.first_ts <= at], as_of
            )
            for symbol, spans in covered.items()
        }
        rows = await find_symbols(self._reader, symbols)
        chosen = [row for row in rows if sources.get(row.symbol) == row.source]
        states = {
            state.contract.symbol: state for state in await load_states(self._reader, self._specs, chosen, at)
        }
        return schemas.QuotesAnswer(
            as_of=at,
            items=[
                answers.quote_of(states[symbol]) if symbol in states else answers.no_quote(symbol)
                for symbol in symbols
            ],
        )

    async def get_curve(
        self,
        root: str,
        *,
        as_of: datetime | None,
        compare: Sequence[datetime] = (),
        source: str | None,
    ) -> schemas.CurveAnswer:
        """Return the term structure at `as_of` and at the instants of `compare`. Raises `NoData`."""
        product = await self._find_product(root, as_of, source)
        now = await self._curve(product, self.instant(as_of))
        others = [await self._curve(product, instant) for instant in compare if product.first_ts <= instant]
        return answers.curve_answer(root, self._spec(product), now, others)

    async def get_spreads(
        self,
        root: str,
        *,
        as_of: datetime | None,
        source: str | None,
        kind: schemas.SpreadKind | None,
        every_pair: bool = False,
    ) -> schemas.SpreadsAnswer:
        """Return calendar spreads and butterflies of neighbours, or of all pairs. Raises `NoData`."""
        at = self.instant(as_of)
        product = await self._find_product(root, as_of, source)
        contracts = (await self._contracts([product], at))[root]
        states = await load_states(
            self._reader, self._specs, [each for each in contracts if each.expiry is not None], at
        )
        items: list[schemas.Spread] = []
        if kind in (None, schemas.SpreadKind.CALENDAR):
            pairs: Iterable[tuple[ContractState, ContractState]] = (
                combinations(states, 2) if every_pair else pairwise(states)
            )
            items += [answers.spread_of(schemas.SpreadKind.CALENDAR, pair, (1, -1)) for pair in pairs]
        if kind in (None, schemas.SpreadKind.BUTTERFLY):
            triples = zip(states, states[1:], states[2:], strict=False)
            items += [
                answers.spread_of(schemas.SpreadKind.BUTTERFLY, triple, (1, -2, 1)) for triple in triples
            ]
        return schemas.SpreadsAnswer(
            root=root, as_of=at, source=product.source, status=self._status(product, states, at), items=items
        )

    async def _find_product(self, root: str, as_of: datetime | None, source: str | None) -> StoredProduct:
        stored = await fetch_products(self._reader, at=self.instant(as_of), source=source, root=root)
        return _choose(stored, root, as_of, source)

    async def _contracts(
        self, products: Sequence[StoredProduct], at: datetime
    ) -> dict[str, list[ContractRow]]:
        rows = await fetch_contracts(
            self._reader, at=at, roots=[(each.root, each.source) for each in products]
        )
        return {each.root: [row for row in rows if row.root == each.root] for each in products}

    async def _curve(self, product: StoredProduct, at: datetime) -> schemas.Curve:
        contracts = (await self._contracts([product], at))[product.root]
        spots = [
            row
            for row in await find_symbols(self._reader, [product.root])
            if row.source == product.source and row.kind in ("index", "equity")
        ]
        states = await load_states(self._reader, self._specs, [*spots, *contracts], at)
        return answers.curve_of(product.source, states, at=at, status=self._status(product, states, at))

    def _spec(self, product: StoredProduct) -> ContractSpec | None:
        return self._specs.find(product.root, product.source)

    def _status(self, product: StoredProduct, states: Iterable[ContractState], at: datetime) -> str:
        return answers.market_status(product, self._spec(product), states, at)


def _one_source_each(stored: Iterable[StoredProduct], as_of: datetime | None) -> list[StoredProduct]:
    """Choose among the sources with living contracts; one with none answers only where all have none."""
    by_root: dict[str, dict[str, StoredProduct]] = {}
    for each in stored:
        by_root.setdefault(each.root, {})[each.source] = each
    chosen = []
    for sources in by_root.values():
        quoting = [each for each in sources.values() if each.has_contracts] or list(sources.values())
        spans = [Coverage(each.source, each.first_ts, each.last_ts) for each in quoting]
        name = pick_source(spans, as_of)
        if name is not None:
            chosen.append(sources[name])
    return chosen


def _choose(
    stored: Sequence[StoredProduct], root: str, as_of: datetime | None, source: str | None
) -> StoredProduct:
    wanted = [each for each in stored if source in (None, each.source)]
    chosen = _one_source_each(wanted, as_of)
    if not chosen:
        raise NoData(f"There is no futures data of {root}" + (f" of {source}." if source else "."))
    return chosen[0]


def _sources_of(stored: Sequence[StoredProduct], root: str) -> list[str]:
    return sorted({each.source for each in stored if each.root == root})
