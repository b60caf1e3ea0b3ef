"""A PostgreSQL server of our own, run from the binaries of a wheel; nobody else can reach it.

server = EmbeddedPostgres(folder, Passwords(owner=..., app=...))
server.prepare()            # makes the cluster where there is none
server.launch()             # in the main thread
server.wait_until_ready()
... server.owner_url, server.app_url ...
server.stop()
"""

from tradesense.infra.embedded_postgres.cluster import Passwords
from tradesense.infra.embedded_postgres.failures import PostgresFailed, PostgresInUse
from tradesense.infra.embedded_postgres.server import EmbeddedPostgres, address_of_running

__all__ = ["EmbeddedPostgres", "Passwords", "PostgresFailed", "PostgresInUse", "address_of_running"]
