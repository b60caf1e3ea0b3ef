"""A market of our own making, the same for the same seed, so that a fresh start has something to show.

Everything it writes has the source `simulated`. It never closes: it trades around the clock, weekends
included, and its trade date is the UTC day; contract terms and expiries are those of the specifications.
"""

from tradesense.feeds.simulated.faults import Fault
from tradesense.feeds.simulated.feed import SimulatedFeed
from tradesense.feeds.simulated.listing import SOURCE
from tradesense.feeds.simulated.live import SimulatedTicks
from tradesense.feeds.simulated.market import MarketState, SimulatedMarket
from tradesense.feeds.simulated.recording import BackfillReport, SimulatedRecording

__all__ = [
    "SOURCE",
    "BackfillReport",
    "Fault",
    "MarketState",
    "SimulatedFeed",
    "SimulatedMarket",
    "SimulatedRecording",
    "SimulatedTicks",
]
