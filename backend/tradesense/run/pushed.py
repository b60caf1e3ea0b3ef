"""Puts the intake of pushed quotes together: where they are kept, and which names they may not have."""

from __future__ import annotations

from tradesense.base.clock import Clock
from tradesense.feeds.deribit.feed import SOURCE as DERIBIT
from tradesense.feeds.files import OWN_SOURCES
from tradesense.feeds.replay import SOURCE as REPLAY
from tradesense.instruments import load_specs
from tradesense.market import Reader, Recorder
from tradesense.market.live.push import QuotePush
from tradesense.run.live import Live
from tradesense.run.settings import Settings

SIMULATED = "simulated"
RESERVED = OWN_SOURCES | {SIMULATED, DERIBIT, REPLAY, "push", "system"}


def build_push(settings: Settings, recorder: Recorder, reader: Reader, live: Live, clock: Clock) -> QuotePush:
    """Return what `POST /quotes` hands to; with specifications of its own, for it reads them in a thread."""
    specs = load_specs(settings.contract_specs)
    return QuotePush(recorder, reader, specs, live.intake, live.feed_states, clock, reserved=RESERVED)
