"""Wires live state: the book that feeds fill, the pipeline that tells of it, what carries the telling."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from tradesense.base.clock import Clock
from tradesense.base.live import Bus, Cache, Demand
from tradesense.base.tasks import supervise
from tradesense.instruments import SpecBook
from tradesense.market import Reader, Recorder
from tradesense.market.futures.states import is_open
from tradesense.market.live.background import Backgrounds
from tradesense.market.live.bars_view import BarsView
from tradesense.market.live.book import Book
from tradesense.market.live.feed_states import FeedKind, FeedStates
from tradesense.market.live.feeds_topic import FeedsTopic
from tradesense.market.live.futures_view import FuturesView
from tradesense.market.live.intake import LiveIntake
from tradesense.market.live.live_bars import LiveBars
from tradesense.market.live.options_view import OptionsView
from tradesense.market.live.pipeline import Pipeline
from tradesense.market.live.present import LivePresent
from tradesense.market.live.tape import Tape
from tradesense.run.live_ports import LivePorts
from tradesense.run.settings import Settings
from tradesense.run.warm_up import WarmUp
from tradesense.web.metrics import Figure


@dataclass(frozen=True, slots=True)
class Live:
    """Live state of one process: feeds hand in to `intake`, readers take from `cache` and `bus`.

    What they read they tell to `demand`.
    """

    cache: Cache
    bus: Bus
    demand: Demand
    book: Book
    intake: LiveIntake
    feed_states: FeedStates
    feeds_topic: FeedsTopic
    backgrounds: Backgrounds
    pipeline: Pipeline
    present: LivePresent
    tape: Tape


def build_live(
    ports: LivePorts, settings: Settings, reader: Reader, recorder: Recorder, specs: SpecBook, clock: Clock
) -> Live:
    """Put the parts together; nothing runs yet."""

    def trades_now(source: str, root: str) -> bool | None:
        return is_open(specs.find(root, source), clock.now())

    book, states, bars = Book(), FeedStates(clock, is_open=trades_now), LiveBars(clock)
    backgrounds = Backgrounds(reader, specs, clock)
    views = (
        FuturesView(specs, backgrounds),
        OptionsView(specs, book, assumed_rate=settings.assumed_rate),
        BarsView(bars),
    )

    def is_recorded(source: str) -> bool:
        # The others keep a record of their own, or were on record before.
        terms = states.terms_of(source)
        return terms is not None and terms.kind is FeedKind.VENUE

    tape = Tape(
        recorder, clock, bars, is_recorded=is_recorded, options_seconds=settings.record_options_seconds
    )
    return Live(
        cache=ports.cache,
        bus=ports.bus,
        demand=ports.demand,
        book=book,
        intake=LiveIntake(book, clock, [states, bars, tape]),
        feed_states=states,
        feeds_topic=FeedsTopic(states, ports.cache, ports.bus, clock),
        backgrounds=backgrounds,
        present=LivePresent(ports.cache, clock, ports.demand),
        pipeline=Pipeline(
            book,
            views,
            ports.cache,
            ports.bus,
            clock,
            feeds=states,
            demand=ports.demand,
            beat_ms=settings.live_beat_ms,
        ),
        tape=tape,
    )


@asynccontextmanager
async def run_live(live: Live, warm_up: WarmUp | None = None) -> AsyncIterator[None]:
    """Beat while the block runs, once the maths is compiled: a beat that waits for it cannot be stopped."""

    async def beat() -> None:
        if warm_up is not None:
            await warm_up.wait()
        await live.pipeline.run()

    async with AsyncExitStack() as stack:
        stack.push_async_callback(live.tape.finish)
        await stack.enter_async_context(supervise("live record", live.tape.run))
        await stack.enter_async_context(supervise("live listing", live.intake.keep_tidy))
        await stack.enter_async_context(supervise("live backgrounds", live.backgrounds.run))
        await stack.enter_async_context(supervise("live beat", beat))
        await stack.enter_async_context(supervise("live feeds", live.feeds_topic.run))
        yield


def live_figures(live: Live) -> Sequence[Figure]:
    """Return the figures of the pipeline."""
    counts = live.pipeline.counts
    return (
        Figure("live_beats", "Times that live views were looked at.", lambda: counts.beats, True),
        Figure("live_view_failures", "Live views that could not be made.", lambda: counts.failures, True),
        Figure("live_steps", "Changes of topics that were told.", lambda: counts.steps, True),
        Figure("live_snapshots", "Of those, the ones told whole.", lambda: counts.snapshots, True),
        Figure("live_rows_recorded", "Rows put on record.", lambda: live.tape.counts.written, True),
        Figure("live_rows_thinned", "Quotes that could not be kept.", lambda: live.tape.counts.thinned, True),
        Figure("live_bars_lost", "Bars that could not be kept.", lambda: live.tape.counts.lost, True),
        Figure("live_beat_seconds", "Seconds that the last beat took.", lambda: counts.last_seconds),
        Figure("live_longest_beat_seconds", "Seconds of the longest beat.", lambda: counts.longest_seconds),
    )
