"""Names the folder of compiled kernels after the sources they were compiled from.

Numba checks only the file a kernel stands in, so a change in a function it calls from another
file would leave the old machine code in use. A folder per state of the sources cannot go stale.
This runs before anything imports Numba, and stands outside the rooms because `quant` reads no files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

_KEPT_FOLDERS = 3


def name_kernel_cache() -> None:
    """Set `NUMBA_CACHE_DIR` beside the sources, unless it is set or the place cannot be written."""
    sources = Path(__file__).parent / "quant"
    if "NUMBA_CACHE_DIR" in os.environ or not os.access(sources, os.W_OK):
        return
    digest = hashlib.sha256()
    for file in sorted(sources.glob("*.py")):
        digest.update(file.read_bytes())
    root = sources / "__pycache__"
    folder = root / f"kernels-{digest.hexdigest()[:16]}"
    if not folder.exists():
        _make_room(root)
        folder.mkdir(parents=True, exist_ok=True)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)


def _make_room(root: Path) -> None:
    """Remove the oldest folders of former sources; one that another process just removed is fine."""
    former = sorted(root.glob("kernels-*"), key=lambda folder: folder.stat().st_mtime)
    for folder in former[: -(_KEPT_FOLDERS - 1)]:
        shutil.rmtree(folder, ignore_errors=True)
