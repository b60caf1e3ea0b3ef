"""Looks into DuckDB's write-ahead log for the one damage that the engine takes for a harmless one.

The log is a short start and entries: 8 bytes of length, 8 of checksum, content. Where an entry is longer than
the rest of the log, the engine believes that its writer was cut off there, and drops the rest without a word.
That is right after a crash, and wrong where the length itself was damaged: then commits lie in that rest.
"""

from __future__ import annotations

import mmap
import re
import struct
from pathlib import Path
from typing import Final

# As the pinned release writes them: a record of the kind "version", and the entry that ends a transaction.
_START: Final = b"\x64\x00\x62\x65\x00\x02\xff\xff"
_COMMIT_RECORD: Final = b"\x64\x00\x64\xff\xff"
_COMMIT: Final = re.compile(rb"\x05\x00{7}.{8}" + _COMMIT_RECORD, re.DOTALL)
_HEAD: Final = struct.Struct("<QQ")


def hides_commits(log: Path) -> bool:
    """Tell whether the engine would silently drop commits that lie behind a damaged place of a log."""
    try:
        if log.stat().st_size < len(_START):
            return False
        with log.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content[: len(_START)] != _START:
                return True
            end = _end_of_entries(content)
            ends_with_commit = content[-len(_COMMIT_RECORD) :] == _COMMIT_RECORD
            return end < len(content) and (ends_with_commit or _COMMIT.search(content, end + 1) is not None)
    except FileNotFoundError:
        return False


def _end_of_entries(content: mmap.mmap) -> int:
    """Return where the row of entries that fit into the log ends."""
    size = len(content)
    at = len(_START)
    while at + _HEAD.size <= size:
        length, _ = _HEAD.unpack_from(content, at)
        if length > size - at - _HEAD.size:
            break
        at += _HEAD.size + length
    return at
