"""TradeSense: a self-hosted futures and options analytics desk."""
