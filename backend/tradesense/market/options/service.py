"""The options desk: chains, heatmaps, smiles and surfaces of what is stored, valued and encoded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import anyio
import anyio.to_thread
import orjson

from tradesense.instruments import SpecBook
from tradesense.market.history import Reader
from tradesense.market.history.options import StoredExpiry, fetch_option_terms, fetch_stored_expiries
from tradesense.market.options.analytics_answer import analytics_answer
from tradesense.market.options.encoding import encode_analytics, encode_chain, encode_surface
from tradesense.market.options.errors import (
    TooManyRows,
    UnknownExpiry,
    UnknownUnderlying,
)
from tradesense.market.options.gamma_exposure import Convention
from tradesense.market.options.iv_history import IvHistory
from tradesense.market.options.loading import (
    LoadedChain,
    RootData,
    as_of_microseconds,
    find_expiries,
    is_open,
    load_chain,
    load_root,
    root_data,
)
from tradesense.market.options.rules import StrikeFilter, StrikeRule, parse_strikes
from tradesense.market.options.schemas import FeedStatus, HeatmapSide, Metric, SurfaceModel
from tradesense.market.options.smile import SmileAxis, SmileFit
from tradesense.market.options.surface import raw_surface, smile_values, svi_surface
from tradesense.market.options.valuation import DeltaKind, Model, value_chain
from tradesense.market.options.views import (
    ValuedChain,
    feed_status,
    heatmap_answer,
    heatmap_of_chains,
    root_head,
    sliced_chain,
    underlying_item,
)
from tradesense.market.present import Present, PresentAnswer
from tradesense.web.formats import Format, encode_json
from tradesense.web.kept_answers import Answer, KeptAnswers

# The state that `change` compares with is at least this much older than the newest row.
_CHANGE_AGE = timedelta(hours=20)
_FRONT_AGE = timedelta(days=1)
_MOST_BINOMIAL_ROWS = 500


@dataclass(frozen=True, slots=True)
class Question:
    """What every view of one root is asked with; `None` leaves the choice to the desk."""

    root: str
    as_of: datetime | None = None
    source: str | None = None
    model: Model | None = None
    delta_kind: DeltaKind | None = None

    @property
    def is_of_the_present(self) -> bool:
        """Whether what is told of the present answers it."""
        return self.as_of is None and self.model is None and self.delta_kind is None


class OptionsDesk:
    """Answers questions about options as encoded bytes, each computed once per state.

    Methods raise `UnknownUnderlying` or `UnknownExpiry` for what is not stored at the instant asked for, and
    `TooManyRows` for more options than the binomial model values at once. `assumed_rate` (annual, continuous)
    discounts where the quotes do not imply a rate. Without an instant, a model or a kind of delta asked for,
    what is told of the present answers, where anything is.
    """

    def __init__(
        self,
        reader: Reader,
        specs: SpecBook,
        present: Present,
        kept: KeptAnswers,
        *,
        assumed_rate: float,
    ) -> None:
        self._reader = reader
        self._present = present
        self._specs = specs
        self._assumed_rate = assumed_rate
        self._kept = kept
        self._history = IvHistory(reader, assumed_rate=assumed_rate)

    async def underlyings(
        self,
        *,
        as_of: datetime | None,
        source: str | None,
        after: str | None,
        limit: int,
        sign: Callable[[str], str],
    ) -> Answer:
        """Return one page of roots with their expiries and volatility at the money.

        `sign` makes the cursor of what comes behind a root.
        """

        async def compute() -> Answer:
            page, last = await self._underlyings(as_of, source, after, limit)
            page["next_cursor"] = None if last is None else sign(last)
            return Answer.of(encode_json(page))

        asked = ("underlyings", as_of, source, after, limit)
        return await self._kept.get(asked, compute, instants=[as_of])

    async def _underlyings(
        self, as_of: datetime | None, source: str | None, after: str | None, limit: int
    ) -> tuple[dict[str, Any], str | None]:
        at = self._reader.instant(as_of)
        stored = await fetch_stored_expiries(self._reader, at=at, source=source)
        by_root = {
            root: list(group)
            for root, group in groupby(sorted(stored, key=lambda each: (each.root, each.source)), _root_of)
            if after is None or root > after
        }
        roots = list(by_root)[:limit]
        terms = await fetch_option_terms(self._reader, source=source)
        items: dict[str, dict[str, Any]] = {}

        async def add(root: str) -> None:
            data = root_data(root, by_root[root], terms, at=at, as_of=as_of)
            items[root] = await self._underlying(data, sorted({each.source for each in by_root[root]}))

        async with anyio.create_task_group() as group:
            for root in roots:
                group.start_soon(add, root)
        answer = {"as_of": at, "items": [items[root] for root in roots]}
        return answer, roots[-1] if len(by_root) > len(roots) else None

    async def chain(
        self, question: Question, *, expiry: date | None, strikes: str, format_: Format
    ) -> Answer:
        """Return the chain of one expiry, by default the first that has not passed."""
        wanted = parse_strikes(strikes)
        if question.is_of_the_present and format_ is Format.JSON:
            known = await self._present.chain(question.root, expiry, question.source)
            if known is not None:
                return await self._sliced(known, wanted)

        async def compute() -> Answer:
            data = await self._root(question)
            expiries = find_expiries(data, [expiry]) if expiry else _first_open(data)
            loaded = await load_chain(self._reader, data, expiries)
            status = self._status(data)
            return await self._in_thread(
                loaded, question, lambda chain: encode_chain(chain, wanted, status, format_)
            )

        asked = ("chain", question, expiry, wanted, format_)
        return await self._kept.get(asked, compute, instants=[question.as_of])

    async def heatmap(
        self, question: Question, *, metric: Metric, side: HeatmapSide, strikes: str, expiries: Sequence[date]
    ) -> Answer:
        """Return a strike × expiry matrix over the expiries given, by default all that have not passed."""
        wanted = parse_strikes(strikes)
        if question.is_of_the_present and metric is not Metric.CHANGE:
            chains = await self._present.chains(question.root, question.source, expiries)
            if chains:
                return await self._heatmap_of(chains, metric, side, wanted)

        async def compute() -> Answer:
            loaded = await self._load(question, expiries)
            earlier = await self._earlier(loaded, expiries) if metric is Metric.CHANGE else None

            def build(chain: ValuedChain) -> bytes:
                before = self._value(earlier, question, mark_only=True) if earlier else None
                return encode_json(heatmap_answer(chain, before, metric, side, wanted))

            return await self._in_thread(loaded, question, build, mark_only=True)

        asked = ("heatmap", question, metric, side, wanted, tuple(expiries))
        return await self._kept.get(asked, compute, instants=[question.as_of])

    async def smile(
        self,
        question: Question,
        *,
        expiries: Sequence[date],
        compare: Sequence[datetime],
        axis: SmileAxis,
        fit: SmileFit,
    ) -> Answer:
        """Return the smiles of the expiries given (by default the first that has not passed), at the instant
        asked for and at each of `compare` where the expiry is stored by then."""

        async def compute() -> Answer:
            data = await self._root(question)
            wanted = find_expiries(data, expiries) if expiries else _first_open(data)
            loaded = [await load_chain(self._reader, data, wanted)]
            for instant in compare:
                loaded.extend(await self._load_if_stored(question, wanted, instant))

            def build() -> bytes:
                chains = [self._value(each, question) for each in loaded]
                smiles = [
                    smile_values(chain, index, axis, fit)
                    for chain in chains
                    for index in range(len(chain.values.expiries))
                ]
                return encode_json({**root_head(data), "x": axis, "smiles": smiles})

            return Answer.of(await anyio.to_thread.run_sync(build))

        asked = ("smile", question, tuple(expiries), tuple(compare), axis, fit)
        return await self._kept.get(asked, compute, instants=[question.as_of, *compare])

    async def surface(self, question: Question, *, surface_model: SurfaceModel, format_: Format) -> Answer:
        """Return the surface over all expiries that have not passed, through the quotes or fitted to them."""
        is_raw = surface_model is SurfaceModel.RAW
        if is_raw and question.is_of_the_present and format_ is Format.JSON:
            known = await self._present.surface(question.root, question.source)
            if known is not None:
                return Answer(known.body, known.etag)
        build = raw_surface if is_raw else svi_surface

        async def compute() -> Answer:
            loaded = await self._load(question, ())
            # A fit rests on how tight each quote is, which needs the volatilities at bid and ask.
            return await self._in_thread(
                loaded, question, lambda chain: encode_surface(build(chain), format_), mark_only=is_raw
            )

        asked = ("surface", question, surface_model, format_)
        return await self._kept.get(asked, compute, instants=[question.as_of])

    async def analytics(
        self,
        question: Question,
        *,
        expiries: Sequence[date],
        convention: Convention,
        days: int,
        format_: Format,
    ) -> Answer:
        """Return what the chains say together, over the expiries given, by default all that have not passed.

        The 30-day volatility is ranked among those of up to `days` days before.
        """

        async def compute() -> Answer:
            loaded = await self._load(question, expiries)
            history = await self._history.before(loaded.data, days)
            status = self._status(loaded.data)

            def build(chain: ValuedChain) -> bytes:
                answer = analytics_answer(
                    chain, status=status, convention=convention, history=history, days_asked=days
                )
                return encode_analytics(answer, format_)

            return await self._in_thread(loaded, question, build, mark_only=True)

        asked = ("analytics", question, tuple(expiries), convention, days, format_)
        return await self._kept.get(asked, compute, instants=[question.as_of])

    async def _sliced(self, known: PresentAnswer, strikes: StrikeFilter) -> Answer:
        if strikes.rule is StrikeRule.ALL:
            return Answer(known.body, known.etag)

        async def compute() -> Answer:
            return Answer.of(encode_json(sliced_chain(orjson.loads(known.body), strikes)))

        return await self._kept.made_of(("sliced", known.etag, strikes), compute)

    async def _heatmap_of(
        self, chains: Sequence[PresentAnswer], metric: Metric, side: HeatmapSide, strikes: StrikeFilter
    ) -> Answer:
        def build() -> Answer:
            documents = [orjson.loads(each.body) for each in chains]
            return Answer.of(encode_json(heatmap_of_chains(documents, metric, side, strikes)))

        async def compute() -> Answer:
            return await anyio.to_thread.run_sync(build)

        told = tuple(each.etag for each in chains)
        return await self._kept.made_of(("heatmap of", told, metric, side, strikes), compute)

    def _status(self, data: RootData) -> FeedStatus:
        return feed_status(data, is_open=is_open(self._specs, data))

    async def _root(self, question: Question) -> RootData:
        return await load_root(self._reader, question.root, question.as_of, question.source)

    async def _load(self, question: Question, expiries: Sequence[date]) -> LoadedChain:
        data = await self._root(question)
        wanted = find_expiries(data, expiries) if expiries else data.open_expiries()
        return await load_chain(self._reader, data, wanted)

    async def _earlier(self, loaded: LoadedChain, expiries: Sequence[date]) -> LoadedChain | None:
        data = loaded.data
        try:
            before = await load_root(self._reader, data.root, data.newest_ts - _CHANGE_AGE, data.source)
            known = [each for each in before.expiries if not expiries or each.expiry in expiries]
            return await load_chain(self._reader, before, known)
        except (UnknownUnderlying, UnknownExpiry):
            return None

    async def _load_if_stored(
        self, question: Question, wanted: Sequence[StoredExpiry], instant: datetime
    ) -> list[LoadedChain]:
        try:
            data = await load_root(self._reader, question.root, instant, question.source)
            dates = {each.expiry for each in wanted}
            known = [each for each in data.expiries if each.expiry in dates]
            return [await load_chain(self._reader, data, known)]
        except (UnknownUnderlying, UnknownExpiry):
            return []

    async def _underlying(self, data: RootData, sources: Sequence[str]) -> dict[str, Any]:
        later = [
            each for each in data.open_expiries() if data.expires_at(each.expiry) > data.as_of + _FRONT_AGE
        ]
        try:
            loaded = await load_chain(self._reader, data, later[:1])
        except UnknownExpiry:
            return underlying_item(data, sources, None, self._status(data))
        status = self._status(data)

        def build() -> dict[str, Any]:
            chain = self._value(loaded, Question(data.root), mark_only=True)
            return underlying_item(data, sources, chain, status)

        return await anyio.to_thread.run_sync(build)

    async def _in_thread(
        self,
        loaded: LoadedChain,
        question: Question,
        build: Callable[[ValuedChain], bytes],
        *,
        mark_only: bool = False,
    ) -> Answer:
        def work() -> Answer:
            return Answer.of(build(self._value(loaded, question, mark_only=mark_only)))

        return await anyio.to_thread.run_sync(work)

    def _value(self, loaded: LoadedChain, question: Question, *, mark_only: bool = False) -> ValuedChain:
        _check_model(loaded, question.model)
        values = value_chain(
            loaded.columns,
            as_of_us=as_of_microseconds(loaded.data),
            assumed_rate=self._assumed_rate,
            model=question.model,
            delta_kind=question.delta_kind,
            mark_only=mark_only,
        )
        return ValuedChain(loaded, values)


def _root_of(expiry: StoredExpiry) -> str:
    return expiry.root


def _first_open(data: RootData) -> list[StoredExpiry]:
    still_open = data.open_expiries()
    if not still_open:
        raise UnknownExpiry(f"Every stored expiry of {data.root} has passed by that time; name one.")
    return still_open[:1]


def _check_model(loaded: LoadedChain, model: Model | None) -> None:
    if model is Model.BINOMIAL and loaded.rows.num_rows > _MOST_BINOMIAL_ROWS:
        raise TooManyRows(
            f"The binomial model values at most {_MOST_BINOMIAL_ROWS} options at once.", field="query.model"
        )
