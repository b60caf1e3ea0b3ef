"""The workflows and the scripts they run: what may run, with which rights, for how long."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.data_folder import PROJECT

FOLDER = PROJECT / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
SCRIPTS = sorted((PROJECT / "deploy").rglob("*.sh"))
PINNED = re.compile(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$|uses: \./\.github/workflows/\w+\.yml$")
MAY_WRITE = {
    **{
        ("release.yml", name): {"contents": "read", "packages": "write"}
        for name in ("images", "passed", "promote")
    },
    ("update-python.yml", "lock"): {"contents": "write", "pull-requests": "write"},
}


def jobs() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path.name, name, job)
        for path in WORKFLOWS
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items()
    ]


@pytest.mark.parametrize(
    ("file", "schema"),
    [*((path, "github-workflows") for path in WORKFLOWS), (FOLDER / "dependabot.yml", "dependabot")],
    ids=lambda each: getattr(each, "name", ""),
)
def test_it_fits_its_schema(file: Path, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_r95_a_workflow_starts_without_rights_and_runs_pinned_actions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    # What may be started by a stranger's change must not see secrets; YAML reads `on` as true.
    assert "pull_request_target" not in workflow[True]
    assert "workflow_run" not in workflow[True]
    for line in text.splitlines():
        if "uses:" in line:
            assert PINNED.search(line), line


@pytest.mark.parametrize(
    ("file", "name", "job"), jobs(), ids=lambda each: each if isinstance(each, str) else ""
)
def test_r95_a_job_has_a_limit_and_the_least_rights(file: str, name: str, job: dict[str, Any]) -> None:
    assert job["permissions"] == MAY_WRITE.get((file, name), {"contents": "read"})
    if "uses" in job:
        return
    assert 0 < job["timeout-minutes"] <= 60
    assert job["runs-on"] == "ubuntu-24.04"
    for step in job["steps"]:
        # What somebody else may have named never stands in a script: it comes as a variable.
        assert "${{" not in step.get("run", "")
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_scripts_that_workflows_run_exist_and_may_be_run() -> None:
    named = {
        word
        for path in WORKFLOWS
        for word in re.findall(r"\bdeploy/[\w-]+\.sh", path.read_text(encoding="utf-8"))
    }
    assert named == {
        "deploy/build-image.sh",
        "deploy/promote-image.sh",
        "deploy/scan-image.sh",
        "deploy/remote.sh",
    }
    for script in SCRIPTS:
        assert script.stat().st_mode & 0o111, script
        assert re.match(r"#!/bin/(ba)?sh\n# .*\n(# .*\n)*set -eu", script.read_text()), script


def test_production_follows_a_tag_and_its_environments_approval() -> None:
    release = {name: job for file, name, job in jobs() if file == "release.yml"}
    assert release["staging"]["environment"] == "staging"
    assert release["staging"]["if"] == "github.ref == 'refs/heads/main'"
    assert release["production"]["environment"] == "production"
    assert release["production"]["if"] == "startsWith(github.ref, 'refs/tags/v')"
    assert release["staging"]["needs"] == ["checks", "images"]
    assert release["production"]["needs"] == ["promote"]


def test_a_tag_takes_the_images_that_main_built_and_tried() -> None:
    release = {name: job for file, name, job in jobs() if file == "release.yml"}
    for name in ("checks", "images"):
        assert release[name]["if"] == "github.ref == 'refs/heads/main'"
    assert release["promote"]["if"] == "startsWith(github.ref, 'refs/tags/v')"
    assert "needs" not in release["promote"]
    assert release["passed"]["needs"] == ["staging"]
    assert release["passed"]["env"]["TO"] == release["promote"]["env"]["FROM"]
    assert release["passed"]["env"]["FROM"] == "${{ github.sha }}"
    parts = [release[name]["strategy"]["matrix"]["part"] for name in ("images", "passed", "promote")]
    assert parts == [["backend", "frontend", "nginx"]] * 3
    builders = [name for name, job in release.items() if "build-image.sh" in str(job)]
    assert builders == ["images"]


def test_r95_proposals_of_newer_releases_wait_a_week() -> None:
    updates = yaml.safe_load((FOLDER / "dependabot.yml").read_text())["updates"]
    assert all(each["cooldown"]["default-days"] >= 7 for each in updates)
    assert "7 days ago" in (FOLDER / "workflows/update-python.yml").read_text()


def test_the_parts_that_run_side_by_side_are_all_tests_and_each_once() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^PART_([\w-]+) :?= (.*)$", makefile, re.MULTILINE))
    ci = {name: job for file, name, job in jobs() if file == "ci.yml"}
    matrix = ci["test"]["strategy"]["matrix"]
    # Not all that goes through several processes passes there yet: `make stack-test` tells.
    assert matrix["part"] == [part for part in parts if not part.startswith("stack")]
    left_out = {each["part"] for each in matrix["exclude"]}
    assert left_out.isdisjoint({"backend", "integration", "security"})
    plain = [part for part in parts.values() if part.startswith("-m 'not wall_clock'")]
    folders = [word for part in plain for word in part.split() if word.startswith("tests/")]
    with_tests = {
        f"tests/{path.relative_to(PROJECT / 'tests').parts[0]}"
        for path in (PROJECT / "tests").rglob("test_*.py")
        if "node_modules" not in path.parts
    }
    assert len(folders) == len(set(folders))
    assert set(folders) == with_tests
    assert "make lint types client-check test-frontend" in str(ci["lint"])
