"""The Postman collection is run by Newman against the program: every answer is one the API documents."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.data_folder import PROJECT
from tests.fixtures.feeds import feeds_left_as_they_were
from tests.fixtures.people import People

NEWMAN = PROJECT / "tests" / "postman" / "node_modules" / "newman" / "bin" / "newman.js"
COLLECTION = PROJECT / "docs" / "postman.json"
FOLDERS: dict[str, list[str]] = {
    folder["name"]: [item["name"] for item in folder["item"]]
    for folder in json.loads(COLLECTION.read_text("utf-8"))["item"]
}
SIGNING = ("auth",)
"""Signing out and deleting end what the other folders ask with."""

Executions = list[dict[str, Any]]


def run(report: Path, folders: list[str], variables: dict[str, str]) -> Executions:
    """Ask everything in some folders; return what was asked and answered."""
    command = ["node", NEWMAN, "run", COLLECTION, "--reporters", "json", "--reporter-json-export", report]
    for folder in folders:
        command += ["--folder", folder]
    for name, value in variables.items():
        command += ["--env-var", f"{name}={value}"]
    done = subprocess.run(
        [*command, "--timeout-request", "60000"],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        cwd=report.parent,
    )
    assert report.exists(), done.stdout + done.stderr
    executions: Executions = json.loads(report.read_text("utf-8"))["run"]["executions"]
    wrong = [
        (each["item"]["name"], each.get("response", {}).get("code"), failed)
        for each in executions
        if (failed := _failed(each))
    ]
    assert wrong == []
    assert done.returncode == 0, done.stdout + done.stderr
    return executions


def _failed(execution: dict[str, Any]) -> list[str]:
    said = [execution["requestError"]["message"]] if "requestError" in execution else []
    tests = execution.get("assertions", [])
    return said + [each["error"]["message"] for each in tests if "error" in each] + ["no test"] * (not tests)


@pytest.fixture(autouse=True)
def newman_is_there() -> None:
    assert NEWMAN.exists(), "Newman is missing: `make test` sets it up, or `npm ci` in tests/postman"


def test_newman_finds_every_answer_documented(people_of_running_app: People, tmp_path: Path) -> None:
    people = people_of_running_app
    person = people.with_role("admin")
    folders = [name for name in FOLDERS if name not in SIGNING]
    known = {
        "baseUrl": people.url,
        "token": people.tokens(person).access,
        "email": person.email,
        "password": "is not the password, so that nobody is deleted",
    }
    with feeds_left_as_they_were(people.script(person)):
        executions = run(tmp_path / "report.json", folders, known)
    assert [each["item"]["name"] for each in executions] == [
        name for folder in folders for name in FOLDERS[folder]
    ]
    # What is named by an example may be unknown here; what is asked for without a name is there.
    codes = {each["item"]["id"]: each["response"]["code"] for each in executions}
    assert {codes[name] for name in ("list_futures", "get_option_chain", "compute_greeks", "get_me")} == {200}


def test_newman_signs_in_with_the_collection_and_goes_on_as_that_person(
    people_of_running_app: People, tmp_path: Path
) -> None:
    people = people_of_running_app
    person = people.register()
    known = {"baseUrl": people.url, "email": person.email, "password": person.password}
    executions = run(tmp_path / "report.json", list(SIGNING), known)
    seen = {each["item"]["id"]: each["response"]["code"] for each in executions}
    assert len(seen) == len(FOLDERS["auth"])
