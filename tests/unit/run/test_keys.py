"""The secrets the program makes for itself."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tradesense.run.keys import kept_key


def test_a_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = kept_key(folder, "k.key")
    assert len(key) >= 32
    assert kept_key(folder, "k.key") == key
    assert stat.S_IMODE((folder / "k.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == ["k.key"]


def test_another_folder_has_another_key(tmp_path: Path) -> None:
    assert kept_key(tmp_path / "a", "k.key") != kept_key(tmp_path / "b", "k.key")


def test_two_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    for attempt in range(20):
        folder = tmp_path / str(attempt)
        with ThreadPoolExecutor(4) as pool:
            keys = set(pool.map(lambda _, folder=folder: kept_key(folder, "k.key"), range(4)))
        assert len(keys) == 1
        assert [path.name for path in folder.iterdir()] == ["k.key"]
