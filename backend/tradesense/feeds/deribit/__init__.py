"""Deribit's public market data, live: no account, no key, prices only."""

from tradesense.feeds.deribit.client import DeribitClient, Listener, SessionEnded
from tradesense.feeds.deribit.session import Endpoint

__all__ = ["DeribitClient", "Endpoint", "Listener", "SessionEnded"]
