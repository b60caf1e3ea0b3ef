"""Plays what is stored once more: with its own time for whoever compares, or as if it happened now."""

from tradesense.feeds.replay.feed import SOURCE, ReplayFeed
from tradesense.feeds.replay.steps import play_as_it_was
from tradesense.feeds.replay.wish import BadWish, ReplayWish

__all__ = ["SOURCE", "BadWish", "ReplayFeed", "ReplayWish", "play_as_it_was"]
