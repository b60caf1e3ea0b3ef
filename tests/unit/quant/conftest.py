"""Kernels compile once before the first test here, so that no test's own time depends on who came first."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tradesense import quant

settings.register_profile("quant", deadline=None)
settings.load_profile("quant")


@pytest.fixture(scope="session", autouse=True)
def warm_kernels() -> None:
    quant.warm()
