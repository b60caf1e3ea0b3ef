"""market/options."""
