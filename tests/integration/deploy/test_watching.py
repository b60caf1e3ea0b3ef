"""Every figure that dashboards draw and alarms watch is one the program tells."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


def receiver_of(folder: Path, **given: str) -> tuple[dict[str, Any], str]:
    """Return the one receiver that Alertmanager is given, and what its start says."""
    done = subprocess.run(
        [DEPLOY / "alertmanager/start.sh", "--write", folder],
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=True,
    )
    written = yaml.safe_load((folder / "alertmanager.yml").read_text())
    (receiver,) = written["receivers"]
    assert {route["receiver"] for route in [written["route"], *written["route"]["routes"]]} == {"operator"}
    return receiver, done.stderr


def test_alarms_call_by_mail_through_the_mail_server_of_the_desk(tmp_path: Path) -> None:
    receiver, said = receiver_of(
        tmp_path,
        ALERT_MAIL_TO="on'call@example.org",
        MAIL_URL="smtp://desk%40example.org:w%3Ard%25@mail.example.org:587",
        MAIL_FROM="Desk <desk@example.org>",
    )
    assert receiver["email_configs"] == [
        {
            "to": "on'call@example.org",
            "from": "Desk <desk@example.org>",
            "smarthost": "mail.example.org:587",
            "require_tls": True,
            "send_resolved": True,
            "auth_username": "desk@example.org",
            "auth_password_file": f"{tmp_path}/mail-password",
        }
    ]
    password = tmp_path / "mail-password"
    assert password.read_text() == "w:rd%"
    assert password.stat().st_mode & 0o077 == 0
    assert "w:rd" not in (tmp_path / "alertmanager.yml").read_text()
    assert said == ""


def test_alarms_call_an_address_that_is_kept_out_of_the_configuration(tmp_path: Path) -> None:
    receiver, _ = receiver_of(tmp_path, ALERT_WEBHOOK_URL="https://hooks.example.org/word?a=b")
    assert receiver["webhook_configs"] == [{"url_file": f"{tmp_path}/webhook-url", "send_resolved": True}]
    assert (tmp_path / "webhook-url").read_text() == "https://hooks.example.org/word?a=b"


def test_alarms_that_call_nobody_say_so(tmp_path: Path) -> None:
    receiver, said = receiver_of(tmp_path)
    assert receiver == {"name": "operator"}
    assert "Nobody is called" in said


def test_prometheus_hands_its_alarms_to_the_service_that_calls() -> None:
    alerting = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text())["alerting"]
    assert alerting["alertmanagers"][0]["static_configs"] == [{"targets": ["alertmanager:9093"]}]
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]
    assert set(services["prometheus"]["networks"]) & set(services["alertmanager"]["networks"])
    assert services["alertmanager"]["profiles"] == services["prometheus"]["profiles"]
