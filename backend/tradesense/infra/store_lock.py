"""Asks who owns a DuckDB file, without opening it as one and without taking its lock.

Never call this in the process that owns the file: closing any handle of it there gives up its lock.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from typing import Final

TRY_LATER: Final = 75
"""The exit code of a program that found the file in use: `EX_TEMPFAIL` of sysexits.h."""

LAKE_LOCK: Final = "writer.lock"
"""The file in a lake's folder that its writer has locked."""

_LOCK: Final = "@hhqqi4x"


def holder_of(path: Path) -> int | None:
    """Return the process that has a file locked; None where none has, or the machine can't tell.

    It is a look, not a promise: the answer may be out of date at once. Whoever opens the file is told anyway.
    """
    if not sys.platform.startswith("linux"):
        return None
    import fcntl

    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        asked = struct.pack(_LOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        kind, _, _, _, holder = struct.unpack(_LOCK, fcntl.fcntl(handle, fcntl.F_GETLK, asked))
    except OSError:
        return None
    finally:
        os.close(handle)
    return int(holder) if kind != fcntl.F_UNLCK else None
