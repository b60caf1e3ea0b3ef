"""What is kept in the repository: nothing built, nothing of one machine, no large file."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.data_folder import PROJECT

BUILT = re.compile(r"(^|/)(\.venv[^/]*|node_modules|__pycache__|\.next|out|\.stamps|\.data|\.node)/")
# Written in pieces, so that this file is not its own finding.
MACHINE = re.compile(
    "|".join(
        (
            r"(?<![\w.])/wo" + r"rk/",
            r"(?<![\w.])/ro" + r"ot/",
            r"(?<![\w.])/ho" + r"me/\w",
        )
    )
)
INDEX = re.compile(
    r"^\s*(--(extra-)?index-url|--find-links|-i )|\"resolved\":|registry\s*=\s*http",
    re.MULTILINE,
)
TEXT_SUFFIXES = {
    *(
        ".py",
        ".toml",
        ".md",
        ".txt",
        ".ini",
        ".cfg",
        ".lock",
        ".json",
        ".yml",
        ".yaml",
        ".sh",
        ".csv",
        ".html",
    ),
    *(".ts", ".tsx", ".js", ".mjs", ".cjs", ".css", ""),
}


def kept_files() -> list[str]:
    if not (PROJECT / ".git").exists():
        return []
    done = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)
    return [name for name in done.stdout.decode().split("\0") if name]


FILES = kept_files()
OWN = [PROJECT / name for name in FILES if not BUILT.search(name)]
TEXTS = [path for path in OWN if path.suffix in TEXT_SUFFIXES and path.is_file()]


@pytest.fixture(autouse=True)
def _needs_the_repository() -> None:
    if not FILES:
        pytest.skip("not a git checkout: there is no list of what is kept")


def test_nothing_built_is_kept() -> None:
    assert [name for name in FILES if BUILT.search(name)][:5] == []


def test_no_path_of_one_machine_is_written_down() -> None:
    found = [
        str(path.relative_to(PROJECT)) for path in TEXTS if MACHINE.search(path.read_text("utf-8", "replace"))
    ]
    assert found == []


def test_no_package_index_is_written_down() -> None:
    found = [
        str(path.relative_to(PROJECT)) for path in TEXTS if INDEX.search(path.read_text("utf-8", "replace"))
    ]
    assert found == []


def test_no_large_file_is_kept() -> None:
    large = [
        str(path.relative_to(PROJECT)) for path in OWN if path.is_file() and path.stat().st_size > 1_500_000
    ]
    assert large == []


def test_secrets_have_no_place_in_files() -> None:
    named = [path.name for path in OWN]
    assert ".env" not in named
    assert not [name for name in named if name.endswith((".key", ".pem"))]
