"""What a source said during some time, in the order it was said, a bounded part at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pyarrow as pa

from tradesense.instruments import Instrument
from tradesense.market.history.instruments import instrument_of
from tradesense.market.history.reader import Reader
from tradesense.market.tables import BarInterval

_VALUES = ("bid", "ask", "bid_size", "ask_size", "last", "mark", "volume", "open_interest")
_VENUE = ("underlying_price", "venue_iv", "venue_delta", "venue_gamma", "venue_vega", "venue_theta")


def _columns(values: str, venue: str) -> str:
    return ", ".join([*(values.format(name) for name in _VALUES), *(venue.format(name) for name in _VENUE)])


# The close of a minute is the last price when the minute ends; it serves where nothing was quoted.
_SAID = f"""
WITH wanted AS (
  SELECT symbol FROM market.instruments
  WHERE source = $source AND (len($roots::VARCHAR[]) = 0 OR root IN (SELECT unnest($roots::VARCHAR[])))
), quoted AS (
  SELECT ts, symbol, seq, {_columns("{0}", "NULL::DOUBLE AS {0}")} FROM market.quotes
  WHERE source = $source AND ts >= $start AND ts < $end AND symbol IN (FROM wanted)
), options AS (
  SELECT ts, symbol, seq, {_columns("{0}", "{0}")} FROM market.option_snapshots
  WHERE source = $source AND ts >= $start AND ts < $end AND symbol IN (FROM wanted)
), minutes AS (
  SELECT ts + $minute AS ts, symbol, 0::BIGINT AS seq,
    {_columns("if('{0}' = 'last', close, NULL) AS {0}", "NULL::DOUBLE AS {0}")}
  FROM market.bars
  WHERE source = $source AND "interval" = $interval AND close IS NOT NULL
    AND ts >= $start::TIMESTAMP - $minute AND ts < $end::TIMESTAMP - $minute
    AND symbol IN (FROM wanted)
    AND symbol NOT IN (SELECT symbol FROM quoted UNION ALL SELECT symbol FROM options)
), said AS (FROM quoted UNION ALL FROM options UNION ALL FROM minutes)
"""
_PART = f"""{_SAID}
SELECT * FROM said
WHERE ts >= $from_ts AND (NOT $continued OR (ts, symbol, seq) > ($from_ts, $after_symbol, $after_seq))
ORDER BY ts, symbol, seq LIMIT $limit
"""
_INSTRUMENTS = f"""{_SAID}
SELECT * FROM market.instruments
WHERE source = $source AND symbol IN (SELECT symbol FROM said) ORDER BY symbol
"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What to play: a source from `start` until before `end`, both aware; all roots unless some are named."""

    source: str
    start: datetime
    end: datetime
    roots: tuple[str, ...] = ()

    @classmethod
    def of_day(cls, source: str, day: date, roots: Sequence[str] = ()) -> Recorded:
        """Return a day in UTC."""
        start = datetime.combine(day, time(), UTC)
        return cls(source, start, start + timedelta(days=1), tuple(roots))

    def parameters(self) -> dict[str, object]:
        return {
            "source": self.source,
            "roots": list(self.roots),
            "start": self.start,
            "end": self.end,
            "interval": BarInterval.MINUTE.value,
            "minute": BarInterval.MINUTE.length,
        }


async def fetch_recorded_instruments(reader: Reader, recorded: Recorded) -> list[Instrument]:
    """Return the instruments that have something to play, by symbol."""
    rows = await reader.fetch(_INSTRUMENTS, recorded.parameters())
    return [instrument_of(row) for row in rows.to_pylist()]


async def fetch_recorded_parts(
    reader: Reader, recorded: Recorded, *, most_rows: int
) -> AsyncIterator[pa.Table]:
    """Yield what was said by time, symbol and number, `most_rows` at a time: these, then the columns."""
    position: dict[str, object] = {
        "continued": False,
        "from_ts": recorded.start,
        "after_symbol": "",
        "after_seq": 0,
    }
    while True:
        parameters = {**recorded.parameters(), **position, "limit": most_rows}
        part = await reader.fetch(_PART, parameters)
        if part.num_rows:
            yield part
        if part.num_rows < most_rows:
            return
        last = part.slice(part.num_rows - 1).to_pylist()[0]
        position = {
            "continued": True,
            "from_ts": last["ts"].replace(tzinfo=UTC),
            "after_symbol": last["symbol"],
            "after_seq": last["seq"],
        }
