"""Opens a file, packed (gzip, Zstandard) or plain, and yields its bytes within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tradesense.feeds.files.bounds import FileRefused, Limits

HEAD_BYTES = 64 * 1024
PARQUET_MAGIC = b"PAR1"
_READ_BYTES = 1 << 18
_PIECE_BYTES = 1 << 20
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_PACKED_SUFFIXES = (".gz", ".zst")

Advance = Callable[[int], None]


class _Unpacker(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...

    def close(self) -> None: ...


class _Plain:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def close(self) -> None:
        return


class _Gzip:
    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            self._started = True
            try:
                piece = self._stream.decompress(data, _PIECE_BYTES)
            except zlib.error as error:
                raise FileRefused(f"the gzip data is damaged ({error})") from None
            if piece:
                yield piece
            data = self._stream.unconsumed_tail
            if self._stream.eof:
                data = self._stream.unused_data.lstrip(b"\0")
                self._stream = zlib.decompressobj(wbits=31)
                self._started = False

    def close(self) -> None:
        if self._started:
            raise FileRefused("the file is cut off: its gzip data ends early")


class _Zstandard:
    def __init__(self) -> None:
        self._stream = self._new()
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            self._started = True
            try:
                piece = self._stream.decompress(data)
            except zstandard.ZstdError as error:
                raise FileRefused(f"the Zstandard data is damaged ({error})") from None
            if piece:
                yield piece
            data = b""
            if self._stream.eof:
                data = self._stream.unused_data
                self._stream = self._new()
                self._started = False

    def close(self) -> None:
        if self._started:
            raise FileRefused("the file is cut off: its Zstandard data ends early")

    @staticmethod
    def _new() -> zstandard.ZstdDecompressionObj:
        # The window bounds the memory one frame may claim.
        return zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()


class SourceFile:
    """One file to import: its name, its first bytes, and its bytes in pieces.

    `advance` is told how many bytes of the file on disk have been read so far.
    """

    def __init__(self, path: Path, limits: Limits, advance: Advance | None = None) -> None:
        self.path = path
        self.limits = limits
        self._advance = advance
        self.size = path.stat().st_size

    @cached_property
    def name(self) -> str:
        """Return the file's name without the ending that tells how it is packed."""
        name = self.path.name
        for suffix in _PACKED_SUFFIXES:
            name = name.removesuffix(suffix)
        return name

    @cached_property
    def packed(self) -> bool:
        """Tell whether the bytes on disk are gzip or Zstandard."""
        with self.path.open("rb") as handle:
            return handle.read(4).startswith((_GZIP, _ZSTD))

    @cached_property
    def head(self) -> bytes:
        """Return the first unpacked bytes; as many as can be read where the data is damaged."""
        collected = bytearray()
        try:
            for piece in self._pieces(None):
                collected += piece
                if len(collected) >= HEAD_BYTES:
                    break
        except FileRefused:
            if not collected:
                raise
        return bytes(collected[:HEAD_BYTES])

    @cached_property
    def columns(self) -> tuple[str, ...] | None:
        """Return the column names: Parquet's, or the cells of a text's first line; `None` for neither."""
        if self.head.startswith(PARQUET_MAGIC):
            return parquet_columns(self.path)
        return header_cells(self.head)

    @property
    def is_parquet(self) -> bool:
        """Tell whether the bytes claim to be Parquet."""
        return self.head.startswith(PARQUET_MAGIC)

    def pieces(self) -> Iterator[bytes]:
        """Yield the unpacked bytes in order. Raises `FileRefused` for damaged or boundless data."""
        yield from self._pieces(self._advance)

    def advance(self, consumed: int) -> None:
        """Tell who watches how many bytes of the file on disk have been read."""
        if self._advance is not None:
            self._advance(consumed)

    def document(self) -> bytes:
        """Return all unpacked bytes of a file that has to be read whole, within its own bound."""
        whole = bytearray()
        for piece in self.pieces():
            whole += piece
            if len(whole) > self.limits.document_bytes:
                raise FileRefused(f"the document is over {self.limits.document_bytes // 1024**2} MiB long")
        return bytes(whole)

    def _pieces(self, advance: Advance | None) -> Iterator[bytes]:
        consumed = produced = 0
        with self.path.open("rb") as handle:
            data = handle.read(_READ_BYTES)
            unpacker = _unpacker(data)
            while data:
                consumed += len(data)
                for piece in unpacker.feed(data):
                    produced += len(piece)
                    self._check_size(consumed, produced)
                    yield piece
                if advance is not None:
                    advance(consumed)
                data = handle.read(_READ_BYTES)
            unpacker.close()

    def _check_size(self, consumed: int, produced: int) -> None:
        limits = self.limits
        if produced > limits.unpacked_bytes:
            raise FileRefused(f"the unpacked file is over {limits.unpacked_bytes // 1024**3} GiB")
        if produced > limits.unpacked_free_bytes and produced > consumed * limits.unpacked_ratio:
            raise FileRefused(
                f"the file unpacks to more than {limits.unpacked_ratio} times its size; "
                "no market data is packed so tightly"
            )


def header_cells(head: bytes, line: int = 0) -> tuple[str, ...] | None:
    """Return the cells of one line (from 0) of comma-separated text, `None` where it lacks that line."""
    lines = head.split(b"\n", line + 1)
    if len(lines) < line + 2:
        return None
    try:
        text = lines[line].decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError:
        return None
    return tuple(cell.strip().strip('"') for cell in text.split(","))


def parquet_columns(path: Path) -> tuple[str, ...]:
    """Return the column names in a Parquet file's footer. Raises `FileRefused` where it has none."""
    try:
        return tuple(pq.read_schema(path).names)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise FileRefused(f"the Parquet file is damaged or cut off ({first_line(error)})") from None


def first_line(error: Exception) -> str:
    """Return the first line of an error's text, short enough for a report."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _unpacker(first: bytes) -> _Unpacker:
    if first.startswith(_GZIP):
        return _Gzip()
    if first.startswith(_ZSTD):
        return _Zstandard()
    return _Plain()
