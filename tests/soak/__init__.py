"""The program for an hour with clients that come and go: `make soak`."""
