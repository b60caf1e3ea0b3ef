"""Loads a running desk at a stated rate and reports what its callers would have felt.

The rate is kept whatever the answers do (an open loop), and a request's time counts from when it was due: a
desk that stands still for a second is seen by everyone who would have come in that second. A request that is
due while too many are under way is not sent and counts as an error. One whose kept connection is closed under
it is sent once more, as browsers do, and counted as sent again. Example:

    TRADESENSE_TOKEN=ts_live_… python scripts/load_test.py https://desk.example.org --rate 50 --seconds 30
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import ssl
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

MIX = {
    "/api/v1/futures": 4,
    "/api/v1/futures/{root}": 3,
    "/api/v1/futures/{root}/curve": 2,
    "/api/v1/options/{underlying}/chain": 3,
    "/api/v1/options/{underlying}/smile": 1,
    "/api/v1/instruments/{symbol}/bars?interval=1m": 1,
}
"""What a working day asks for: a path, and how often it comes beside the others."""

QUANTILES = (0.5, 0.95, 0.99, 1.0)
CLOSED_UNDER_IT = (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much, of what, for how long; `seed` makes two runs ask the same in the same order."""

    rate: float
    seconds: float
    mix: dict[str, int]
    most_at_once: int = 500
    seed: int = 1
    timeout_seconds: float = 10.0


@dataclass(slots=True)
class Result:
    """What came of it: seconds by path, counted from when each request was due, and errors by kind."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    due: int = 0
    again: int = 0
    took: float = 0.0

    @property
    def answered(self) -> int:
        return sum(map(len, self.seconds.values()))


async def load(
    client: httpx.AsyncClient, plan: Plan, *, is_enough: Callable[[], bool] = lambda: False
) -> Result:
    """Keep the rate for so long or until it is enough, wait for what is under way, return what came of it."""
    result = Result()
    chosen = random.Random(plan.seed).choices(  # noqa: S311 - a mix, not a secret
        list(plan.mix), list(plan.mix.values()), k=max(1, round(plan.rate * plan.seconds))
    )
    under_way: set[asyncio.Task[None]] = set()
    began = time.perf_counter()
    for number, path in enumerate(chosen):
        due = began + number / plan.rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        if is_enough():
            break
        result.due += 1
        if len(under_way) >= plan.most_at_once:
            result.errors["not sent: too many under way"] += 1
            continue
        task = asyncio.create_task(_ask(client, path, due, result, plan.timeout_seconds))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    if under_way:
        await asyncio.wait(under_way)
    result.took = time.perf_counter() - began
    return result


async def _ask(client: httpx.AsyncClient, path: str, due: float, result: Result, patience: float) -> None:
    try:
        async with asyncio.timeout(patience):
            try:
                answer = await client.get(path)
            except CLOSED_UNDER_IT:
                result.again += 1
                answer = await client.get(path)
    except (httpx.HTTPError, TimeoutError) as error:
        result.errors[type(error).__name__] += 1
        return
    if answer.status_code >= 400:
        result.errors[f"status {answer.status_code}"] += 1
    else:
        result.seconds[path].append(time.perf_counter() - due)


def quantile(values: list[float], share: float) -> float:
    """Return the least value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def report(plan: Plan, result: Result) -> dict[str, object]:
    """Return the whole as numbers; times in milliseconds."""
    everything = [each for values in result.seconds.values() for each in values]
    return {
        "rate": plan.rate,
        "seconds": plan.seconds,
        "due": result.due,
        "answered": result.answered,
        "sent_again": result.again,
        "answered_per_second": round(result.answered / result.took, 1),
        "errors": dict(result.errors),
        "paths": {
            name: {"count": len(values), **_milliseconds(values)}
            for name, values in [("all", everything), *sorted(result.seconds.items())]
            if values
        },
    }


def _milliseconds(values: list[float]) -> dict[str, float]:
    names = ("p50", "p95", "p99", "max")
    return {
        name: round(quantile(values, share) * 1000, 1) for name, share in zip(names, QUANTILES, strict=True)
    }


def table(numbers: dict[str, object]) -> str:
    """Return a report in lines for people."""
    paths: dict[str, dict[str, float]] = numbers["paths"]  # type: ignore[assignment]
    width = max([len(name) for name in paths] or [4])
    lines = [
        f"{numbers['due']} requests due at {numbers['rate']} a second, {numbers['answered']} answered"
        f" ({numbers['answered_per_second']} a second), {numbers['sent_again']} sent again;"
        " milliseconds from when each was due",
        f"{'':{width}}  {'count':>7}  {'p50':>8}  {'p95':>8}  {'p99':>8}  {'max':>8}",
    ]
    for name, row in paths.items():
        times = "  ".join(f"{row[key]:8.1f}" for key in ("p50", "p95", "p99", "max"))
        lines.append(f"{name:{width}}  {row['count']:>7}  {times}")
    errors: dict[str, int] = numbers["errors"]  # type: ignore[assignment]
    return "\n".join([*lines, *(f"error: {kind}: {count}" for kind, count in sorted(errors.items()))])


async def names_filled(client: httpx.AsyncClient, mix: dict[str, int]) -> dict[str, int]:
    """Return the mix with the desk's own first product, underlying and contract in its paths."""
    products = (await client.get("/api/v1/futures")).raise_for_status().json()["items"]
    underlyings = (await client.get("/api/v1/options")).raise_for_status().json()["items"]
    if not products or not underlyings:
        raise SystemExit("The desk has no market data yet; wait a moment after its first start.")
    names = {
        "root": products[0]["root"],
        "symbol": products[0]["front"]["symbol"],
        "underlying": underlyings[0]["underlying"],
    }
    return {path.format(**names): weight for path, weight in mix.items()}


def mix_of(text: str) -> dict[str, int]:
    """Read `PATH=WEIGHT,PATH=WEIGHT`."""
    pairs = (each.rpartition("=") for each in text.split(","))
    return {path: int(weight) for path, _, weight in pairs}


async def _run(given: argparse.Namespace) -> dict[str, object]:
    token = os.environ.get("TRADESENSE_TOKEN")
    trust = ssl.create_default_context(cafile=given.ca_file) if given.ca_file else True
    async with httpx.AsyncClient(
        base_url=given.address,
        headers={"Authorization": f"Bearer {token}"} if token else {},
        verify=trust,
        limits=httpx.Limits(max_connections=given.most_at_once),
        timeout=httpx.Timeout(60),  # each request has its own, tighter bound
    ) as client:
        mix = mix_of(given.mix) if given.mix else await names_filled(client, MIX)
        plan = Plan(given.rate, given.seconds, mix, given.most_at_once, given.seed)
        return report(plan, await load(client, plan))


def main(arguments: list[str] | None = None) -> int:
    """Run one load and print its report; 1 where more than the allowed share failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("address", help="as https://desk.example.org")
    parser.add_argument("--rate", type=float, default=20, help="requests a second (20)")
    parser.add_argument("--seconds", type=float, default=30, help="for so long (30)")
    parser.add_argument("--mix", help="PATH=WEIGHT,… instead of a working day's")
    parser.add_argument("--most-at-once", type=int, default=500, help="no more under way than these (500)")
    parser.add_argument("--seed", type=int, default=1, help="which order the mix comes in (1)")
    parser.add_argument("--most-errors", type=float, default=0.0, help="the share that may fail (0)")
    parser.add_argument("--ca-file", help="trust certificates of this authority")
    parser.add_argument("--json", action="store_true", help="print numbers for programs")
    given = parser.parse_args(arguments)
    if not 0 < given.rate <= 10_000 or not 0 < given.seconds <= 3600:
        parser.error("--rate is up to 10,000 and --seconds up to 3,600")
    numbers = asyncio.run(_run(given))
    print(json.dumps(numbers, indent=2) if given.json else table(numbers))
    failed = int(numbers["due"]) - int(numbers["answered"])  # type: ignore[call-overload]
    return int(failed > given.most_errors * int(numbers["due"]))  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
