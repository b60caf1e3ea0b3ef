"""Scripts, images, workflows and YAML files please the linters of their kind, the same that run on GitHub."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.data_folder import PROJECT

BIN = Path(sys.executable).parent


def kept(*patterns: str) -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=PROJECT, capture_output=True, check=True)
    return [name for name in done.stdout.decode().split("\0") if name]


@pytest.mark.parametrize(
    ("command", "patterns"),
    [
        (["shellcheck"], ["*.sh", ".ci/run"]),
        (["hadolint"], ["*/Dockerfile"]),
        (["yamllint", "--strict"], ["*.yml", "*.yaml"]),
        (["zizmor", "--offline", "--min-severity", "low", "--no-progress"], [".github/*.yml"]),
    ],
    ids=lambda each: each[0] if each[0].isalpha() else "",
)
def test_r95_the_linter_finds_nothing(command: list[str], patterns: list[str]) -> None:
    if not (PROJECT / ".git").exists():
        pytest.skip("not a git checkout: there is no list of what is kept")
    files = kept(*patterns)
    assert files
    done = subprocess.run(
        [BIN / command[0], *command[1:], *files], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
