"""Shared by every test."""

from __future__ import annotations

import atexit
import os
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import certifi
import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

# In CI the same examples every time; a developer's run looks for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

# Reading 140 authorities takes longer than most calls, and no test asks anybody outside: one is enough.
_first, _end, _ = Path(certifi.where()).read_text("utf-8").partition("-----END CERTIFICATE-----\n")
with tempfile.NamedTemporaryFile("w", prefix="ts-authority-", suffix=".pem", delete=False) as _one:
    _one.write(_first + _end)
os.environ["SSL_CERT_FILE"] = _one.name
atexit.register(Path(_one.name).unlink, missing_ok=True)

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


_ASKS_FOR_IT = re.compile(
    r"\b(?:running_app|people_of_running_app|(?:admin_|anonymous_)?api: httpx|story: Story)\b"
)


_CHANGES_IT = ("test_newman.py", "test_openapi_fuzz.py")
"""They switch feeds, hand in quotes, and break the simulated market."""


@cache
def shares_the_program(file: Path) -> bool:
    """Whether a file of tests, or the set-up beside it, asks for the running program or walks a browser."""
    texts = (each.read_text("utf-8") for each in (file, file.with_name("conftest.py")) if each.exists())
    return any(_ASKS_FOR_IT.search(text) for text in texts)


class FilesInTurn(LoadFileScheduling):
    """Gives a worker a file at a time; the files that share the running program all to one.

    So one program runs its market, and one browser draws, at a time: two would wait for each other.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "the program" if shares_the_program(self.config.rootpath / file) else str(file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesInTurn | None:
    return FilesInTurn(config, log) if config.option.dist == "loadfile" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, the shared program's files; who changes it comes after who looks at it.

    The rest goes by name: the smallest are in `unit`, at the end, so that both workers end together.
    """
    if config.getoption("--through") is not None:
        _keep_what_goes_through(config, items)
    items.sort(key=lambda item: (not shares_the_program(item.path), item.path.name in _CHANGES_IT))


def _keep_what_goes_through(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what asks for the program, and does not look into its one process."""
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
