"""What the book holds of what it was told, and what the intake lets through to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tradesense.base.clock import FixedClock
from tradesense.instruments import Instrument, Kind, Right
from tradesense.market.live import screen as reasons
from tradesense.market.live.book import Book
from tradesense.market.live.instants import microseconds_of
from tradesense.market.live.intake import LiveIntake
from tradesense.market.live.quotes import QuoteBatch
from tradesense.market.live.views import RootKey, RootQuotes

NOW = datetime(2026, 3, 20, 14, 30, tzinfo=UTC)
NOW_US = microseconds_of(NOW)
CL = RootKey("x", "CL")
NAN = float("nan")


def future(symbol: str, **terms: object) -> Instrument:
    return Instrument("x", symbol, symbol, Kind.FUTURE, "CL", **terms)  # type: ignore[arg-type]


def option(symbol: str, strike: float, **terms: object) -> Instrument:
    return Instrument("x", symbol, symbol, Kind.OPTION, "CL", strike=strike, right=Right.CALL, **terms)  # type: ignore[arg-type]


def batch(symbols: list[str], seconds: float = 0.0, seq: int = 0, **columns: float) -> QuoteBatch:
    count = len(symbols)
    return QuoteBatch(
        "x",
        symbols,
        np.full(count, NOW_US + int(seconds * 1e6), np.int64),
        np.full(count, seq, np.int64),
        {name: np.full(count, value) for name, value in columns.items()},
    )


def held(book: Book, key: RootKey = CL) -> RootQuotes:
    quotes = book.copy(key)
    assert quotes is not None
    return quotes


@pytest.fixture
def book() -> Book:
    made = Book()
    made.list_instruments("x", [future("CL-04"), future("CL-05")])
    return made


def test_the_newest_row_counts_whole_and_what_it_does_not_say_is_not_known(book: Book) -> None:
    book.apply(batch(["CL-04"], bid=70.0, ask=70.1, last=70.05))
    book.apply(batch(["CL-04"], 1, last=70.2))
    quotes = held(book)
    assert quotes.columns["last"][0] == 70.2
    assert np.isnan(quotes.columns["bid"][0])
    two = quotes.two_sided
    assert (two.bid[0], two.ask[0], two.ts_us[0]) == (70.0, 70.1, NOW_US), "the newest with both sides stays"


def test_a_later_crossed_quote_is_held_but_is_not_the_newest_with_both_sides_in_order(book: Book) -> None:
    book.apply(batch(["CL-04"], bid=70.0, ask=70.1))
    book.apply(batch(["CL-04"], 1, bid=71.0, ask=70.5))
    assert held(book).columns["bid"][0] == 71.0
    assert held(book).two_sided.bid[0] == 70.0


def test_an_older_row_is_late_the_same_row_is_neither_and_seq_orders_one_instant(book: Book) -> None:
    book.apply(batch(["CL-04"], seq=5, bid=70.0))
    late = book.apply(batch(["CL-04"], seq=4, bid=1.0))
    again = book.apply(batch(["CL-04"], seq=5, bid=2.0))
    newer = book.apply(batch(["CL-04"], seq=6, bid=71.0))
    assert [(bool(each.fresh[0]), bool(each.late[0])) for each in (late, again, newer)] == [
        (False, True),
        (False, False),
        (True, False),
    ]
    assert held(book).columns["bid"][0] == 71.0


def test_one_batch_may_say_a_contract_several_times_in_any_order(book: Book) -> None:
    said = QuoteBatch(
        "x",
        ["CL-04"] * 3,
        NOW_US + np.array([1, 3, 2], np.int64),
        np.zeros(3, np.int64),
        {"bid": np.array([1.0, 3.0, 2.0])},
    )
    book.apply(said)
    assert held(book).columns["bid"][0] == 3.0


def test_changed_roots_are_told_once(book: Book) -> None:
    book.take_changed()
    assert set(book.take_changed()) == set()
    book.apply(batch(["CL-04"], bid=70.0))
    assert set(book.take_changed()) == {CL}
    book.apply(batch(["CL-04"], bid=70.0))
    assert set(book.take_changed()) == set(), "said again, nothing changed"


def test_a_copy_does_not_change_with_the_book(book: Book) -> None:
    book.apply(batch(["CL-04"], bid=70.0, ask=71.0))
    before = held(book)
    book.apply(batch(["CL-04"], 1, bid=80.0, ask=81.0))
    book.withdraw("x", ["CL-05"])
    assert before.columns["bid"][0] == before.two_sided.bid[0] == 70.0
    assert len(before.instruments) == 2


def test_what_is_listed_later_finds_its_place_and_the_others_keep_their_quotes(book: Book) -> None:
    symbols = ["CL-03", "CL-04"]
    book.apply(batch(symbols, bid=70.0))
    book.list_instruments("x", [future("CL-03")])
    assert [each.symbol for each in held(book).instruments] == ["CL-03", "CL-04", "CL-05"]
    assert np.array_equal(held(book).columns["bid"], [NAN, 70.0, NAN], equal_nan=True)
    book.apply(batch(symbols, 1, bid=71.0))
    assert np.array_equal(held(book).columns["bid"], [71.0, 71.0, NAN], equal_nan=True)


def test_terms_said_again_replace_those_before_and_keep_the_quote(book: Book) -> None:
    book.apply(batch(["CL-04"], bid=70.0))
    book.list_instruments("x", [future("CL-04", expires_at=NOW)])
    assert held(book).instruments[0].expires_at == NOW
    assert held(book).columns["bid"][0] == 70.0


def test_a_root_without_anything_listed_is_forgotten(book: Book) -> None:
    book.withdraw("x", ["CL-04", "CL-05"])
    assert book.copy(CL) is None
    assert list(book.roots()) == []
    assert not book.layout("x", ["CL-04"]).known.any()


def test_the_same_symbol_of_two_sources_is_two_contracts(book: Book) -> None:
    other = Instrument("y", "CL-04", "CL-04", Kind.FUTURE, "CL")
    book.list_instruments("y", [other])
    book.apply(batch(["CL-04"], bid=70.0))
    assert np.isnan(held(book, RootKey("y", "CL")).columns["bid"][0])


def test_expired_contracts_leave_an_hour_later_for_all_that_follow() -> None:
    clock, book, told = FixedClock(NOW), Book(), Told()
    intake = LiveIntake(book, clock, [told])
    intake.listed("x", [future("CL-04", expires_at=NOW + timedelta(minutes=1)), future("CL-05")])
    clock.move_to(NOW + timedelta(minutes=60))
    intake.forget_expired()
    assert told.gone_symbols == []
    clock.move_to(NOW + timedelta(minutes=62))
    intake.forget_expired()
    assert told.gone_symbols == ["CL-04"]
    assert [each.symbol for each in held(book).instruments] == ["CL-05"]


class Told:
    def __init__(self) -> None:
        self.gone_symbols: list[str] = []

    def gone(self, source: str, symbols: list[str]) -> None:
        assert source == "x"
        self.gone_symbols += symbols

    def listed(self, source: str, instruments: object) -> None: ...

    def taken(self, taken: object) -> None: ...

    def heard(self, source: str) -> None: ...

    def lost(self, source: str, reason: str) -> None: ...


@pytest.fixture
def intake(book: Book) -> LiveIntake:
    book.list_instruments("x", [option("CL-C", 75.0, expiry=date(2026, 4, 17))])
    return LiveIntake(book, FixedClock(NOW))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (batch(["CL-99"], bid=70.0), reasons.UNKNOWN),
        (batch(["CL-04"], bid_size=1.0), reasons.NO_PRICE),
        (batch(["CL-04"], bid=NAN, ask=NAN, last=NAN, mark=NAN), reasons.NO_PRICE),
        (batch(["CL-04"], bid=float("inf")), reasons.NO_NUMBER),
        (batch(["CL-04"], bid=70.0, volume=float("-inf")), reasons.NO_NUMBER),
        (batch(["CL-04"], 5.000001, bid=70.0), reasons.AHEAD),
        (batch(["CL-04"], -NOW_US / 1e6, bid=70.0), reasons.NO_TIME),
        (batch(["CL-04"], bid=70.0, ask_size=-1.0), reasons.NO_SIZE),
        (batch(["CL-C"], bid=0.0), reasons.NO_PRICE_THERE),
        (batch(["CL-C"], bid=1.0, mark=-1.0), reasons.NO_PRICE_THERE),
        (batch(["CL-C"], bid=1.0, venue_iv=0.0), reasons.NO_PRICE_THERE),
    ],
)
def test_what_cannot_be_so_is_refused_counted_and_not_held(
    intake: LiveIntake, book: Book, said: QuoteBatch, reason: str
) -> None:
    intake.quoted(said)
    assert intake.refused == {"x": {reason: 1}}
    assert not held(book).ts_us.any()


@pytest.mark.parametrize(
    "said",
    [
        batch(["CL-04"], bid=-37.63, ask=-36.0),
        batch(["CL-04"], bid=71.0, ask=70.0),
        batch(["CL-04"], 5.0, bid=70.0),
        batch(["CL-04"], bid=70.0, bid_size=0.0, volume=0.0),
        batch(["CL-C"], bid=NAN, ask=1.0),
    ],
)
def test_what_is_odd_but_can_be_so_is_held(intake: LiveIntake, book: Book, said: QuoteBatch) -> None:
    intake.quoted(said)
    assert intake.refused == {}
    assert held(book).ts_us.any()


def test_one_bad_row_does_not_keep_the_others_out(intake: LiveIntake, book: Book) -> None:
    said = batch(["CL-04", "CL-05"], bid=70.0)
    said.columns["bid"][0] = float("inf")
    intake.quoted(said)
    assert np.array_equal(held(book).columns["bid"][:2], [NAN, 70.0], equal_nan=True)


def test_columns_that_do_not_belong_together_are_an_error_of_the_feed(intake: LiveIntake) -> None:
    said = batch(["CL-04"], bid=70.0)
    with pytest.raises(ValueError, match="of one length"):
        intake.quoted(QuoteBatch("x", ["CL-04", "CL-05"], said.ts_us, said.seq, said.columns))
    with pytest.raises(ValueError, match="have no column price"):
        intake.quoted(QuoteBatch("x", ["CL-04"], said.ts_us, said.seq, {"price": said.columns["bid"]}))
