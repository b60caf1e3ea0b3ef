"""Shared by every test."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

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
    "tests.fixtures.redis",
    "tests.fixtures.served",
    "tests.fixtures.edge",
    "tests.fixtures.topology",
    "tests.fixtures.tokens",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-examples",
        type=int,
        default=3,
        help="how many examples schemathesis tries per operation and phase (make fuzz: 100)",
    )
    parser.addoption(
        "--full-faults",
        action="store_true",
        help="break things as often as the fault table asks, not just a few times (make faults)",
    )
    parser.addoption(
        "--through",
        choices=["topology"],
        help="run what asks for the running program through nginx, workers and feed, and nothing else "
        "(make stack-test)",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--through` keep what asks for the program, and does not look into its one process."""
    if config.getoption("--through") is None:
        return
    through = [
        item
        for item in items
        if "stack" in getattr(item, "fixturenames", ()) and item.get_closest_marker("one_process") is None
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in through])
    items[:] = through


@pytest.fixture(scope="session")
def full_faults(request: pytest.FixtureRequest) -> bool:
    """Whether a fault is tried as often, and as large, as the fault table asks."""
    return bool(request.config.getoption("--full-faults"))


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Takes lines about what was seen and how long it took; they are printed when all tests are done."""
    return lambda line: record_property("measured", line)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [report for each in terminalreporter.stats.values() for report in each]
    lines = {
        (report.nodeid.rpartition("::")[2], number, str(value))
        for report in reports
        if getattr(report, "when", "") == "call"
        for number, (name, value) in enumerate(report.user_properties)
        if name == "measured"
    }
    if lines:
        terminalreporter.section("measured")
    for test, _, line in sorted(lines):
        terminalreporter.write_line(f"{test}: {line}")
