"""Domain-free words every room may use; knows neither framework nor array."""
