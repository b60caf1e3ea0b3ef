"""Importing into a real store: whole files or nothing, once only, with a report that adds up."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.feeds.files.samples import BY_FORMAT, SAMPLES, Sample
from tradesense.feeds.files import FileReport, FileStatus, ImportStopped, Limits, Options, import_files
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import Recorder, Table


def load(store: DuckDBStore, *paths: Path, **how: object) -> list[FileReport]:
    return import_files(paths, Recorder(store), load_specs(), **how)


def counts(store: DuckDBStore) -> dict[str, int]:
    return {
        table.value: store.query(f"SELECT count(*) AS n FROM market.{table.value}", deadline_seconds=10)["n"][
            0
        ].as_py()
        for table in Table
    }


def add_up(reports: Sequence[FileReport]) -> None:
    for each in reports:
        if each.status is FileStatus.IMPORTED:
            parts = each.rows_stored + each.rows_present + each.rows_rejected + each.rows_ignored
            assert parts == each.rows_read


@pytest.mark.parametrize("sample", SAMPLES, ids=[each.file_name for each in SAMPLES])
def test_a_second_import_adds_nothing(sample: Sample, market_store: DuckDBStore, tmp_path: Path) -> None:
    path = sample.write(tmp_path / "in")
    (first,) = load(market_store, path)
    after = counts(market_store)
    assert (first.status, first.format) == (FileStatus.IMPORTED, sample.format)
    assert {name: count for name, count in after.items() if count} == sample.stored
    (second,) = load(market_store, path)
    assert counts(market_store) == after
    assert (second.rows_stored, second.rows_present) == (0, first.rows_stored + first.rows_present)
    add_up([first, second])


def test_a_bad_row_is_reported_with_its_line_and_the_others_are_stored(
    market_store: DuckDBStore, tmp_path: Path
) -> None:
    sample = BY_FORMAT["multiple_prices"]
    body = "".join(f"2001-05-{day:02d} 23:00:00,1,20011100,2,20011200,3,20021200\n" for day in range(1, 29))
    header, _, _ = sample.content.partition(b"\n")
    broken = body.replace("2001-05-17 23:00:00,1,", "2001-05-17 23:00:00,abc,")
    path = sample.write(tmp_path, content=header + b"\n" + broken.encode())
    (report,) = load(market_store, path)
    assert report.rejections == ((18, "CARRY is no number"),)
    assert (report.rows_read, report.rows_stored, report.rows_rejected) == (28, 27, 1)
    add_up([report])


def test_too_many_bad_rows_refuse_the_file_and_store_nothing(
    market_store: DuckDBStore, tmp_path: Path
) -> None:
    sample = BY_FORMAT["multiple_prices"]
    header, _, _ = sample.content.partition(b"\n")
    rows = [
        f"2001-05-{day:02d} 23:00:00,{'x' if day < 4 else 1},20011100,2,20011200,3,20021200\n"
        for day in range(1, 29)
    ]
    path = sample.write(tmp_path, content=header + b"\n" + "".join(rows).encode())
    (report,) = load(market_store, path)
    assert (report.status, report.line) == (FileStatus.REFUSED, 2)
    assert "3 of 28 rows are unusable, more than 5%" in (report.reason or "")
    assert sum(counts(market_store).values()) == 0


def test_a_file_refused_late_leaves_nothing_of_its_beginning(
    market_store: DuckDBStore, tmp_path: Path
) -> None:
    sample = BY_FORMAT["multiple_prices"]
    late = sample.content + sample.content.split(b"\n")[1] + b"\n"
    (report,) = load(market_store, sample.write(tmp_path, content=late))
    assert (report.status, report.line) == (FileStatus.REFUSED, 4)
    assert sum(counts(market_store).values()) == 0


def test_a_refused_file_does_not_stop_the_others(market_store: DuckDBStore, tmp_path: Path) -> None:
    good = BY_FORMAT["cboe_quotes"].write(tmp_path / "in", "b.csv")
    (tmp_path / "in" / "a.csv").write_text("what,is,this\n1,2,3\n")
    reports = load(market_store, tmp_path / "in", good)
    assert [each.status.value for each in reports] == ["refused", "imported", "imported"]
    assert reports[2].rows_stored == 0


def test_a_folder_is_read_in_order_without_hidden_files_and_companions(
    market_store: DuckDBStore, tmp_path: Path
) -> None:
    BY_FORMAT["yahoo_chain"].write(tmp_path / "in" / "sub")
    BY_FORMAT["okx_chain"].write(tmp_path / "in")
    (tmp_path / "in" / ".hidden.csv").write_text("no")
    (tmp_path / "in" / "README.md").write_text("words")
    adjusted = tmp_path / "in" / "z_adjusted.csv"
    adjusted.write_text("DATETIME,price\n2001-05-01 23:00:00,1\n")
    reports = load(market_store, tmp_path / "in")
    assert [(Path(each.path).name, each.status.value) for each in reports] == [
        ("README.md", "skipped"),
        ("o.csv", "imported"),
        ("collection_meta.json", "skipped"),
        ("yahoo.csv", "imported"),
        ("z_adjusted.csv", "skipped"),
    ]
    (named,) = load(market_store, adjusted)
    assert named.status is FileStatus.REFUSED


@pytest.mark.parametrize(
    ("name", "reason"),
    [("nowhere.csv", "no such file"), ("empty.csv", "empty"), ("pipe", "not a regular file")],
)
def test_what_cannot_be_read_is_a_report(
    name: str, reason: str, market_store: DuckDBStore, tmp_path: Path
) -> None:
    import os

    (tmp_path / "empty.csv").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    (report,) = load(market_store, tmp_path / name)
    assert report.status is FileStatus.REFUSED
    assert reason in (report.reason or "")


def test_what_holds_nothing_to_keep_is_said_so(market_store: DuckDBStore, tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    push = {
        "jsonrpc": "2.0",
        "method": "subscription",
        "params": {"channel": "book.BTC-PERPETUAL.raw", "data": {}},
    }
    path.write_text(json.dumps(push, indent=1) + "\n")
    (report,) = load(market_store, path)
    assert (report.status, report.reason) == (
        FileStatus.SKIPPED,
        "nothing to keep: 1 messages of channel book",
    )


def test_a_report_survives_the_way_through_json(market_store: DuckDBStore, tmp_path: Path) -> None:
    (report,) = load(market_store, BY_FORMAT["cboe_quotes"].write(tmp_path))
    assert FileReport.from_json(json.loads(json.dumps(report.to_json()))) == report


def test_progress_is_told_up_to_the_files_end(market_store: DuckDBStore, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = BY_FORMAT["cboe_quotes"].write(tmp_path)
    load(market_store, path, on_progress=lambda _, done, size: told.append((done, size)))
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def test_an_import_stops_between_files_when_asked(market_store: DuckDBStore, tmp_path: Path) -> None:
    first = BY_FORMAT["cboe_quotes"].write(tmp_path, "a.csv")
    second = BY_FORMAT["okx_chain"].write(tmp_path, "b.csv")
    done: list[FileReport] = []
    with pytest.raises(ImportStopped, match=r"b\.csv"):
        load(market_store, first, second, on_report=done.append, stopping=lambda: bool(done))
    assert [each.rows_stored for each in done] == [3]


def test_rows_carry_the_label_a_user_chose_with_the_venues_terms(
    market_store: DuckDBStore, tmp_path: Path
) -> None:
    load(market_store, BY_FORMAT["okx_chain"].write(tmp_path), options=Options(source="mine"))
    rows = market_store.query(
        "SELECT DISTINCT source, multiplier, inverse FROM market.instruments WHERE root = 'BTC'",
        deadline_seconds=10,
    ).to_pylist()
    assert rows == [{"source": "mine", "multiplier": 0.01, "inverse": True}]


def test_the_store_remembers_which_files_were_imported(market_store: DuckDBStore, tmp_path: Path) -> None:
    load(market_store, BY_FORMAT["okx_chain"].write(tmp_path))
    rows = market_store.query("SELECT file_name, format, rows_read FROM market.imports", deadline_seconds=10)
    assert rows.to_pylist() == [{"file_name": "o.csv", "format": "okx_chain", "rows_read": 3}]


def test_the_number_of_rejections_listed_is_bounded(market_store: DuckDBStore, tmp_path: Path) -> None:
    header = BY_FORMAT["multiple_prices"].content.partition(b"\n")[0]
    lines = [b"no" for _ in range(500)]
    path = BY_FORMAT["multiple_prices"].write(
        tmp_path, content=header + b"\n" + b"\n".join(lines) + b"\nx,x\ny\n"
    )
    (report,) = load(market_store, path, limits=Limits(rejections_listed=3))
    assert report.status is FileStatus.REFUSED
    assert len(report.rejections) <= 3


def test_databento_options_take_their_terms_from_the_definitions_beside_them(
    market_store: DuckDBStore, tmp_path: Path
) -> None:
    from tests.data_folder import market_data

    source = market_data("databento/nautilus/options_catalog")
    for path in source.glob("options_*"):
        shutil.copy(path, tmp_path / path.name)
    (quotes,) = tmp_path.glob("options_bbo*")
    (report,) = load(market_store, quotes)
    rows = market_store.query(
        "SELECT symbol, underlying, expires_at FROM market.instruments", deadline_seconds=10
    )
    assert report.rows_stored == 20
    assert {(row["symbol"], row["underlying"], str(row["expires_at"])) for row in rows.to_pylist()} == {
        ("ES-2024-06-21-5230-P", "ES-2024-06", "2024-06-21 13:30:00"),
        ("ES-2024-06-21-5250-P", "ES-2024-06", "2024-06-21 13:30:00"),
    }


def test_an_unknown_root_can_be_declared_like_a_known_one(market_store: DuckDBStore, tmp_path: Path) -> None:
    path = BY_FORMAT["lean_future_minute_quote"].write(tmp_path)
    (refused,) = load(market_store, path, options=Options(root="ESX"))
    assert refused.status is FileStatus.REFUSED
    (report,) = load(market_store, path, options=Options(root="ESX", like="ES"))
    assert report.rows_stored == 3
    rows = market_store.query("SELECT symbol, multiplier FROM market.instruments", deadline_seconds=10)
    assert {(row["symbol"], row["multiplier"]) for row in rows.to_pylist()} == {
        ("ESX-2020-03", 50.0),
        ("ESX-2020-06", 50.0),
    }
