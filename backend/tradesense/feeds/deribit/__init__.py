"""Deribit's public market data, live: no account, no key, prices only."""

from tradesense.feeds.deribit.client import DeribitClient, SessionEnded
from tradesense.feeds.deribit.feed import DeribitFeed
from tradesense.feeds.deribit.known import Listener
from tradesense.feeds.deribit.session import Endpoint

__all__ = ["DeribitClient", "DeribitFeed", "Endpoint", "Listener", "SessionEnded"]
