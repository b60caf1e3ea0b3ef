"""Wires the stream: the hub that reads live state, and who may connect to it."""

from __future__ import annotations

from collections.abc import Sequence

from tradesense.base.clock import Clock
from tradesense.base.counting import SharedOnce
from tradesense.run.accounts import Accounts
from tradesense.run.live_ports import LivePorts
from tradesense.run.settings import Settings
from tradesense.streaming.hub import Hub
from tradesense.streaming.tickets import Tickets
from tradesense.web.metrics import Figure


def build_hub(
    ports: LivePorts, settings: Settings, accounts: Accounts, clock: Clock, once: SharedOnce | None = None
) -> Hub:
    """Put the hub of this process together; nothing runs yet."""
    return Hub(
        ports.cache,
        ports.bus,
        accounts.standings,
        clock,
        demand=ports.demand,
        heartbeat_seconds=settings.stream_heartbeat_seconds,
        sockets_per_user=settings.stream_sockets_per_user,
        tickets=Tickets(shared=once),
    )


def stream_figures(hub: Hub) -> Sequence[Figure]:
    """Return the figures of the stream."""
    return (
        Figure("stream_clients", "Connections to the stream.", lambda: len(hub.clients)),
        Figure("stream_topics", "Topics that somebody follows.", lambda: hub.topics),
        Figure("stream_subscriptions", "Subscriptions of all clients.", lambda: hub.subscriptions),
        Figure("stream_frames", "Frames of topics written.", lambda: hub.written, True),
        Figure("stream_dropped", "Clients dropped for not reading.", lambda: hub.dropped, True),
    )
