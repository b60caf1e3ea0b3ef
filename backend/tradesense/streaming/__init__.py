"""The WebSocket: who may read which topic, fan-out of shared bytes, bounds. Knows no domain."""
