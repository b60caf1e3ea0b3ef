"""TradeSense: a self-hosted futures and options analytics desk."""

__version__ = "0.1.0"
