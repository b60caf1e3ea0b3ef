"""market/history."""
