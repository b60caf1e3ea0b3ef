"""Reads DBN, Databento's binary encoding: its metadata, and records of one kind as NumPy columns.

Versions 1 to 3. The library decodes the metadata and definitions; price records have one layout
in all versions and are viewed in place, without an object per record.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import databento_dbn
import numpy as np
import numpy.typing as npt

from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.opening import SourceFile, first_line

MAGIC = b"DBN"
_NEWEST_VERSION = 3
_MOST_METADATA_BYTES = 64 * 1024 * 1024
_RECORDS = 100_000
_UNDEFINED_PRICE = np.iinfo(np.int64).max
_UNDEFINED_TIME = np.iinfo(np.uint64).max

Records = npt.NDArray[Any]
LAYOUTS: dict[str, Any] = {
    "mbp-1": databento_dbn.MBP1Msg,
    "tbbo": databento_dbn.MBP1Msg,
    "trades": databento_dbn.TradeMsg,
    "bbo-1s": databento_dbn.BBOMsg,
    "bbo-1m": databento_dbn.BBOMsg,
    "ohlcv-1s": databento_dbn.OHLCVMsg,
    "ohlcv-1m": databento_dbn.OHLCVMsg,
    "ohlcv-1h": databento_dbn.OHLCVMsg,
    "ohlcv-1d": databento_dbn.OHLCVMsg,
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of itself; `names` gives the symbols of an instrument id by day."""

    schema: str
    dataset: str
    names: dict[int, list[tuple[date, date, str]]]

    def name_of(self, instrument_id: int, day: date) -> str | None:
        """Return the symbol an instrument id stood for on a day."""
        for start, end, name in self.names.get(instrument_id, []):
            if start <= day < end or start == end == day:
                return name
        return None


@dataclass(frozen=True, slots=True)
class DbnBody:
    """The metadata, its bytes, and the pieces that follow it."""

    metadata: Metadata
    header: bytes
    rest: Iterator[bytes]


def open_dbn(file: SourceFile) -> DbnBody:
    """Read the metadata. Raises `FileRefused` for what is no DBN of a known version, or cut off in it."""
    pieces = file.pieces()
    held = bytearray()
    while len(held) < 8:
        held += _next(pieces)
    if held[:3] != MAGIC:
        raise FileRefused("not DBN: its first bytes are others")
    if not 1 <= held[3] <= _NEWEST_VERSION:
        raise FileRefused(f"DBN of version {held[3]}; versions 1 to {_NEWEST_VERSION} are read")
    (length,) = struct.unpack_from("<I", held, 4)
    if length > _MOST_METADATA_BYTES:
        raise FileRefused("the DBN metadata claims to be impossibly long")
    while len(held) < 8 + length:
        held += _next(pieces)
    header = bytes(held[: 8 + length])
    return DbnBody(_parse_metadata(header), header, _chained(bytes(held[8 + length :]), pieces))


def price_records(body: DbnBody) -> Iterator[Records]:
    """Yield the records of a price schema in blocks. Raises `FileRefused` at a cut or a foreign record."""
    layout = np.dtype(LAYOUTS[body.metadata.schema]._dtypes)
    held = bytearray()
    for piece in body.rest:
        held += piece
        while len(held) >= _RECORDS * layout.itemsize:
            block = bytes(held[: _RECORDS * layout.itemsize])
            del held[: len(block)]
            yield _checked(np.frombuffer(block, dtype=layout), body.metadata.schema)
    whole = len(held) - len(held) % layout.itemsize
    if whole:
        yield _checked(np.frombuffer(bytes(held[:whole]), dtype=layout), body.metadata.schema)
    if len(held) > whole:
        raise FileRefused("the file is cut off inside its last record")


def definition_records(body: DbnBody) -> Iterator[Any]:
    """Yield decoded instrument definitions. Raises `FileRefused` at a cut or a damaged record."""
    decoder = databento_dbn.DBNDecoder()
    for piece in _chained(body.header, body.rest):
        for record in _decoded(decoder, piece):
            if isinstance(record, databento_dbn.InstrumentDefMsg):
                yield record
            elif not isinstance(record, databento_dbn.Metadata):
                raise FileRefused(f"a definition file with a record of {type(record).__name__}")
    if decoder.buffer():
        raise FileRefused("the file is cut off inside its last record")


def prices(values: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return fixed-point prices as floats, NaN where undefined."""
    # Dividing gives the nearest float to the decimal price; multiplying by 1e-9 would not.
    return np.where(values == _UNDEFINED_PRICE, np.nan, values / 1e9)


def times(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.datetime64]:
    """Return nanoseconds since 1970 as microseconds, NaT where undefined or beyond all calendars."""
    nanoseconds = values.astype(np.int64)
    made = (nanoseconds // 1000).astype("datetime64[us]")
    made[(values == _UNDEFINED_TIME) | (nanoseconds <= 0)] = np.datetime64("NaT")
    return made


def _checked(records: Records, schema: str) -> Records:
    layout = LAYOUTS[schema]
    if (records["length"].astype(np.int64) * 4 != records.dtype.itemsize).any():
        raise FileRefused(f"the records are not all of schema {schema} ({layout.__name__}), or are damaged")
    kinds = np.unique(records["rtype"])
    if len(kinds) > 1:
        raise FileRefused(f"the records are not all of schema {schema}: they have {len(kinds)} record types")
    return records


def _parse_metadata(header: bytes) -> Metadata:
    decoder: Any = databento_dbn.DBNDecoder()
    try:
        decoder.write(header)
        decoded: list[Any] = list(decoder.decode())
        (found,) = decoded
    except Exception as error:
        raise FileRefused(f"the DBN metadata is damaged ({first_line(error)})") from None
    names: dict[int, list[tuple[date, date, str]]] = {}
    for name, intervals in found.mappings.items():
        for each in intervals:
            if each["symbol"].isdigit():
                names.setdefault(int(each["symbol"]), []).append((each["start_date"], each["end_date"], name))
    return Metadata(str(found.schema) if found.schema is not None else "mixed", found.dataset, names)


def _decoded(decoder: Any, piece: bytes) -> list[Any]:
    try:
        return list(decoder.write_and_decode(piece))
    except Exception as error:
        raise FileRefused(f"a record is damaged ({first_line(error)})") from None


def _next(pieces: Iterator[bytes]) -> bytes:
    piece = next(pieces, None)
    if piece is None:
        raise FileRefused("the file is cut off inside its metadata")
    return piece


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
