"""Each process replaced and the tables changed, under load and with five hundred sockets: `make rolling`."""
