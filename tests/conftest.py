"""Shared by every test."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.fixtures.app", "tests.fixtures.market"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-examples",
        type=int,
        default=8,
        help="how many examples schemathesis tries per operation and phase (make fuzz: 100)",
    )
