"""The calculators: columns of a request to arrays, one `quant` call, arrays to columns of an answer.

Knows neither HTTP nor the store. A bad cell is a status; unequal lengths or an unknown column are
`InvalidColumns`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from tradesense import quant
from tradesense.market.options.errors import InvalidBody, InvalidColumns, TooManyRows
from tradesense.market.options.valuation import Model

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MOST_ROWS = 50_000
# A lattice costs some hundred times a formula; a call stays within a few seconds.
MOST_BINOMIAL_ROWS = 2_000

# A request this long, or with a lattice, takes more than the few milliseconds an event loop can spare.
_SMALL_BODY_BYTES = 32 * 1024

GREEK_UNITS: Mapping[str, str] = {
    "price": "as `forward` or `spot`",
    "delta": "per 1.00 of the forward or spot",
    "gamma": "per 1.00 squared",
    "vega": "per volatility point (0.01)",
    "theta": "per calendar day",
    "rho": "per 0.01 of the rate",
}
IV_UNITS: Mapping[str, str] = {
    "iv": "fraction per year; with bachelier price units per square root of a year"
}

_RIGHTS: Mapping[object, float] = {"C": 1.0, "P": 0.0}
_NUMBERS = {float, int, type(None)}
_TEXTS = {str, type(None)}
_INVALID_WORD = quant.Status.INVALID.word
_WORDS = np.array(quant.STATUS_WORDS, dtype=object)


@dataclass(frozen=True, slots=True)
class ColumnRules:
    """Which columns a model takes: all of `required`, any of `optional` (0 where left out)."""

    required: tuple[str, ...]
    optional: tuple[str, ...]


def column_rules(model: Model, wanted: str) -> ColumnRules:
    """Return the columns of a model; `wanted` is `vol` for Greeks and `price` for implied volatility.

    >>> column_rules(Model.BLACK76, "vol").optional
    ('rate',)
    """
    if model.on_forward:
        return ColumnRules(("right", "forward", "strike", "expiry_years", wanted), ("rate",))
    return ColumnRules(("right", "spot", "strike", "expiry_years", wanted), ("rate", "dividend_yield"))


@dataclass(frozen=True, slots=True)
class CalculatorInputs:
    """A request's columns as arrays, of one value where one serves all; `invalid` marks unusable cells."""

    rows: int
    is_call: Bools
    numbers: Mapping[str, Floats]
    invalid: Bools


def read_columns(model: Model, wanted: str, columns: Mapping[str, object]) -> CalculatorInputs:
    """Check names and lengths and turn cells into numbers; null and what makes no sense becomes invalid.

    Raises
    ------
    InvalidColumns : for an unknown, missing or empty column, a cell of another type, or lengths that differ
        (one value serves all).
    TooManyRows : for more than 50,000 rows, or 2,000 with the binomial model.
    """
    rules = column_rules(model, wanted)
    _check_names(rules, columns)
    cells = {name: _as_list(name, value) for name, value in columns.items()}
    rows = _common_length(cells)
    most = MOST_BINOMIAL_ROWS if model is Model.BINOMIAL else MOST_ROWS
    if rows > most:
        raise TooManyRows(f"At most {most} rows a call with this model.", field="body.columns")
    right = _as_rights(cells["right"])
    numbers = {name: _as_numbers(name, column) for name, column in cells.items() if name != "right"}
    invalid = np.zeros(rows, dtype=np.bool_) | np.isnan(right)
    for column in numbers.values():
        invalid = invalid | ~np.isfinite(column)
    return CalculatorInputs(rows, right == 1.0, numbers, invalid)


def is_big(body: bytes) -> bool:
    """Tell whether answering this request belongs off the event loop."""
    return len(body) > _SMALL_BODY_BYTES or b"binomial" in body


def answer_greeks(request: object) -> dict[str, object]:
    """Answer a decoded `POST /greeks`. Raises `InvalidBody`, `InvalidColumns` or `TooManyRows`."""
    model, columns = _read_request(request)
    return {"model": model, "units": GREEK_UNITS, "columns": compute_greeks(model, columns)}


def answer_implied_vols(request: object) -> dict[str, object]:
    """Answer a decoded `POST /greeks/implied-vol`. Raises as `answer_greeks`."""
    model, columns = _read_request(request)
    return {"model": model, "units": IV_UNITS, "columns": compute_implied_vols(model, columns)}


def _read_request(request: object) -> tuple[Model, Mapping[str, object]]:
    if not isinstance(request, dict):
        raise InvalidBody("The body is an object with `model` and `columns`.", field="body")
    if set(request) != {"model", "columns"}:
        raise InvalidBody("The body has `model` and `columns`, and nothing else.", field="body")
    columns = request["columns"]
    if not isinstance(columns, dict):
        raise InvalidBody("`columns` is an object of columns.", field="body.columns")
    name = request["model"]
    if not isinstance(name, str) or name not in set(Model):
        raise InvalidBody(
            "`model` is one of " + ", ".join(Model) + ".", code="unknown_model", field="body.model"
        )
    return Model(name), columns


def compute_greeks(model: Model, columns: Mapping[str, object]) -> dict[str, object]:
    """Return price, Greeks and status words for a request's columns."""
    inputs = read_columns(model, "vol", columns)
    numbers = inputs.numbers
    found = quant.price_and_greeks(
        model.value,
        is_call=_spread(inputs, inputs.is_call),
        underlying=numbers["forward" if model.on_forward else "spot"],
        strike=numbers["strike"],
        expiry_years=numbers["expiry_years"],
        vol=numbers["vol"],
        rate=numbers.get("rate", 0.0),
        dividend_yield=numbers.get("dividend_yield", 0.0),
    )
    out: dict[str, object] = {name: _column(getattr(found, name), inputs) for name in GREEK_UNITS}
    out["status"] = _words(found.status, inputs)
    return out


def compute_implied_vols(model: Model, columns: Mapping[str, object]) -> dict[str, object]:
    """Return implied volatilities and status words for a request's columns."""
    inputs = read_columns(model, "price", columns)
    numbers = inputs.numbers
    iv, status = quant.implied_vol(
        model.value,
        is_call=_spread(inputs, inputs.is_call),
        price=numbers["price"],
        underlying=numbers["forward" if model.on_forward else "spot"],
        strike=numbers["strike"],
        expiry_years=numbers["expiry_years"],
        rate=numbers.get("rate", 0.0),
        dividend_yield=numbers.get("dividend_yield", 0.0),
    )
    return {"iv": _column(iv, inputs), "status": _words(status, inputs)}


def _check_names(rules: ColumnRules, columns: Mapping[str, object]) -> None:
    for name in rules.required:
        if name not in columns:
            raise InvalidColumns(f"The column `{name}` is missing.", field=f"body.columns.{name}")
    known = {*rules.required, *rules.optional}
    if any(name not in known for name in columns):
        raise InvalidColumns(
            "This model takes "
            + ", ".join(rules.required)
            + " and, where wanted, "
            + ", ".join(rules.optional)
            + ".",
            code="unknown_column",
            field="body.columns",
        )


def _as_list(name: str, value: object) -> Sequence[object]:
    cells = value if isinstance(value, list) else [value]
    if not cells:
        raise InvalidColumns(f"The column `{name}` is empty.", field=f"body.columns.{name}")
    return cells


def _common_length(cells: Mapping[str, Sequence[object]]) -> int:
    lengths = {len(column) for column in cells.values()}
    rows = max(lengths)
    if lengths - {1, rows}:
        raise InvalidColumns(
            "Columns must have one length; one value serves all rows.",
            code="unequal_lengths",
            field="body.columns",
        )
    return rows


def _as_rights(cells: Sequence[object]) -> Floats:
    if not set(map(type, cells)) <= _TEXTS:
        raise InvalidColumns("Each `right` is a text or null.", code="not_a_text", field="body.columns.right")
    return np.array([_RIGHTS.get(cell, np.nan) for cell in cells], dtype=np.float64)


def _as_numbers(name: str, cells: Sequence[object]) -> Floats:
    if not set(map(type, cells)) <= _NUMBERS:
        raise InvalidColumns(
            f"Each `{name}` is a number or null.", code="not_a_number", field=f"body.columns.{name}"
        )
    return np.array(cells, dtype=np.float64)


def _spread(inputs: CalculatorInputs, values: Bools) -> Bools:
    return np.broadcast_to(values, (inputs.rows,))


def _column(values: Floats, inputs: CalculatorInputs) -> Floats:
    return np.ascontiguousarray(np.where(inputs.invalid, np.nan, np.broadcast_to(values, (inputs.rows,))))


def _words(codes: npt.NDArray[np.int8], inputs: CalculatorInputs) -> list[str]:
    words = _WORDS[np.broadcast_to(codes, (inputs.rows,))]
    words[inputs.invalid] = _INVALID_WORD
    return cast("list[str]", words.tolist())
