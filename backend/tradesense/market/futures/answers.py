"""What the futures desk says of contracts whose states are known: products, quotes, curves, spreads; pure.

States come from the store or from the live book; the answers are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from tradesense.instruments import ContractSpec
from tradesense.market.futures import rules, schemas
from tradesense.market.futures.states import ContractState, is_open
from tradesense.market.history.futures import ContractRow, StoredProduct

_WORST_LAST = list(rules.QuoteStatus)


def market_status(
    product: StoredProduct, spec: ContractSpec | None, states: Iterable[ContractState], at: datetime
) -> str:
    """Say how fresh a product is by its newest row."""
    known = [state.ts for state in states if state.ts is not None]
    if product.last_ts <= at:
        known.append(product.last_ts)
    newest = max(known, default=None)
    age = None if newest is None else at - newest
    return rules.market_status(age, is_open=is_open(spec, at)).value


def product_fields(
    product: StoredProduct,
    spec: ContractSpec | None,
    contracts: Sequence[ContractRow],
    states: Sequence[ContractState],
    status: str,
) -> dict[str, object]:
    """Return what a product's entry and its detail have in common; the front's state may be all there is."""
    front = front_of(contracts)
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
        "status": status,
        "contract_count": len(contracts),
        "front": _contract(state) if state else None,
    }


def product_detail(
    product: StoredProduct,
    spec: ContractSpec | None,
    states: Sequence[ContractState],
    *,
    sources: Sequence[str],
    at: datetime,
    status: str,
) -> schemas.FuturesProductDetail:
    """Return a product with all its contracts, in the order of their states."""
    contracts = [state.contract for state in states]
    return schemas.FuturesProductDetail(
        **product_fields(product, spec, contracts, states, status),
        sources=list(sources),
        as_of=at,
        contracts=[_contract(state) for state in states],
    )


def curve_of(source: str, states: Sequence[ContractState], *, at: datetime, status: str) -> schemas.Curve:
    """Return the term structure of one root's states, which may begin with its index or share."""
    dated = [state for state in states if state.contract.expiry is not None]
    points = [_point(state) for state in dated]
    found = _reference(states)
    shape = rules.curve_shape(points)
    figures = rules.curve_figures(points, _point(found[1]) if found else None)
    return schemas.Curve(
        as_of=at,
        source=source,
        status=status,
        reference=_reference_field(found),
        shape=shape[0].value if shape else None,
        shape_pct=shape[1] if shape else None,
        shape_pct_annualised=shape[2] if shape else None,
        points=[
            _curve_point(state, point, each)
            for state, point, each in zip(dated, points, figures, strict=True)
        ],
    )


def curve_answer(
    root: str, spec: ContractSpec | None, now: schemas.Curve, compare: Sequence[schemas.Curve]
) -> schemas.CurveAnswer:
    """Return a term structure with those to lay over it; one without points is left out."""
    return schemas.CurveAnswer(
        **dict(now),
        root=root,
        currency=spec.currency if spec else None,
        compare=[each for each in compare if each.points],
    )


def front_of(contracts: Sequence[ContractRow]) -> ContractRow | None:
    dated = (contract for contract in contracts if contract.expiry is not None)
    return next(dated, contracts[0] if contracts else None)


def age_ms(ts: datetime | None, at: datetime) -> int | None:
    """Return how many milliseconds ago `ts` was."""
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
        quote_age_ms=age_ms(price.ts if price else None, state.at),
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
            "quote": quote_of(state),
        }
    )


def quote_of(state: ContractState) -> schemas.FuturesQuote:
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
        quote_age_ms=age_ms(state.ts, state.at),
        status=state.status.value,
    )


def no_quote(symbol: str) -> schemas.FuturesQuote:
    nothing = dict.fromkeys(schemas.FuturesQuote.model_fields)
    return schemas.FuturesQuote.model_validate({**nothing, "symbol": symbol, "status": "no_quote"})


def spread_of(
    kind: schemas.SpreadKind, states: Sequence[ContractState], ratios: Sequence[int]
) -> schemas.Spread:
    legs = [
        schemas.SpreadLeg(
            symbol=state.contract.symbol,
            ratio=ratio,
            bid=state.quote.bid if state.quote else None,
            ask=state.quote.ask if state.quote else None,
            quote_age_ms=age_ms(state.quote.ts if state.quote else None, state.at),
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
