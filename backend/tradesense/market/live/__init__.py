"""The market as it is now: what feeds say, the newest of it by column, valued on a beat, told by topic."""
