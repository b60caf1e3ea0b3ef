"""Lighthouse over the pages as people meet them: behind nginx with TLS, in a browser that never saw them.

`python -m tests.benchmarks.browser_pages FOLDER [PAGE...]` takes Lighthouse from that folder, where
`make bench-pages` puts it. It simulates a slow line by itself, but its times stretch with the machine's other
work: the best of three turns counts, `ownBlockedMs` has the page's own processor time alone, and `machine`
tells how quick the machine was (Lighthouse's index). Nothing here passes or fails by the clock.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.e2e.conftest import HERE as STORIES
from tests.e2e.conftest import cookies_from
from tests.fixtures.database import shared_server
from tests.fixtures.edge import Edge, run_edge
from tests.fixtures.people import AUTH, new_email, new_password
from tests.fixtures.waiting import wait_until

PAGES = ("/login", "/dashboard", "/futures", "/options?underlying=CL", "/options?underlying=CL&view=surface")
MUST = {"/login": (95, 100), "/dashboard": (95, 100)}
"""Performance and accessibility of these, on a desk."""
SHOWN = (
    "page",
    "form",
    "performance",
    "accessibility",
    "best-practices",
    "firstPaintMs",
    "largestPaintMs",
    "blockedMs",
    "ownBlockedMs",
    "shift",
    "kilobytes",
    "machine",
)
FOR_ANYBODY = ("/login",)
LONGEST_SECONDS = 900
BEAT_MS = "500"
"""As the program comes."""


def signed_in(edge: Edge) -> list[dict[str, str]]:
    """Make an account, sign in, and return the cookies as a browser takes them."""
    account = {"email": new_email(), "password": new_password()}
    with edge.client() as client:
        client.post(f"{AUTH}/register", json=account).raise_for_status()
        answer = client.post(f"{AUTH}/login", json=account).raise_for_status()
        return cookies_from(answer, edge.https)


def _wait_for_prices(edge: Edge) -> None:
    """Return once the simulated market is there: an empty desk is lighter than any that is used."""
    account = {"email": new_email(), "password": new_password()}
    with edge.client() as client:
        client.post(f"{AUTH}/register", json=account).raise_for_status()
        client.post(f"{AUTH}/login", json=account).raise_for_status()
        wait_until(lambda: bool(client.get("/api/v1/options").json().get("items")), seconds=120)


def measured(edge: Edge, lighthouse: Path, pages: Sequence[str]) -> list[dict[str, Any]]:
    """Return what Lighthouse says of each page, on a desk and on a phone."""
    browser = subprocess.run(
        ["bash", str(STORIES / "find-browser.sh")], capture_output=True, text=True, check=True
    ).stdout.strip()
    cookies = signed_in(edge)
    found: list[dict[str, Any]] = []
    for page in pages:
        own = [] if page in FOR_ANYBODY else cookies
        script = Path(__file__).with_name("lighthouse.mjs")
        told = subprocess.run(
            ["node", str(script), edge.https, browser, str(lighthouse), json.dumps(own), page],
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
        if told.returncode != 0:
            print(f"{page}: {told.stderr[-1500:]}")
            continue
        found += json.loads(told.stdout.strip().splitlines()[-1])
    return found


def print_table(found: list[dict[str, Any]]) -> None:
    """Print a line a page and form, and under it what Lighthouse holds against it."""
    print("  ".join(SHOWN))
    for each in found:
        print("  ".join(str(each[name]) for name in SHOWN), _verdict(each))
        for line in each["wrong"]:
            print(f"    {line}")


def _verdict(each: dict[str, Any]) -> str:
    if each["form"] != "desktop" or each["page"] not in MUST:
        return ""
    least = MUST[each["page"]]
    return "PASS" if each["performance"] >= least[0] and each["accessibility"] >= least[1] else "FAIL"


def main() -> None:
    """Run the whole behind nginx, measure, and end it."""
    server = shared_server()
    with run_edge(server, FEEDS="simulated", LIVE_BEAT_MS=BEAT_MS) as edge:
        _wait_for_prices(edge)
        found = measured(edge, Path(sys.argv[1]), sys.argv[2:] or PAGES)
    results = Path(__file__).with_name("results")
    results.mkdir(exist_ok=True)
    (results / "pages.json").write_text(json.dumps(found, indent=1))
    print_table(found)


if __name__ == "__main__":
    main()
