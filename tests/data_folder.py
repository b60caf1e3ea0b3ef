"""Where the real market data lies that tests compare with: beside the project, never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return the folder of market data: `TRADESENSE_TEST_DATA`, or `../shared/data` of the project."""
    named = os.environ.get("TRADESENSE_TEST_DATA")
    return Path(named) if named else PROJECT.parent / "shared" / "data"


def market_data(relative: str) -> Path:
    """Return one file or folder of the market data; skip the test, saying why, where it is missing."""
    path = data_folder() / relative
    if not path.exists():
        pytest.skip(
            f"MARKET DATA MISSING: {relative} is not at hand. Put the data folder beside the project "
            "(../shared/data) or name it in TRADESENSE_TEST_DATA; without it this comparison proves nothing."
        )
    return path
