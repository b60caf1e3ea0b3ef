"""The types of parameters: instants, dates, symbols, ranges, lists."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from tradesense.base.errors import Invalid
from tradesense.web.query import (
    Cursor,
    FiniteNumber,
    Instant,
    IsoDate,
    Root,
    SourceName,
    Symbol,
    TimeRange,
    split_list,
    time_range,
)

EARLY, LATE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-20T14:30:00Z", datetime(2026, 3, 20, 14, 30, tzinfo=UTC)),
        ("2026-03-20T14:30:00.123456+01:00", datetime(2026, 3, 20, 13, 30, 0, 123456, tzinfo=UTC)),
        ("2026-03-20 14:30:00-05:30", datetime(2026, 3, 20, 20, tzinfo=UTC)),
    ],
)
def test_an_instant_is_turned_to_utc(text: str, instant: datetime) -> None:
    read = TypeAdapter(Instant).validate_python(text)
    assert read == instant
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "value", ["1700000000", 1700000000, 1.5, "2026-03-20T14:30:00", "-2026-03-20T14:30:00Z", None]
)
def test_what_only_might_be_an_instant_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Instant).validate_python(value)


def test_a_date_is_only_a_date() -> None:
    adapter = TypeAdapter(IsoDate)
    assert adapter.validate_python("2026-03-20") == date(2026, 3, 20)
    for bad in ("2026-03-20T00:00:00Z", "20260320", 20260320, "2026-3-20", "1800-01-01", "2026-02-30"):
        with pytest.raises(ValidationError):
            adapter.validate_python(bad)


@pytest.mark.parametrize(
    "symbol", ["ES-2020-03", "CL-2026-03-17-75-C", "BTC-PERP", "M&M", "6E-2024-03", "ES-2020-01-17-3282.5-P"]
)
def test_canonical_symbols_are_symbols(symbol: str) -> None:
    assert TypeAdapter(Symbol).validate_python(symbol) == symbol


@pytest.mark.parametrize("text", ["", "es", "-ES", "ES 2020", "ES/2020", "ES'--", "É", "E" * 65, "ES\n"])
def test_what_can_not_be_a_symbol_is_refused(text: str) -> None:
    for kind in (Symbol, Root):
        with pytest.raises(ValidationError):
            TypeAdapter(kind).validate_python(text)


def test_a_source_is_a_lower_case_word() -> None:
    assert TypeAdapter(SourceName).validate_python("my_files-2") == "my_files-2"
    for bad in ("Cboe", "", "a b", "_x", "x" * 33):
        with pytest.raises(ValidationError):
            TypeAdapter(SourceName).validate_python(bad)


@pytest.mark.parametrize("value", ["nan", "inf", "-Infinity", float("nan"), float("inf"), "1e999"])
def test_a_finite_number_is_finite(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(FiniteNumber).validate_python(value)


def test_a_cursor_has_the_form_of_ours() -> None:
    assert TypeAdapter(Cursor).validate_python("WyJFUyJd.abc_-") == "WyJFUyJd.abc_-"
    with pytest.raises(ValidationError):
        TypeAdapter(Cursor).validate_python("no cursor")


async def test_a_range_may_be_open_or_empty_but_never_reversed() -> None:
    assert await time_range(None, LATE) == TimeRange(None, LATE)
    assert await time_range(EARLY, EARLY) == TimeRange(EARLY, EARLY)
    with pytest.raises(Invalid) as refused:
        await time_range(LATE, EARLY)
    assert refused.value.code == "reversed_range"


def test_a_list_drops_blanks_and_repeats_and_has_a_bound() -> None:
    assert split_list(" a, b,,a ", most=2, field="symbols") == ["a", "b"]
    with pytest.raises(Invalid):
        split_list("a,b,c", most=2, field="symbols")
