"""The peers' side of the option-maths table: runs in .venv-peers, times one named job a line of its input.

Started by `option_maths` as a script with the folder of inputs as its argument; answers each job's name with
its processor seconds, or `missing`. It knows nothing of TradeSense.
"""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path

import numpy as np

warnings.simplefilter("ignore")


def jobs(folder: Path):
    c = {path.stem: np.load(path) for path in folder.glob("*.npy")}
    flag = np.where(c["is_call"], "c", "p")
    found = {}
    try:
        from py_vollib_vectorized import (
            get_all_greeks,
            vectorized_black,
            vectorized_implied_volatility_black,
        )

        def greeks(n: int) -> None:
            columns = [flag[:n], *(c[name][:n] for name in ("forward", "strike", "years"))]
            vectorized_black(*columns, c["rate"][:n], c["vol"][:n], return_as="numpy")
            get_all_greeks(*columns, c["rate"][:n], c["vol"][:n], model="black", return_as="dict")

        def implied() -> None:
            names = ("undiscounted", "forward", "strike", "zero", "years")
            vectorized_implied_volatility_black(
                *(c[name] for name in names), flag, return_as="numpy", on_error="ignore"
            )

        found["vollib_greeks"] = lambda: greeks(len(flag))
        found["vollib_greeks_100"] = lambda: greeks(100)
        found["vollib_iv"] = implied
    except ImportError:
        pass
    try:
        import iv_engine

        calls = c["is_call"].astype(bool)
        sides = [
            ([c[name][side].copy() for name in ("undiscounted", "forward", "strike", "years")], call)
            for side, call in ((calls, True), (~calls, False))
        ]

        def engine() -> None:
            for columns, call in sides:
                iv_engine.implied_volatilities(*columns, is_call=call, parallel=False)

        found["iv_engine_iv"] = engine
    except ImportError:
        pass
    return found


def main() -> None:
    found = jobs(Path(sys.argv[1]))
    for job in found.values():
        job()
    print("ready", flush=True)
    for line in sys.stdin:
        job = found.get(line.strip())
        if job is None:
            print("missing", flush=True)
            continue
        start = time.thread_time()
        job()
        print(time.thread_time() - start, flush=True)


if __name__ == "__main__":
    main()
