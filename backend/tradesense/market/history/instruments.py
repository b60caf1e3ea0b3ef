"""Every query of stored instruments; answers the catalogue port of the instruments room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tradesense.instruments import (
    Exercise,
    FoundInstrument,
    Instrument,
    InstrumentQuery,
    Kind,
    Position,
    Right,
    Settlement,
)
from tradesense.market.history.reader import Reader, aware_time
from tradesense.market.history.sources import SIMULATED, fetch_symbol_coverage, pick_source
from tradesense.market.tables import Table

_KEYS = ("exact", "kind_rank", "root", "expiry_key", "strike_key", "right_key", "symbol", "source")

# Every sort key is never null, so that one row comparison continues a page.
_SEARCH = """
WITH listed AS (
  SELECT *,
    CASE WHEN $text = '' OR root = $text OR symbol = $text THEN 0 ELSE 1 END AS exact,
    CASE kind WHEN 'index' THEN 0 WHEN 'equity' THEN 1 WHEN 'perpetual' THEN 2 WHEN 'future' THEN 3
      ELSE 4 END AS kind_rank,
    coalesce(expiry::VARCHAR, '') AS expiry_key,
    coalesce(strike, 0.0) AS strike_key,
    coalesce("right", '') AS right_key
  FROM market.instruments
  WHERE ($text = '' OR contains(symbol, $text) OR contains(upper(source_symbol), $text)
         OR root IN (SELECT unnest($roots::VARCHAR[])))
    AND ($kind IS NULL OR kind = $kind)
    AND ($root IS NULL OR root = $root)
    AND ($source IS NULL OR source = $source)
)
SELECT * FROM listed
WHERE NOT $continued
  OR (exact, kind_rank, root, expiry_key, strike_key, right_key, symbol, source)
   > ($after_exact, $after_kind_rank, $after_root, $after_expiry_key, $after_strike_key, $after_right_key,
      $after_symbol, $after_source)
ORDER BY exact, kind_rank, root, expiry_key, strike_key, right_key, symbol, source LIMIT $limit
"""

_START: Position = (0, 0, "", "", 0.0, "", "", "")
_PRICED = (Table.QUOTES, Table.BARS, Table.SETTLEMENTS)


class StoredInstruments:
    """The instruments of the market store."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def search(
        self, query: InstrumentQuery, *, after: Position | None, limit: int
    ) -> list[FoundInstrument]:
        """Return at most `limit` instruments after a position, as `InstrumentCatalogue` orders them."""
        position = dict(zip(_KEYS, after or _START, strict=True))
        rows = await self._reader.fetch(
            _SEARCH,
            {
                "text": query.text,
                "roots": list(query.roots),
                "kind": query.kind.value if query.kind else None,
                "root": query.root,
                "source": query.source,
                "continued": after is not None,
                "limit": limit,
                **{f"after_{key}": value for key, value in position.items()},
            },
        )
        return [
            FoundInstrument(instrument_of(row), tuple(row[key] for key in _KEYS)) for row in rows.to_pylist()
        ]

    async def find(self, symbol: str, *, as_of: datetime | None) -> list[Instrument]:
        """Return one symbol as each source lists it, first the source with the latest data at `as_of`."""
        rows = await self._reader.fetch(
            "SELECT * FROM market.instruments WHERE symbol = $symbol ORDER BY source = $simulated, source",
            {"symbol": symbol, "simulated": SIMULATED},
        )
        listed = [instrument_of(row) for row in rows.to_pylist()]
        if len(listed) > 1:
            spans = await fetch_symbol_coverage(self._reader, symbol, _PRICED)
            chosen = pick_source(spans, as_of)
            listed.sort(key=lambda each: each.source != chosen)
        return listed

    async def known(self, symbols: Sequence[str]) -> frozenset[str]:
        """Return those of the symbols that any source lists, alive or not."""
        if not symbols:
            return frozenset()
        rows = await self._reader.fetch(
            "SELECT DISTINCT symbol FROM market.instruments "
            "WHERE symbol IN (SELECT unnest($symbols::VARCHAR[]))",
            {"symbols": list(symbols)},
        )
        return frozenset(str(each) for each in rows.column("symbol").to_pylist())


def instrument_of(row: dict[str, Any]) -> Instrument:
    """Return one row of the table of instruments as the value it was stored from."""
    expires_at: datetime | None = row["expires_at"]
    expiry: date | None = row["expiry"]
    return Instrument(
        source=row["source"],
        symbol=row["symbol"],
        source_symbol=row["source_symbol"],
        kind=Kind(row["kind"]),
        root=row["root"],
        underlying=row["underlying"],
        expiry=expiry,
        expires_at=aware_time(expires_at) if expires_at is not None else None,
        first_notice=row["first_notice"],
        last_trade=row["last_trade"],
        strike=row["strike"],
        right=Right(row["right"]) if row["right"] is not None else None,
        exercise=Exercise(row["exercise"]) if row["exercise"] is not None else None,
        settlement=Settlement(row["settlement"]) if row["settlement"] is not None else None,
        multiplier=row["multiplier"],
        tick=row["tick"],
        currency=row["currency"],
        exchange=row["exchange"],
        time_zone=row["time_zone"],
        inverse=row["inverse"],
    )
