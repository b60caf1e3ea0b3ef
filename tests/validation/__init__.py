"""Real files of real venues through the program, and our numbers against the venues' own: `make validate`."""
