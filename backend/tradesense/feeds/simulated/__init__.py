"""feeds/simulated."""
