"""market/futures."""
