"""The secrets the program makes for itself and keeps in its data folder, readable by their owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_key(folder: Path, name: str) -> bytes:
    """Return the key kept under `name`, making it first where there is none.

    Two that start at once get the same key: the file appears whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if not path.exists():
        _write_once(path, secrets.token_hex(32).encode())
    return path.read_bytes()


def _write_once(path: Path, key: bytes) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
