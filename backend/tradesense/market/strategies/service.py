"""The strategies desk: gathers the legs' chains and quotes, and says what the whole is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import anyio
import anyio.to_thread
import orjson

from tradesense.instruments import BadSymbol, Kind, ParsedSymbol, SpecBook, parse_symbol
from tradesense.market.futures.merging import merge_quotes
from tradesense.market.futures.schemas import FuturesQuote
from tradesense.market.futures.service import FuturesService
from tradesense.market.history import Reader
from tradesense.market.history.futures import find_symbols
from tradesense.market.options import OptionsDesk
from tradesense.market.options.errors import UnknownExpiry, UnknownUnderlying
from tradesense.market.options.service import Question
from tradesense.market.present import Present
from tradesense.market.strategies.errors import MixedUnderlyings, NotALeg, ReversedRange
from tradesense.market.strategies.loading import Document, LoadedLeg, load_future, load_option
from tradesense.market.strategies.schemas import StrategyQuestion
from tradesense.market.strategies.views import strategy_answer
from tradesense.web.formats import Format, encode_json
from tradesense.web.kept_answers import KeptAnswers

Chains = Mapping[date, Document]


class StrategiesDesk:
    """Values strategies with the chains of the options desk and the quotes of the futures desk."""

    def __init__(
        self, reader: Reader, specs: SpecBook, present: Present, options: OptionsDesk, kept: KeptAnswers
    ) -> None:
        self._reader = reader
        self._specs = specs
        self._present = present
        self._options = options
        self._kept = kept
        self._futures = FuturesService(reader, specs)

    async def evaluate(self, question: StrategyQuestion) -> bytes:
        """Return the encoded answer.

        Raises `NotALeg` for a symbol that is none or a quantity of zero, `MixedUnderlyings` for legs of
        several underlyings, `ReversedRange` for a grid upside down. A leg that is not listed, has expired or
        has no price is told by its status.
        """
        symbols = [_parse(leg.symbol, place) for place, leg in enumerate(question.legs)]
        _check(question, symbols)
        root = _root_of(symbols)
        chains = await self._chains(root, symbols, question)
        quotes = await self._quotes(symbols, chains, question)
        rows = {row.symbol: row for row in await self._rows(symbols, quotes)}

        def work() -> bytes:
            loaded = [
                load_option(asked, symbol, chains.get(symbol.expiry) if symbol.expiry else None, self._specs)
                if symbol.kind is Kind.OPTION
                else load_future(asked, symbol, quotes.get(symbol.text), rows.get(symbol.text), self._specs)
                for asked, symbol in zip(question.legs, symbols, strict=True)
            ]
            _check_underlyings(root, loaded)
            head = _head(root, chains, loaded, self._specs)
            return encode_json(strategy_answer(loaded, head, self._instant(chains, question), question))

        return await anyio.to_thread.run_sync(work)

    async def _chains(self, root: str, symbols: Sequence[ParsedSymbol], question: StrategyQuestion) -> Chains:
        wanted = sorted({each.expiry for each in symbols if each.kind is Kind.OPTION and each.expiry})
        asked = Question(root, question.as_of, question.source)
        found: dict[date, Document] = {}

        async def fetch(expiry: date) -> None:
            try:
                answer = await self._options.chain(asked, expiry=expiry, strikes="all", format_=Format.JSON)
            except (UnknownExpiry, UnknownUnderlying):
                return
            found[expiry] = await anyio.to_thread.run_sync(orjson.loads, answer.body)

        async with anyio.create_task_group() as group:
            for expiry in wanted:
                group.start_soon(fetch, expiry)
        return found

    async def _quotes(
        self, symbols: Sequence[ParsedSymbol], chains: Chains, question: StrategyQuestion
    ) -> Mapping[str, FuturesQuote]:
        wanted = list(dict.fromkeys(each.text for each in symbols if each.kind is not Kind.OPTION))
        if not wanted:
            return {}
        source = next((chain["source"] for chain in chains.values()), question.source)
        answer = await merge_quotes(self._futures, self._present, self._kept, wanted, question.as_of, source)
        return {quote.symbol: quote for quote in answer.items}

    async def _rows(
        self, symbols: Sequence[ParsedSymbol], quotes: Mapping[str, FuturesQuote]
    ) -> Sequence[Any]:
        wanted = [each.text for each in symbols if each.kind is not Kind.OPTION]
        found = await find_symbols(self._reader, wanted) if wanted else []
        return [row for row in found if row.symbol in quotes and row.source == quotes[row.symbol].source]

    def _instant(self, chains: Chains, question: StrategyQuestion) -> datetime:
        told = [datetime.fromisoformat(chain["as_of"]) for chain in chains.values()]
        return max(told) if told else self._reader.instant(question.as_of)


def _parse(text: str, place: int) -> ParsedSymbol:
    try:
        return parse_symbol(text)
    except BadSymbol:
        raise NotALeg("This is no canonical symbol.", field=f"body.legs.{place}.symbol") from None


def _check(question: StrategyQuestion, symbols: Sequence[ParsedSymbol]) -> None:
    for place, leg in enumerate(question.legs):
        if leg.quantity == 0:
            raise NotALeg("A leg has at least one contract.", field=f"body.legs.{place}.quantity")
    roots = {each.root for each in symbols if each.kind is Kind.OPTION}
    if len(roots) > 1:
        raise MixedUnderlyings(
            f"The options are of {' and '.join(sorted(roots))}; a strategy has one underlying.",
            field="body.legs",
        )
    grid = question.grid
    if grid.low is not None and grid.high is not None and not grid.low < grid.high:
        raise ReversedRange("`low` is not below `high`.", field="body.grid.low")


def _root_of(symbols: Sequence[ParsedSymbol]) -> str:
    options = (each.root for each in symbols if each.kind is Kind.OPTION)
    return next(options, symbols[0].root)


def _check_underlyings(root: str, loaded: Sequence[LoadedLeg]) -> None:
    """A future or share among the legs is of the options' root, or of what they are on."""
    known = {root}
    for leg in loaded:
        underlying = leg.shown.get("underlying_symbol")
        if underlying:
            known.add(parse_symbol(underlying).root)
    for place, leg in enumerate(loaded):
        if leg.symbol.kind is not Kind.OPTION and leg.symbol.root not in known:
            raise MixedUnderlyings(
                f"{leg.symbol.text} is not what the others are on ({', '.join(sorted(known))}).",
                field=f"body.legs.{place}.symbol",
            )


def _head(root: str, chains: Chains, loaded: Sequence[LoadedLeg], specs: SpecBook) -> dict[str, Any]:
    chain = next(iter(chains.values()), None)
    if chain is not None:
        return {
            "underlying": root,
            "currency": chain["currency"],
            "price_currency": chain["price_currency"],
        }
    source = next((leg.shown.get("source") for leg in loaded if leg.shown.get("source")), None)
    spec = specs.find(root, source)
    currency = spec.currency if spec else None
    return {"underlying": root, "currency": currency, "price_currency": currency}
