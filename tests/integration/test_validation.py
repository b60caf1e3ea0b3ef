"""The validation in small: a few genuine files, every comparison at fewer instants, and what a miss does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.data_folder import market_data
from tests.fixtures.option_comparisons import Difference
from tests.validation import comparisons as checks
from tests.validation.__main__ import validate, verdict
from tests.validation.comparisons import Bar, Check, Comparison, comparisons_table
from tests.validation.imports import FileResult, imports_table
from tradesense.feeds.files import FileReport, FileStatus

# The options of Cboe, OKX and Lean are compared by their own tests of the options desk.
IN_SMALL = (
    Check(("deribit/deribit_option_chain_daily.csv.gz",), checks.deribit_marks),
    Check(("deribit/ws_recording_20210722.txt.gz",), checks.deribit_tickers),
    Check(("lean/gc_minute_quote.parquet",), checks.gold_curve),
    Check(("pst/CRUDE_W_multiple_prices.csv.gz",), checks.stitched_series),
)
EVERY_BAR = (Bar("median", 1.0), Bar("p95", 2.0), Bar("worst", 3.0))


def test_files_import_once_and_our_numbers_are_the_venues(tmp_path: Path) -> None:
    files = [name for check in IN_SMALL for name in check.files]
    for name in files:
        market_data(name)

    imported, compared = validate(tmp_path, files, IN_SMALL, quick=True)

    assert verdict(imported, compared) == [], f"{imports_table(imported)}\n{comparisons_table(compared)}"
    assert [each.name for each in imported] == files
    assert all(each.second.rows_stored == 0 for each in imported)
    assert all(each.bars and each.found.compared > 0 for each in compared)


@pytest.mark.parametrize(
    ("median", "p95", "worst", "lacking", "holds"),
    [
        (1.0, 2.0, 3.0, 0, True),
        (1.1, 2.0, 3.0, 0, False),
        (1.0, 2.1, 3.0, 0, False),
        (1.0, 2.0, 3.1, 0, False),
        (0.0, 0.0, 0.0, 1, False),
        (float("nan"), 0.0, 0.0, 0, False),
    ],
)
def test_a_bar_holds_only_where_every_number_is_there_and_small_enough(
    median: float, p95: float, worst: float, lacking: int, holds: bool
) -> None:
    compared = Comparison("venue", Difference("iv", 10, lacking, median, p95, worst), EVERY_BAR)

    assert compared.holds is holds
    assert verdict([], [compared]) == ([] if holds else ["venue iv"])
    assert ("MISSED" in str(comparisons_table([compared]))) is not holds


def test_a_comparison_without_a_bar_is_for_information_only() -> None:
    compared = Comparison("venue", Difference("iv", 10, 9, 99.0, 99.0, 99.0))

    assert verdict([], [compared]) == []
    assert "for information" in str(comparisons_table([compared]))


def test_a_file_that_is_not_whole_is_named() -> None:
    whole = FileReport("a.csv", FileStatus.IMPORTED, "x", rows_read=3, rows_stored=2, rows_ignored=1)
    again = FileReport("a.csv", FileStatus.IMPORTED, "x", rows_read=3, rows_present=2, rows_ignored=1)
    good = FileResult("a.csv", whole, again, 3)

    assert verdict([good], []) == []
    for wrong in (
        replace(good, expected=4),
        replace(good, first=replace(whole, rows_rejected=1, rows_stored=1)),
        replace(good, first=replace(whole, status=FileStatus.REFUSED)),
        replace(good, second=replace(again, rows_stored=1)),
    ):
        assert verdict([wrong], []) == ["a.csv"]
        if wrong.first.status is FileStatus.IMPORTED:
            assert "MISSED" in str(imports_table([wrong]))
