"""The Postman collection is what the API says, and what it asks is understood."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx

from tests.data_folder import PROJECT

SCRIPT = PROJECT / "scripts" / "postman.py"
COLLECTION: dict[str, Any] = json.loads((PROJECT / "docs" / "postman.json").read_text("utf-8"))
API: dict[str, Any] = json.loads((PROJECT / "frontend" / "openapi.json").read_text("utf-8"))
NEED_NO_DATABASE = ("health", "futures", "instruments", "options", "calculators")


def items(*folders: str) -> Iterator[dict[str, Any]]:
    for folder in COLLECTION["item"]:
        if not folders or folder["name"] in folders:
            yield from folder["item"]


def test_it_is_what_the_api_says() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_has_every_operation_once() -> None:
    operations = [one["operationId"] for each in API["paths"].values() for one in each.values()]
    assert sorted(item["id"] for item in items()) == sorted(operations)


def test_nothing_that_has_to_be_said_is_left_empty() -> None:
    for item in items():
        url = item["request"]["url"]
        needed = [*url["variable"], *(each for each in url["query"] if not each.get("disabled"))]
        assert all(each["value"] for each in needed), item["id"]


def test_signing_in_keeps_the_token_and_everything_else_sends_it() -> None:
    keepers = [
        item["id"]
        for item in items()
        if any("'token'" in line for each in item["event"] for line in each["script"]["exec"])
    ]
    token = API["paths"]["/api/v1/auth/token"]["post"]["operationId"]
    assert keepers == [token]
    assert COLLECTION["auth"]["bearer"][0]["value"] == "{{token}}"


def sent(item: dict[str, Any]) -> dict[str, Any]:
    request, url = item["request"], item["request"]["url"]
    values = {each["key"]: each["value"] for each in url["variable"]}
    parts = [values[part[1:]] if part.startswith(":") else part for part in url["path"]]
    body = request.get("body", {}).get("raw")
    return {
        "method": request["method"],
        "url": "/" + "/".join(parts),
        "params": {each["key"]: each["value"] for each in url["query"] if not each.get("disabled")},
        "content": body,
        "headers": {"Content-Type": "application/json"} if body else {},
    }


async def test_the_program_understands_what_it_asks(app_client: httpx.AsyncClient) -> None:
    # The store is empty: what is named may be unknown, but every request is well formed.
    for item in items(*NEED_NO_DATABASE):
        answer = await app_client.request(**sent(item))
        assert answer.status_code in (200, 404, 503), (item["id"], answer.text)
        if answer.status_code == 404:
            assert answer.json()["code"] != "not_found", (item["id"], answer.text)
