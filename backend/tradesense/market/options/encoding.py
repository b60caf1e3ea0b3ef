"""Writes the options desk's answers in the form that was asked for; pure."""

from __future__ import annotations

from typing import Any

from tradesense.market.options.analytics_answer import analytics_table
from tradesense.market.options.rules import StrikeFilter
from tradesense.market.options.schemas import FeedStatus
from tradesense.market.options.surface import surface_table
from tradesense.market.options.views import ValuedChain, chain_json, chain_rows
from tradesense.web.formats import Format, encode_json, encode_table


def encode_chain(chain: ValuedChain, strikes: StrikeFilter, status: FeedStatus, format_: Format) -> bytes:
    """Write a chain with these strikes."""
    if format_ is Format.JSON:
        return encode_json(chain_json(chain, strikes, status))
    head, table = chain_rows(chain, strikes, status)
    return encode_table(table, format_, head=head)


def encode_surface(answer: dict[str, Any], format_: Format) -> bytes:
    """Write a surface; as a table one row per expiry and point of the grid."""
    if format_ is Format.JSON:
        return encode_json(answer)
    grid = ("log_moneyness", "iv")
    return encode_table(
        surface_table(answer),
        format_,
        head={name: value for name, value in answer.items() if name not in grid},
    )


def encode_analytics(answer: dict[str, Any], format_: Format) -> bytes:
    """Write what the chains say together; as a table one row per expiry and strike."""
    if format_ is Format.JSON:
        return encode_json(answer)
    nested = ("expiries", "by_strike", "formulas", "iv_rank")
    head = {name: value for name, value in answer.items() if name not in nested}
    return encode_table(analytics_table(answer), format_, head=head)
