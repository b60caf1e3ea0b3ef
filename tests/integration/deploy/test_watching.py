"""Every figure that dashboards draw and alarms watch is one the program tells."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import yaml

from tests.data_folder import PROJECT
from tests.fixtures.served import ServedApp

DEPLOY = PROJECT / "deploy"
WORDS = re.compile(r'"[^"]*"|\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)')
NAME = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\bup\b")
FUNCTIONS = {"histogram_quantile"}


def expressions() -> Iterator[str]:
    for group in yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text())["groups"]:
        for rule in group["rules"]:
            assert rule["annotations"]["summary"]
            assert rule["labels"]["severity"] in ("page", "look")
            yield rule["expr"]
    for file in (DEPLOY / "grafana/dashboards").glob("*.json"):
        for panel in json.loads(file.read_text())["panels"]:
            yield from (target["expr"] for target in panel["targets"])


def test_the_figures_are_told_by_the_program(served_app: ServedApp) -> None:
    named = {name for text in expressions() for name in NAME.findall(WORDS.sub("", text))} - FUNCTIONS
    assert {"http_requests_total", "feeds_silent", "database_connections_in_use", "stream_clients"} <= named
    httpx.get(served_app.url + "/health", timeout=60)
    told = httpx.get(served_app.url + "/metrics", timeout=60).text
    samples = set(re.findall(r"^(\w+)[{ ]", told, re.MULTILINE))
    # `up` is Prometheus's own; a clock that never jumped is told by the program in a process of its own.
    assert named - samples <= {"up", "clock_jumps_total"}


def test_connections_that_are_lent_out_are_counted(served_app: ServedApp) -> None:
    told = httpx.get(served_app.url + "/metrics", timeout=60).text
    assert re.search(r"^database_connections_most 60\.0$", told, re.MULTILINE)
    assert re.search(r"^database_connections_in_use \d+\.0$", told, re.MULTILINE)


def test_the_dashboard_is_what_its_script_says() -> None:
    assert (
        subprocess.run([sys.executable, PROJECT / "scripts/grafana.py", "--check"], check=False).returncode
        == 0
    )


def test_prometheus_finds_each_process_by_address_with_the_token() -> None:
    job = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text())["scrape_configs"][0]
    assert job["dns_sd_configs"][0] == {
        "names": ["backend", "feed"],
        "type": "A",
        "port": 8000,
        "refresh_interval": "15s",
    }
    compose = (PROJECT / "docker-compose.yml").read_text()
    assert f">{job['authorization']['credentials_file']} " in compose
