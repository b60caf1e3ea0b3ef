"""The cache of compiled kernels follows the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

import tradesense
from tradesense import _kernels


def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    quant = tmp_path / "quant"
    quant.mkdir()
    (quant / "black.py").write_text("one = 1\n")
    monkeypatch.setattr(_kernels, "__file__", str(tmp_path / "_kernels.py"))
    return quant


def _named(monkeypatch: pytest.MonkeyPatch) -> str:
    import os

    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    _kernels.name_kernel_cache()
    return os.environ["NUMBA_CACHE_DIR"]


def test_a_change_in_any_source_names_another_folder(tmp_path, monkeypatch):
    quant = _package(tmp_path, monkeypatch)
    before = _named(monkeypatch)
    assert _named(monkeypatch) == before
    (quant / "special.py").write_text("two = 2\n")
    assert _named(monkeypatch) != before


def test_folders_of_former_sources_do_not_pile_up(tmp_path, monkeypatch):
    quant = _package(tmp_path, monkeypatch)
    for state in range(10):
        (quant / "black.py").write_text(f"one = {state}\n")
        newest = _named(monkeypatch)
    kept = list((quant / "__pycache__").glob("kernels-*"))
    assert Path(newest) in kept
    assert len(kept) <= 3


def test_a_folder_the_user_names_is_left_alone(tmp_path, monkeypatch):
    _package(tmp_path, monkeypatch)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "mine"))
    _kernels.name_kernel_cache()
    assert not (tmp_path / "quant" / "__pycache__").exists()
    assert tradesense.__version__
