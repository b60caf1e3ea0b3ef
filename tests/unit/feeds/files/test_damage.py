"""Files that are damaged, re-ordered or of another kind: each is refused, and says why."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.feeds.files.samples import BY_FORMAT, SAMPLES, Sample
from tests.unit.feeds.files.test_formats import parse
from tradesense.feeds.files import FileRefused, Limits, Options
from tradesense.feeds.files.bounds import NotStored
from tradesense.feeds.files.columns import Columns
from tradesense.feeds.files.format import Context
from tradesense.feeds.files.opening import SourceFile, parquet_columns
from tradesense.feeds.files.order import Ascending, Grouped, Presence
from tradesense.feeds.files.registry import FORMATS, detect_format
from tradesense.feeds.files.text import row_blocks
from tradesense.instruments import load_specs

TEXT = [each for each in SAMPLES if each.file_name.endswith((".csv",)) and each.rows > 1]
SPECS = load_specs()


def refused(sample: Sample, folder: Path, content: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        parse(sample.write(folder, content=content))
    return caught.value.detail


@pytest.mark.parametrize("sample", SAMPLES, ids=[each.file_name for each in SAMPLES])
def test_a_file_cut_inside_its_last_row_is_refused(sample: Sample, tmp_path: Path) -> None:
    if sample.file_name == "get.txt":
        cut = sample.content[: len(sample.content) - 60]
    else:
        cut = sample.content[: len(sample.content) - 5]
    assert refused(sample, tmp_path, cut.rstrip(b"\n"))


@pytest.mark.parametrize("sample", SAMPLES, ids=[each.file_name for each in SAMPLES])
def test_packed_data_that_ends_early_is_refused(sample: Sample, tmp_path: Path) -> None:
    whole = gzip.compress(sample.content)
    path = sample.write(tmp_path, sample.file_name + ".gz", whole[:-12])
    with pytest.raises(FileRefused):
        parse(path)


@pytest.mark.parametrize("sample", TEXT, ids=[each.format for each in TEXT])
@pytest.mark.parametrize(("delimiter", "word"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_a_wrong_delimiter_is_named(sample: Sample, delimiter: str, word: str, tmp_path: Path) -> None:
    other = sample.content.replace(b",", delimiter.encode())
    assert word in refused(sample, tmp_path, other)


@pytest.mark.parametrize("sample", TEXT, ids=[each.format for each in TEXT])
def test_columns_in_another_order_are_refused(sample: Sample, tmp_path: Path) -> None:
    lines = sample.content.decode().split("\n")
    start = 3 if sample.format == "cboe_quotes" else 0
    turned = lines[:start] + [",".join(line.split(",")[::-1]) for line in lines[start:]]
    assert "another order" in refused(sample, tmp_path, "\n".join(turned).encode())


UNORDERED = {"nse_udiff"}


@pytest.mark.parametrize(
    "sample", [each for each in TEXT if each.format not in UNORDERED], ids=lambda each: each.format
)
def test_rows_in_reverse_are_refused(sample: Sample, tmp_path: Path) -> None:
    lines = sample.content.decode().rstrip("\n").split("\n")
    start = 4 if sample.format == "cboe_quotes" else 1
    turned = lines[:start] + lines[start:][::-1]
    assert "out of order" in refused(sample, tmp_path, ("\n".join(turned) + "\n").encode())


@pytest.mark.parametrize("content", [b"<html></html>\n", b"\0\1\2\3", b"a,b\n1,2\n", b"{}", b"PAR1xxxx"])
@pytest.mark.parametrize("name", ["spx.csv", "es_minute_quote.parquet", "x.dbn", "x.json"])
def test_other_content_under_a_known_name_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        parse(path)


def test_a_forced_format_does_not_bend_the_file(tmp_path: Path) -> None:
    path = BY_FORMAT["deribit_chain"].write(tmp_path)
    with pytest.raises(FileRefused, match="not of the format nse_bhavcopy"):
        parse(path, Options(format="nse_bhavcopy"))


def test_a_parquet_column_without_any_price_refuses_the_file(tmp_path: Path) -> None:
    path = BY_FORMAT["lean_future_minute_quote"].write(tmp_path)
    table = pq.read_table(path)
    for name in ("bid_close", "bid_size"):
        place = table.column_names.index(name)
        empty = pa.array([None if name == "bid_close" else 0] * 3, table.schema.field(name).type)
        table = table.set_column(place, name, empty)
    pq.write_table(table, path)
    with pytest.raises(FileRefused, match="bid_close is empty in every row"):
        parse(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"0" * 40_000_000))
    file = SourceFile(path, Limits(unpacked_free_bytes=1_000_000))
    with pytest.raises(FileRefused, match="times its size"):
        list(file.pieces())


def test_a_line_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n1," + b"2" * 70_000 + b"\n")
    with pytest.raises(FileRefused, match="longer than"):
        list(row_blocks(SourceFile(path, Limits()), ("a", "b")))


def test_line_numbers_count_from_the_first_line_over_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tradesense.feeds.files.text.BLOCK_BYTES", 64)
    path = tmp_path / "many.csv"
    path.write_text("a,b\n" + "".join(f"{line},x\n" if line != 300 else "oops\n" for line in range(2, 1000)))
    blocks = list(row_blocks(SourceFile(path, Limits()), ("a", "b")))
    for block in blocks:
        assert block.columns["a"].to_pylist() == [str(line) for line in block.lines.tolist()]
    (bad,) = [part for block in blocks for part in block.rejected]
    assert (bad.lines.tolist(), bad.reason) == ([300], "1 cells where 2 belong")
    assert sum(block.rows_read for block in blocks) == 998


@pytest.mark.parametrize("text", ["NaN", "inf", "1,2", "0x1", "1_0", "--1", "1e999"])
def test_what_is_no_plain_number_rejects_its_line(text: str) -> None:
    columns = Columns(pa.table({"a": ["1.5", text, None]}), np.array([2, 3, 4]))
    values = columns.number("a")
    assert values[0] == 1.5
    assert np.isnan(values[1:]).all()
    assert [part.lines.tolist() for part in columns.rejected] == [[3]]


def test_order_is_watched_across_blocks_and_rejected_rows_do_not_count() -> None:
    order = Ascending("x", strict=True)
    keep = np.array([True, False, True])
    order.check([np.array([1, 99, 2])], np.array([2, 3, 4]), keep)
    with pytest.raises(FileRefused) as caught:
        order.check([np.array([2])], np.array([5]), np.array([True]))
    assert caught.value.line == 5


def test_a_group_may_go_on_in_the_next_block_but_not_begin_twice() -> None:
    groups = Grouped("g")
    every = np.array([True, True])
    assert groups.check(np.array(["a", "b"]), np.array([2, 3]), every).tolist() == [1, 2]
    assert groups.check(np.array(["b", "c"]), np.array([4, 5]), every).tolist() == [2, 3]
    with pytest.raises(FileRefused, match="a begins twice"):
        groups.check(np.array(["c", "a"]), np.array([6, 7]), every)


def test_presence_asks_for_one_value_in_the_whole_file() -> None:
    presence = Presence("bid", "ask")
    presence.see(bid=np.array([np.nan]), ask=np.array([1.0]))
    with pytest.raises(FileRefused, match="bid is empty"):
        presence.check()
    presence.see(bid=np.array([2.0]), ask=np.array([np.nan]))
    presence.check()


def _mutated(content: bytes, seed: int) -> bytes:
    random_source = random.Random(seed)
    data = bytearray(content)
    moves: list[Callable[[], None]] = [
        lambda: data.__setitem__(random_source.randrange(len(data)), random_source.randrange(256)),
        lambda: data.__delitem__(random_source.randrange(len(data))),
        lambda: data.insert(random_source.randrange(len(data)), random_source.choice(b',\n"-.;:Ee0 \0{}')),
        lambda: data.__delitem__(slice(random_source.randrange(len(data)), None)),
    ]
    for _ in range(random_source.randrange(1, 6)):
        if data:
            random_source.choice(moves[:3] if random_source.random() < 0.9 else moves)()
    return bytes(data)


@pytest.mark.parametrize("sample", SAMPLES, ids=[each.file_name for each in SAMPLES])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_damaged_byte_never_ends_in_another_error(sample: Sample, seed: int, tmp_path: Path) -> None:
    path = sample.write(tmp_path, content=_mutated(sample.content, seed))
    _read_all(path)


@pytest.mark.parametrize("known", FORMATS, ids=[each.name for each in FORMATS])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_a_forced_format_survives_any_bytes(known: object, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    _read_all(path, Options(format=getattr(known, "name", ""), table="quotes", symbol="SPX"))


def _read_all(path: Path, options: Options | None = None) -> None:
    options = options or Options()
    file = SourceFile(path, Limits())
    try:
        found = detect_format(file, options)
        for batch in found.parse(file, Context(SPECS, options)):
            for part in batch.rejected:
                assert len(part.lines)
    except (FileRefused, NotStored):
        return


def test_a_parquet_column_name_that_is_no_text_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "quotes.parquet"
    pq.write_table(pa.table({"bid_price_of_call": [1.0]}), path, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"bid_price_of_call", b"bi\x94_price_of_call"))
    with pytest.raises(FileRefused, match="damaged"):
        parquet_columns(path)
