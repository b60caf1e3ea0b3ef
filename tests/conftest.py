"""Shared by every test."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# In CI the same examples every time; a developer's run looks for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

# In the order in which they import each other.
pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.app",
    "tests.fixtures.market",
    "tests.fixtures.served",
    "tests.fixtures.tokens",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-examples",
        type=int,
        default=8,
        help="how many examples schemathesis tries per operation and phase (make fuzz: 100)",
    )
