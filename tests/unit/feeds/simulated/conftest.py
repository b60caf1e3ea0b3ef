"""One simulated market for the tests of its parts; making a day's boards is the dear part."""

from __future__ import annotations

import pytest

from tradesense.feeds.simulated import SimulatedMarket
from tradesense.instruments import load_specs


@pytest.fixture(scope="package")
def market() -> SimulatedMarket:
    return SimulatedMarket(load_specs(), seed=1)
