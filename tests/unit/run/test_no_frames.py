"""Data-frame libraries stay out of the program, installed or not."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from tradesense.run.no_frames import keep_frames_out
keep_frames_out(); keep_frames_out()
import pyarrow, datetime
pyarrow.table({"t": [datetime.datetime(2020, 1, 1)]}).to_pylist()
for name in ("pandas", "polars", "pandas.core"):
    try:
        __import__(name)
    except ModuleNotFoundError:
        continue
    sys.exit(name)
sys.exit(1 if {"pandas", "polars"} & set(sys.modules) else 0)
"""


def test_arrow_works_without_finding_pandas() -> None:
    assert subprocess.run([sys.executable, "-c", SCRIPT], check=False).returncode == 0
