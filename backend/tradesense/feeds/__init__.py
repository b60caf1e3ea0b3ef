"""Where market data comes from: one package per source, from a simulation to files."""
