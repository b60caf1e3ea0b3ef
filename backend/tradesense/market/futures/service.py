"""The futures desk: products, contracts, quotes, term structures and spreads at any instant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import combinations, pairwise

from tradesense.instruments import SpecBook
from tradesense.market.futures import rules, schemas
from tradesense.market.futures.errors import NoData
from tradesense.market.futures.states import ContractState, is_open, load_states
from tradesense.market.history import Coverage, Reader, pick_source
from tradesense.market.history.futures import (
    ContractRow,
    StoredProduct,
    fetch_contracts,
    fetch_products,
    find_symbols,
)
from tradesense.market.history.sources import fetch_coverage_by_symbol

_WORST_LAST = list(rules.QuoteStatus)


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
        fronts = {each.root: _front(contracts[each.root]) for each in chosen}
        wanted = [contract for contract in fronts.values() if contract is not None]
        states = {
            state.contract.root: state for state in await load_states(self._reader, self._specs, wanted, at)
        }
        return [
            schemas.FuturesProduct(
                **self._product_fields(
                    each, contracts[each.root], [states[each.root]] if each.root in states else [], at
                ),
                sources=_sources_of(stored, each.root),
            )
            for each in chosen
        ]

    async def get_product(
        self, root: str, *, as_of: datetime | None, source: str | None
    ) -> schemas.FuturesProductDetail:
        """Return one product and its contracts that live at `as_of`. Raises `NoData`."""
        at = self.instant(as_of)
        stored = await fetch_products(self._reader, at=at, source=None, root=root)
        product = _choose(stored, root, as_of, source)
        contracts = (await self._contracts([product], at))[root]
        states = await load_states(self._reader, self._specs, contracts, at)
        return schemas.FuturesProductDetail(
            **self._product_fields(product, contracts, states, at),
            sources=_sources_of(stored, root),
            as_of=at,
            contracts=[_contract(state) for state in states],
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
            items=[_quote(states[symbol]) if symbol in states else _no_quote(symbol) for symbol in symbols],
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
        spec = self._specs.find(root, product.source)
        return schemas.CurveAnswer(
            **dict(now),
            root=root,
            currency=spec.currency if spec else None,
            compare=[each for each in others if each.points],
        )

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
            items += [_spread(schemas.SpreadKind.CALENDAR, pair, (1, -1)) for pair in pairs]
        if kind in (None, schemas.SpreadKind.BUTTERFLY):
            triples = zip(states, states[1:], states[2:], strict=False)
            items += [_spread(schemas.SpreadKind.BUTTERFLY, triple, (1, -2, 1)) for triple in triples]
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
        dated = [state for state in states if state.contract.expiry is not None]
        points = [_point(state) for state in dated]
        found = _reference(states)
        shape = rules.curve_shape(points)
        figures = rules.curve_figures(points, _point(found[1]) if found else None)
        return schemas.Curve(
            as_of=at,
            source=product.source,
            status=self._status(product, states, at),
            reference=_reference_field(found),
            shape=shape[0].value if shape else None,
            shape_pct=shape[1] if shape else None,
            shape_pct_annualised=shape[2] if shape else None,
            points=[
                _curve_point(state, point, each)
                for state, point, each in zip(dated, points, figures, strict=True)
            ],
        )

    def _product_fields(
        self,
        product: StoredProduct,
        contracts: Sequence[ContractRow],
        states: Sequence[ContractState],
        at: datetime,
    ) -> dict[str, object]:
        spec = self._specs.find(product.root, product.source)
        front = _front(contracts)
        state = next((each for each in states if each.contract is front), None)
        return {
            "root": product.root,
            "name": spec.name if spec else None,
            "sector": spec.sector if spec else None,
            "exchange": spec.exchange if spec else front and front.exchange,
            "currency": spec.currency if spec else front and front.currency,
            "multiplier": front.multiplier if front else spec and spec.multiplier,
            "tick": front.tick if front else spec and spec.main_tick,
            "time_zone": spec.time_zone if spec else front and front.time_zone,
            "source": product.source,
            "first_ts": product.first_ts,
            "last_ts": product.last_ts,
            "status": self._status(product, states, at),
            "contract_count": len(contracts),
            "front": _contract(state) if state else None,
        }

    def _status(self, product: StoredProduct, states: Iterable[ContractState], at: datetime) -> str:
        known = [state.ts for state in states if state.ts is not None]
        if product.last_ts <= at:
            known.append(product.last_ts)
        newest = max(known, default=None)
        age = None if newest is None else at - newest
        return rules.market_status(
            age, is_open=is_open(self._specs.find(product.root, product.source), at)
        ).value


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


def _front(contracts: Sequence[ContractRow]) -> ContractRow | None:
    dated = (contract for contract in contracts if contract.expiry is not None)
    return next(dated, contracts[0] if contracts else None)


def _age_ms(ts: datetime | None, at: datetime) -> int | None:
    return None if ts is None else max(0, (at - ts) // timedelta(milliseconds=1))


def _years(state: ContractState) -> float | None:
    ends = state.contract.expires_at
    return None if ends is None else rules.years_between(state.at, ends)


def _point(state: ContractState) -> rules.CurvePoint:
    years = 0.0 if state.contract.expiry is None else _years(state)
    return rules.CurvePoint(years, state.price.value if state.price else None)


def _reference(states: Sequence[ContractState]) -> tuple[str, ContractState] | None:
    for name, kinds in (("spot", ("index", "equity")), ("perpetual", ("perpetual",)), ("front", ("future",))):
        for state in states:
            if state.contract.kind in kinds and state.price is not None:
                return name, state
    return None


def _reference_field(found: tuple[str, ContractState] | None) -> schemas.CurveReference | None:
    if found is None:
        return None
    price = found[1].price
    assert price is not None
    return schemas.CurveReference.model_validate(
        {"symbol": found[1].contract.symbol, "kind": found[0], "price": price.value}
    )


def _curve_point(
    state: ContractState, point: rules.CurvePoint, figures: rules.CurveFigures
) -> schemas.CurvePoint:
    price, quote = state.price, state.quote
    return schemas.CurvePoint(
        symbol=state.contract.symbol,
        expiry=state.contract.expiry,
        expires_at=state.contract.expires_at,
        expiry_years=point.years,
        price=point.price,
        price_kind=price.kind.value if price else None,
        bid=quote.bid if quote else None,
        ask=quote.ask if quote else None,
        volume=state.volume,
        open_interest=state.open_interest,
        basis=figures.basis,
        basis_pct=figures.basis_pct,
        basis_annualised=figures.basis_annualised,
        roll_yield_annualised=figures.roll_yield_annualised,
        ts=price.ts if price else None,
        quote_age_ms=_age_ms(price.ts if price else None, state.at),
        status=state.status.value,
    )


def _contract(state: ContractState) -> schemas.FuturesContract:
    contract = state.contract
    left = None if contract.expires_at is None else (contract.expires_at - state.at) / timedelta(days=1)
    return schemas.FuturesContract.model_validate(
        {
            "symbol": contract.symbol,
            "source_symbol": contract.source_symbol,
            "kind": contract.kind,
            "expiry": contract.expiry,
            "expires_at": contract.expires_at,
            "days_to_expiry": left,
            "first_notice": contract.first_notice,
            "last_trade": contract.last_trade,
            "quote": _quote(state),
        }
    )


def _quote(state: ContractState) -> schemas.FuturesQuote:
    quote, price, last, before = state.quote, state.price, state.last, state.previous
    change = None if price is None or before is None else round(price.value - before[0], 10)
    return schemas.FuturesQuote(
        symbol=state.contract.symbol,
        source=state.contract.source,
        bid=quote.bid if quote else None,
        ask=quote.ask if quote else None,
        bid_size=quote.bid_size if quote else None,
        ask_size=quote.ask_size if quote else None,
        last=last.value if last else None,
        last_ts=last.ts if last else None,
        price=price.value if price else None,
        price_kind=price.kind.value if price else None,
        previous=before[0] if before else None,
        previous_kind=before[1].value if before else None,
        change=change,
        change_pct=change / before[0] * 100 if change is not None and before and before[0] > 0 else None,
        volume=state.volume,
        open_interest=state.open_interest,
        ts=state.ts,
        quote_age_ms=_age_ms(state.ts, state.at),
        status=state.status.value,
    )


def _no_quote(symbol: str) -> schemas.FuturesQuote:
    nothing = dict.fromkeys(schemas.FuturesQuote.model_fields)
    return schemas.FuturesQuote.model_validate({**nothing, "symbol": symbol, "status": "no_quote"})


def _spread(
    kind: schemas.SpreadKind, states: Sequence[ContractState], ratios: Sequence[int]
) -> schemas.Spread:
    legs = [
        schemas.SpreadLeg(
            symbol=state.contract.symbol,
            ratio=ratio,
            bid=state.quote.bid if state.quote else None,
            ask=state.quote.ask if state.quote else None,
            quote_age_ms=_age_ms(state.quote.ts if state.quote else None, state.at),
        )
        for state, ratio in zip(states, ratios, strict=True)
    ]
    bid, ask = rules.spread_sides([(rules.Leg(leg.symbol, leg.bid, leg.ask), leg.ratio) for leg in legs])
    first, last = _years(states[0]), _years(states[-1])
    ages = [leg.quote_age_ms for leg in legs if leg.quote_age_ms is not None]
    return schemas.Spread(
        kind=kind,
        name="/".join(leg.symbol for leg in legs),
        legs=legs,
        bid=bid,
        ask=ask,
        mid=rules.mid_price(bid, ask),
        days=None if first is None or last is None else (last - first) * 365,
        quote_age_ms=max(ages) if len(ages) == len(legs) else None,
        status=max((state.status for state in states), key=_WORST_LAST.index).value,
    )
