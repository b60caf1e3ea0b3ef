"""Writes deploy/grafana/dashboards/desk.json; `--check` fails if it is not what this file says."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "deploy" / "grafana" / "dashboards" / "desk.json"
_QUANTILE = (
    "histogram_quantile({q}, sum by (le{by}) (rate(http_request_duration_seconds_bucket[$__rate_interval])))"
)
_RATE = "sum by ({by}) (rate({metric}[$__rate_interval]))"

# Title, unit, and what is drawn: an expression and its legend.
PANELS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Answers: how long they take",
        "s",
        tuple((_QUANTILE.format(q=q, by=""), f"{q:.0%}") for q in (0.5, 0.95, 0.99)),
    ),
    (
        "Slowest routes (95 %)",
        "s",
        ((f"topk(8, {_QUANTILE.format(q=0.95, by=', handler')})", "{{handler}}"),),
    ),
    (
        "Requests by outcome",
        "reqps",
        ((_RATE.format(by="status", metric="http_requests_total"), "{{status}}"),),
    ),
    (
        "Share of failures",
        "percentunit",
        (
            (
                'sum(rate(http_requests_total{status="5xx"}[$__rate_interval]))'
                " / sum(rate(http_requests_total[$__rate_interval]))",
                "5xx",
            ),
        ),
    ),
    ("Feeds", "short", (("feeds_on", "on"), ("feeds_silent", "silent"))),
    (
        "A beat of live prices",
        "s",
        (("live_beat_seconds", "the last"), ("live_longest_beat_seconds", "the longest")),
    ),
    (
        "Changes told",
        "cps",
        (
            ("rate(live_steps_total[$__rate_interval])", "all"),
            ("rate(live_snapshots_total[$__rate_interval])", "whole"),
        ),
    ),
    (
        "Put on record",
        "cps",
        (
            ("rate(live_rows_recorded_total[$__rate_interval])", "rows"),
            ("rate(live_rows_thinned_total[$__rate_interval])", "thinned"),
            ("rate(live_bars_lost_total[$__rate_interval])", "bars lost"),
        ),
    ),
    (
        "Stream",
        "short",
        (
            ("stream_clients", "connections"),
            ("stream_topics", "topics"),
            ("stream_subscriptions", "subscriptions"),
        ),
    ),
    (
        "Stream: frames and dropped readers",
        "cps",
        (
            ("rate(stream_frames_total[$__rate_interval])", "frames"),
            ("rate(stream_dropped_total[$__rate_interval])", "dropped"),
        ),
    ),
    (
        "Kept answers",
        "cps",
        (
            ("sum(rate(answers_found_total[$__rate_interval]))", "found"),
            ("sum(rate(answers_joined_total[$__rate_interval]))", "waited for"),
            ("sum(rate(answers_computed_total[$__rate_interval]))", "computed"),
        ),
    ),
    (
        "Connections to the database of people",
        "short",
        (("database_connections_in_use", "lent out"), ("database_connections_most", "most")),
    ),
    (
        "Market store",
        "bytes",
        (("market_store_free_bytes", "free on its disk"), ("market_store_log_bytes", "log")),
    ),
    ("Memory", "bytes", (("process_resident_memory_bytes", "resident"),)),
    ("Processor", "percentunit", (("rate(process_cpu_seconds_total[$__rate_interval])", "cores in use"),)),
)


def dashboard() -> dict[str, Any]:
    """Return the dashboard, two panels a row."""
    return {
        "uid": "tradesense-desk",
        "title": "TradeSense",
        "schemaVersion": 39,
        "refresh": "15s",
        "time": {"from": "now-3h", "to": "now"},
        "timezone": "browser",
        "panels": [_panel(number, *each) for number, each in enumerate(PANELS)],
    }


def _panel(number: int, title: str, unit: str, drawn: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": title,
        "datasource": {"type": "prometheus", "uid": "prometheus"},
        "gridPos": {"x": number % 2 * 12, "y": number // 2 * 8, "w": 12, "h": 8},
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + place), "expr": expression, "legendFormat": legend}
            for place, (expression, legend) in enumerate(drawn)
        ],
    }


def main(arguments: list[str]) -> int:
    """Write the dashboard, or tell whether the written one is this one."""
    made = json.dumps(dashboard(), indent=1) + "\n"
    if arguments == ["--check"]:
        return int(not TARGET.exists() or TARGET.read_text("utf-8") != made)
    TARGET.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
