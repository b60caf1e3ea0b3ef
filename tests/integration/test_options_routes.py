"""The options endpoints on a small store of hand-made chains."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
import pytest_asyncio

from tests.fixtures.app import client_of, settings_for
from tests.fixtures.market import naive, rows_of
from tests.unit.market.options.chains import AS_OF, black76, quoted
from tradesense.base.clock import FixedClock
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import Instrument, SpecBook, load_specs, option_symbol
from tradesense.market import Recorder, Table, create_tables, instrument_rows
from tradesense.market.options.analytics_schemas import AnalyticsAnswer
from tradesense.market.options.schemas import (
    ChainAnswer,
    HeatmapAnswer,
    SmileAnswer,
    SurfaceAnswer,
    UnderlyingsAnswer,
)
from tradesense.run.api import create_app
from tradesense.run.settings import Settings

# The tests only read: they share one application, and the loop it runs in.
pytestmark = pytest.mark.asyncio(loop_scope="module")

YESTERDAY = AS_OF - timedelta(days=1)
NEAR, FAR, OPTIONS_ON_FUTURE = date(2026, 4, 17), date(2026, 6, 18), date(2026, 5, 14)
STRIKES = (80.0, 85.0, 90.0, 95.0, 100.0, 105.0, 110.0, 115.0, 120.0)


def days_to(instrument: Instrument, instant: datetime) -> float:
    assert instrument.expires_at is not None
    return (instrument.expires_at - instant).total_seconds() / 86_400.0


class Market:
    """Collects instruments and rows of chains whose volatility and forward are known."""

    def __init__(self, specs: SpecBook) -> None:
        self.specs = specs
        self.instruments: dict[tuple[str, str], Instrument] = {}
        self.options: list[dict[str, object]] = []
        self.quotes: list[dict[str, object]] = []

    def add_chain(
        self,
        root: str,
        expiry: date,
        instant: datetime,
        *,
        forward: float,
        vol: float,
        source: str = "cboe",
        scale: float = 1.0,
        coin: bool = False,
        underlying: str | None = None,
        spot: float | None = None,
    ) -> None:
        first = self.specs.option(
            root, expiry, 100.0 * scale, "C", source=source, source_symbol="x", underlying=underlying
        )
        rate = 0.0 if coin else 0.03
        rows = quoted(
            forward,
            vol=vol,
            rate=rate,
            days=days_to(first, instant),
            half_spread=0.0005 * forward,
            strikes=tuple(strike * scale for strike in STRIKES),
            unit=forward if coin else 1.0,
        )
        for strike, is_call, bid, ask in rows:
            right = "C" if is_call else "P"
            symbol = option_symbol(root, expiry, strike, right)
            self.instruments[source, symbol] = self.specs.option(
                root, expiry, strike, right, source=source, source_symbol=symbol, underlying=underlying
            )
            self.options.append(
                {
                    "source": source,
                    "root": root,
                    "expiry": expiry,
                    "symbol": symbol,
                    "strike": strike,
                    "right": right,
                    "ts": naive(instant),
                    "seq": 0,
                    "bid": bid if bid > 0 else None,
                    "ask": ask,
                    "volume": 10.0,
                    "open_interest": strike,
                    "underlying_price": spot,
                    "underlying_kind": "spot" if spot else None,
                }
            )

    def write(self, store: DuckDBStore) -> None:
        with Recorder(store).transaction() as write:
            write.stage(Table.INSTRUMENTS, instrument_rows(list(self.instruments.values())))
            write.stage(Table.OPTION_SNAPSHOTS, rows_of(Table.OPTION_SNAPSHOTS, self.options))
            write.stage(Table.QUOTES, rows_of(Table.QUOTES, self.quotes))
            write.commit()


def stage(store: DuckDBStore) -> None:
    market = Market(load_specs())
    now = AS_OF - timedelta(seconds=3)
    market.add_chain("SPX", NEAR, YESTERDAY, forward=4_040.0, vol=0.20, scale=40.0, spot=4_000.0)
    market.add_chain("SPX", NEAR, now, forward=4_050.0, vol=0.21, scale=40.0, spot=4_020.0)
    market.add_chain("SPX", FAR, now, forward=4_080.0, vol=0.23, scale=40.0, spot=4_020.0)
    market.add_chain("SPX", NEAR, YESTERDAY, forward=4_000.0, vol=0.5, scale=40.0, source="simulated")
    market.add_chain("BTC", NEAR, now, forward=64_000.0, vol=0.5, scale=640.0, source="deribit", coin=True)
    market.add_chain(
        "ES",
        OPTIONS_ON_FUTURE,
        now,
        forward=4_050.0,
        vol=0.2,
        scale=40.0,
        source="lean",
        underlying="ES-2026-06",
    )
    future = market.specs.future("ES", 2026, 6, source="lean", source_symbol="ESM6")
    market.instruments["lean", future.symbol] = future
    market.quotes.append(
        {
            "source": "lean",
            "symbol": future.symbol,
            "ts": naive(now),
            "seq": 0,
            "bid": 4_049.75,
            "ask": 4_050.25,
        }
    )
    market.write(store)


@contextmanager
def staged(settings: Settings) -> Iterator[None]:
    store = DuckDBStore(settings.market_store_file)
    create_tables(store)
    stage(store)
    store.close()
    yield


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_for(tmp_path_factory.mktemp("options"))
    with staged(settings):
        return settings


@pytest.fixture
def own_settings(tmp_path: Path) -> Settings:
    """Settings of a store of the test's own: a file has one application at a time."""
    settings = settings_for(tmp_path)
    with staged(settings):
        return settings


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(settings, clock=FixedClock(AS_OF))) as client:
        client.base_url = httpx.URL("http://localhost/api/v1")
        yield client


async def get(client: httpx.AsyncClient, path: str, **query: object) -> httpx.Response:
    return await client.get(path, params={name: str(value) for name, value in query.items()})


async def chain_of(client: httpx.AsyncClient, root: str, **query: object) -> ChainAnswer:
    response = await get(client, f"/options/{root}/chain", **query)
    assert response.status_code == 200, response.text
    return ChainAnswer.model_validate_json(response.content)


async def test_a_chain_mirrors_calls_and_puts_with_provenance(
    client: httpx.AsyncClient,
) -> None:
    chain = await chain_of(client, "SPX", expiry=NEAR)
    assert (chain.underlying, chain.source, chain.currency, chain.price_currency) == (
        "SPX",
        "cboe",
        "USD",
        "USD",
    )
    assert (chain.model, chain.day_count, chain.delta_kind) == ("black76", "ACT/365F", "spot")
    assert chain.forward == pytest.approx(4_050.0, abs=0.01)
    assert (chain.forward_source, chain.rate_source) == ("parity", "parity")
    assert chain.rate == pytest.approx(0.03, abs=1e-4)
    assert (chain.as_of, chain.status, chain.dte) == (AS_OF, "live", (NEAR - AS_OF.date()).days)
    assert chain.atm_strike == 4_000.0
    assert chain.atm_iv == pytest.approx(0.21, abs=1e-4)
    assert [row.strike for row in chain.rows] == [40.0 * strike for strike in STRIKES]
    for row in chain.rows:
        assert row.call is not None
        assert row.put is not None
        assert row.call.symbol.endswith("-C")
        assert row.put.symbol.endswith("-P")
        assert row.call.quote_age_ms == 3_000
        assert row.call.open_interest == row.strike
        for side in (row.call, row.put):
            if side.status == "ok":
                assert side.iv == pytest.approx(0.21, abs=2e-3)
                assert side.mark_quote == side.mark


async def test_a_missing_number_is_null_with_its_status(client: httpx.AsyncClient) -> None:
    response = await get(client, "/options/SPX/chain", expiry=NEAR)
    put = response.json()["rows"][0]["put"]
    assert (put["bid"], put["iv"], put["delta"], put["status"]) == (None, None, None, "no_quote")
    assert put["iv_ask"] > 0
    assert b"NaN" not in response.content


async def test_without_an_expiry_the_first_that_has_not_passed_is_shown(client: httpx.AsyncClient) -> None:
    assert (await chain_of(client, "SPX")).expiry == NEAR


async def test_an_option_on_a_future_takes_its_forward_and_american_model(
    client: httpx.AsyncClient,
) -> None:
    chain = await chain_of(client, "ES", strikes="atm:1")
    assert (chain.forward, chain.forward_source) == (4_050.0, "future")
    assert (chain.underlying_symbol, chain.delta_kind) == ("ES-2026-06", "forward")
    assert chain.model == "bjerksund_stensland_2002"
    assert (await chain_of(client, "ES", model="black76")).model == "black76"


async def test_an_inverse_option_is_priced_in_coin_and_quote_currency(
    client: httpx.AsyncClient,
) -> None:
    chain = await chain_of(client, "BTC", strikes="atm:0")
    assert (chain.currency, chain.price_currency, chain.rate_source) == ("USD", "BTC", "convention")
    call = chain.rows[0].call
    assert call is not None
    assert call.mark is not None
    assert call.mark_quote is not None
    assert call.delta is not None
    textbook = black76(True, 64_000.0, 64_000.0, chain.expiry_years, 0.5, 0.0)
    assert call.mark_quote == pytest.approx(textbook, rel=1e-3)
    assert call.mark == pytest.approx(textbook / 64_000.0, rel=1e-3)
    adjusted = (await chain_of(client, "BTC", strikes="atm:0", delta_kind="premium_adjusted")).rows[0].call
    assert adjusted is not None
    assert adjusted.delta == pytest.approx(call.delta - call.mark, abs=1e-9)


@pytest.mark.parametrize(
    ("strikes", "kept"),
    [("atm:1", [3_800, 4_000, 4_200]), ("pct:0.03", [4_000]), ("all", [40 * strike for strike in STRIKES])],
)
async def test_strikes_are_filtered(client: httpx.AsyncClient, strikes: str, kept: list[int]) -> None:
    assert [row.strike for row in (await chain_of(client, "SPX", strikes=strikes)).rows] == kept


async def test_a_delta_band_keeps_only_strikes_inside_it(client: httpx.AsyncClient) -> None:
    chain = await chain_of(client, "SPX", strikes="delta:0.3..0.7")
    everything = await chain_of(client, "SPX")
    assert 0 < len(chain.rows) < len(everything.rows)
    for row in chain.rows:
        deltas = [
            abs(side.delta) for side in (row.call, row.put) if side is not None and side.delta is not None
        ]
        assert any(0.3 <= delta <= 0.7 for delta in deltas)


async def test_time_travel_answers_in_one_shape_with_the_earlier_state(
    client: httpx.AsyncClient,
) -> None:
    then = YESTERDAY + timedelta(hours=1)
    chain = await chain_of(client, "SPX", expiry=NEAR, as_of=then.isoformat())
    assert chain.as_of == then
    assert chain.forward == pytest.approx(4_040.0, abs=0.01)
    assert chain.spot == 4_000.0
    assert chain.rows[0].call is not None
    assert chain.rows[0].call.quote_age_ms == 3_600_000


async def test_nothing_of_the_future_is_seen(client: httpx.AsyncClient) -> None:
    then = (YESTERDAY - timedelta(seconds=1)).isoformat()
    response = await get(client, "/options/SPX/chain", as_of=then)
    assert (response.status_code, response.json()["code"]) == (404, "unknown_underlying")
    response = await get(client, "/options/SPX/chain", expiry=FAR, as_of=YESTERDAY.isoformat())
    assert (response.status_code, response.json()["code"]) == (404, "unknown_expiry")


async def test_data_that_is_no_longer_fresh_is_shown_as_of_its_own_time(own_settings: Settings) -> None:
    later = FixedClock(AS_OF + timedelta(days=2))
    async with client_of(create_app(own_settings, clock=later)) as client:
        client.base_url = httpx.URL("http://localhost/api/v1")
        chain = await chain_of(client, "SPX", expiry=NEAR)
    assert chain.as_of == chain.newest_ts == AS_OF - timedelta(seconds=3)
    assert chain.status == "stale"


async def test_outside_trading_hours_a_chain_is_closed(own_settings: Settings) -> None:
    saturday = FixedClock(datetime(2026, 3, 7, 18, tzinfo=UTC))
    async with client_of(create_app(own_settings, clock=saturday)) as client:
        client.base_url = httpx.URL("http://localhost/api/v1")
        assert (await chain_of(client, "SPX", expiry=NEAR)).status == "closed"


async def test_after_expiry_every_row_is_expired(client: httpx.AsyncClient) -> None:
    chain = await chain_of(client, "SPX", expiry=NEAR, as_of="2026-05-01T00:00:00Z")
    assert {side.status for row in chain.rows for side in (row.call, row.put) if side} == {"expired"}
    assert all(row.call is not None and row.call.iv is None for row in chain.rows)


async def test_a_source_can_be_named(client: httpx.AsyncClient) -> None:
    chain = await chain_of(client, "SPX", source="simulated")
    assert (chain.source, chain.forward) == ("simulated", pytest.approx(4_000.0, abs=0.01))
    response = await get(client, "/options/SPX/chain", source="nse")
    assert (response.status_code, response.json()["code"]) == (404, "unknown_underlying")


@pytest.mark.parametrize("format_", ["csv", "parquet", "arrow"])
async def test_a_chain_is_the_same_in_every_format(client: httpx.AsyncClient, format_: str) -> None:
    plain = await chain_of(client, "SPX", expiry=NEAR)
    response = await get(client, "/options/SPX/chain", expiry=NEAR, format=format_)
    assert response.status_code == 200
    table = read_table(response)
    calls = [row.call for row in plain.rows if row.call]
    assert [row["symbol"] for row in table if row["right"] == "C"] == [call.symbol for call in calls]
    assert [row["iv"] for row in table if row["right"] == "C"] == [call.iv for call in calls]
    assert [row["status"] for row in table if row["right"] == "P"] == [
        row.put.status for row in plain.rows if row.put
    ]


def read_table(response: httpx.Response) -> list[dict[str, object]]:
    media_type = response.headers["content-type"].partition(";")[0]
    source = io.BytesIO(response.content)
    match media_type:
        case "text/csv":
            table = pyarrow.csv.read_csv(source)
        case "application/vnd.apache.parquet":
            table = pyarrow.parquet.read_table(source)
        case "application/vnd.apache.arrow.stream":
            table = pa.ipc.open_stream(source).read_all()
        case _:
            raise AssertionError(media_type)
    return table.to_pylist()


async def test_parquet_carries_the_provenance_with_it(client: httpx.AsyncClient) -> None:
    response = await get(client, "/options/SPX/chain", expiry=NEAR, format="parquet")
    metadata = pyarrow.parquet.read_schema(io.BytesIO(response.content)).metadata
    assert b'"forward_source":"parity"' in metadata[b"tradesense"]


async def test_a_caller_who_has_the_state_gets_304(client: httpx.AsyncClient) -> None:
    path = "/options/SPX/chain"
    query = {"as_of": AS_OF.isoformat()}
    first = await client.get(path, params=query)
    again = await client.get(path, params=query, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("metric", ["iv", "delta", "gamma", "vega", "theta", "oi", "volume", "change"])
async def test_a_heatmap_has_a_row_per_strike_and_a_column_per_expiry(
    client: httpx.AsyncClient, metric: str
) -> None:
    response = await get(client, "/options/SPX/heatmap", metric=metric)
    heatmap = HeatmapAnswer.model_validate_json(response.content)
    assert [each.expiry for each in heatmap.expiries] == [NEAR, FAR]
    assert len(heatmap.values) == len(heatmap.strikes)
    assert {len(row) for row in heatmap.values} == {2}
    at_the_money = heatmap.values[heatmap.strikes.index(4_000.0)]
    expected = {"iv": 0.21, "oi": 8_000.0, "volume": 20.0, "change": 0.01}
    if metric in expected:
        assert at_the_money[0] == pytest.approx(expected[metric], abs=1e-3)
    if metric == "change":
        assert at_the_money[1] is None
        assert heatmap.compared_with is not None


async def test_a_heatmap_of_one_side_shows_that_side(client: httpx.AsyncClient) -> None:
    for side, sign in (("call", 1), ("put", -1)):
        response = await get(client, "/options/SPX/heatmap", metric="delta", side=side)
        heatmap = HeatmapAnswer.model_validate_json(response.content)
        known = [value for row in heatmap.values for value in row if value is not None]
        assert known
        assert all(value * sign > 0 for value in known)


async def test_change_without_an_earlier_state_is_null(client: httpx.AsyncClient) -> None:
    response = await get(client, "/options/BTC/heatmap", metric="change")
    heatmap = HeatmapAnswer.model_validate_json(response.content)
    assert heatmap.compared_with is None
    assert {value for row in heatmap.values for value in row} == {None}


@pytest.mark.parametrize("axis", ["strike", "log_moneyness", "delta"])
async def test_smiles_of_expiries_and_dates_lie_over_each_other(client: httpx.AsyncClient, axis: str) -> None:
    response = await get(
        client, "/options/SPX/smile", expiry=f"{NEAR},{FAR}", compare=YESTERDAY.date(), x=axis
    )
    answer = SmileAnswer.model_validate_json(response.content)
    assert [(each.expiry, each.as_of.date()) for each in answer.smiles] == [
        (NEAR, AS_OF.date()),
        (FAR, AS_OF.date()),
        (NEAR, YESTERDAY.date()),
    ]
    for smile, vol in zip(answer.smiles, (0.21, 0.23, 0.20), strict=True):
        assert smile.fit_method == "local_quadratic"
        assert all(point.iv == pytest.approx(vol, abs=3e-3) for point in smile.points)
        assert all(point.iv == pytest.approx(vol, abs=3e-3) for point in smile.fit)
        assert all(point.x == getattr(point, axis) for point in [*smile.points, *smile.fit])
        assert smile.fit_rmse is not None


async def test_a_smile_is_fitted_by_svi_where_it_is_asked_for(client: httpx.AsyncClient) -> None:
    response = await get(client, "/options/SPX/smile", expiry=NEAR, compare=YESTERDAY.date(), fit="svi")
    answer = SmileAnswer.model_validate_json(response.content)
    assert len(answer.smiles) == 2
    for smile, vol in zip(answer.smiles, (0.21, 0.20), strict=True):
        assert (smile.fit_method, smile.fit_status, smile.butterfly_arbitrage) == ("svi", "ok", False)
        assert smile.fit_parameters is not None
        assert set(smile.fit_parameters) == {"a", "b", "m", "rho", "sigma"}
        assert all(point.iv == pytest.approx(vol, abs=3e-3) for point in smile.fit)
        assert smile.fit_rmse == pytest.approx(0.0, abs=2e-3)
    unknown = await get(client, "/options/SPX/smile", fit="spline")
    assert unknown.status_code == 422


async def test_a_smile_says_how_old_its_points_are_and_why_others_are_missing(
    client: httpx.AsyncClient,
) -> None:
    smile = SmileAnswer.model_validate_json((await get(client, "/options/SPX/smile")).content).smiles[0]
    assert {point.quote_age_ms for point in smile.points} == {3_000}
    assert smile.rejected, "far from the money there is no bid"
    assert not {each.symbol for each in smile.rejected} & {point.symbol for point in smile.points}
    assert {each.status for each in smile.rejected} == {"no_quote"}


async def test_a_raw_surface_goes_through_the_quotes(client: httpx.AsyncClient) -> None:
    response = await get(client, "/options/SPX/surface")
    surface = SurfaceAnswer.model_validate_json(response.content)
    assert [each.expiry for each in surface.expiries] == [NEAR, FAR]
    assert [each.calendar_arbitrage for each in surface.expiries] == [None, False]
    assert [each.butterfly_arbitrage for each in surface.expiries] == [False, False]
    middle = len(surface.log_moneyness) // 2
    assert surface.log_moneyness[middle] == 0.0
    assert [row[middle] for row in surface.iv] == [
        pytest.approx(0.21, abs=1e-3),
        pytest.approx(0.23, abs=1e-3),
    ]
    assert {each.status for each in surface.rejected} <= {"no_quote"}


async def test_a_surface_leaves_as_a_table(client: httpx.AsyncClient) -> None:
    surface = SurfaceAnswer.model_validate_json((await get(client, "/options/SPX/surface")).content)
    rows = read_table(await get(client, "/options/SPX/surface", format="arrow"))
    assert [row["iv"] for row in rows] == [iv for line in surface.iv for iv in line]
    assert rows[0]["expiry"] == NEAR


async def test_a_fitted_surface_is_near_the_quotes_and_says_how_near(client: httpx.AsyncClient) -> None:
    response = await get(client, "/options/SPX/surface", model="svi")
    surface = SurfaceAnswer.model_validate_json(response.content)
    assert surface.surface_model == "svi"
    for each, row, vol in zip(surface.expiries, surface.iv, (0.21, 0.23), strict=True):
        assert (each.fit_status, each.butterfly_arbitrage) == ("ok", False)
        assert each.fit_error is not None
        assert each.fit_error < 2e-3
        assert set(each.parameters or {}) == {"a", "b", "m", "rho", "sigma"}
        assert all(iv is None or iv == pytest.approx(vol, abs=3e-3) for iv in row)
    assert [each.calendar_arbitrage for each in surface.expiries] == [None, False]


async def test_an_unknown_surface_model_is_refused(client: httpx.AsyncClient) -> None:
    assert (await get(client, "/options/SPX/surface", model="sabr")).status_code == 422


async def test_the_underlyings_are_listed_with_expiries_and_volatility(client: httpx.AsyncClient) -> None:
    answer = UnderlyingsAnswer.model_validate_json((await get(client, "/options")).content)
    assert [item.underlying for item in answer.items] == ["BTC", "ES", "SPX"]
    spx = answer.items[2]
    assert (spx.source, spx.sources, spx.status) == ("cboe", ["cboe", "simulated"], "live")
    assert [each.expiry for each in spx.expiries] == [NEAR, FAR]
    assert (spx.atm_expiry, spx.atm_iv) == (NEAR, pytest.approx(0.21, abs=1e-3))
    assert [item.inverse for item in answer.items] == [True, False, False]


async def test_the_underlyings_come_in_pages(client: httpx.AsyncClient) -> None:
    first = (await get(client, "/options", limit=2)).json()
    rest = (await get(client, "/options", limit=2, cursor=first["next_cursor"])).json()
    assert [item["underlying"] for item in first["items"]] == ["BTC", "ES"]
    assert [item["underlying"] for item in rest["items"]] == ["SPX"]
    assert rest["next_cursor"] is None


async def test_the_underlyings_of_an_earlier_time_are_those_known_then(client: httpx.AsyncClient) -> None:
    answer = (await get(client, "/options", as_of=YESTERDAY.isoformat())).json()
    assert [item["underlying"] for item in answer["items"]] == ["SPX"]


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("/options/NOPE/chain", {}, "unknown_underlying"),
        ("/options/NOPE/heatmap", {}, "unknown_underlying"),
        ("/options/NOPE/smile", {}, "unknown_underlying"),
        ("/options/NOPE/surface", {}, "unknown_underlying"),
        ("/options/NOPE/analytics", {}, "unknown_underlying"),
        ("/options/SPX/chain", {"expiry": "2026-04-18"}, "unknown_expiry"),
        ("/options/SPX/smile", {"expiry": "2026-04-18"}, "unknown_expiry"),
        ("/options/SPX/heatmap", {"expiry": "2026-04-18"}, "unknown_expiry"),
    ],
)
async def test_what_is_not_stored_is_not_found(
    client: httpx.AsyncClient, path: str, query: dict[str, str], code: str
) -> None:
    response = await get(client, path, **query)
    assert (response.status_code, response.json()["code"]) == (404, code)


@pytest.mark.parametrize(
    "query",
    [
        {"strikes": "atm"},
        {"strikes": "atm:1;drop table quotes"},
        {"model": "magic"},
        {"delta_kind": "big"},
        {"expiry": "2026-13-01"},
        {"as_of": "yesterday"},
        {"source": "' or 1=1--"},
        {"colour": "red"},
    ],
)
async def test_a_query_that_makes_no_sense_is_422(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    response = await get(client, "/options/SPX/chain", **query)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


async def test_analytics_say_what_the_chains_say_together(client: httpx.AsyncClient) -> None:
    response = await get(client, "/options/SPX/analytics")
    answer = AnalyticsAnswer.model_validate_json(response.content)
    near, far = answer.expiries
    assert [near.expiry, far.expiry] == [NEAR, FAR]
    assert near.atm_iv == pytest.approx(0.21, abs=1e-3)
    assert (near.forward_vol, near.reasons["forward_vol"]) == (None, "first_expiry")
    assert near.atm_iv is not None
    assert far.atm_iv is not None
    more = far.atm_iv**2 * far.expiry_years - near.atm_iv**2 * near.expiry_years
    assert far.forward_vol == pytest.approx((more / (far.expiry_years - near.expiry_years)) ** 0.5)
    assert near.risk_reversal_25d == pytest.approx(0.0, abs=3e-3), "the volatility is flat"
    assert near.expected_move == pytest.approx(near.forward * near.atm_iv * near.expiry_years**0.5)
    assert near.put_call_oi == near.put_call_volume == 1.0
    # Open interest grows with the strike and is the same for calls and puts.
    interest = [(strike, strike) for strike in near.strikes.strike]
    assert list(zip(near.strikes.call_oi, near.strikes.put_oi, strict=True)) == interest
    paid = [
        sum(
            oi * abs(end - strike)
            for strike, oi in zip(near.strikes.strike, near.strikes.call_oi, strict=True)
        )
        for end in near.strikes.strike
    ]
    assert near.max_pain == near.strikes.strike[paid.index(min(paid))]
    assert answer.total.call_oi == near.call_oi + far.call_oi
    assert answer.gamma_exposure.total == pytest.approx(answer.total.gex)
    assert answer.iv_rank.reasons["rank"] == "no_expiries_around_30_days"
    assert set(answer.formulas) >= {"max_pain", "risk_reversal_25d", "iv_rank"}


async def test_gamma_exposure_names_the_convention_asked_for(client: httpx.AsyncClient) -> None:
    answers = {
        sign: AnalyticsAnswer.model_validate_json(
            (await get(client, "/options/ES/analytics", gex_sign=sign, gex_unit="point")).content
        ).gamma_exposure
        for sign in ("calls_minus_puts", "puts_minus_calls", "gross")
    }
    totals = [answers[sign].total for sign in answers]
    assert totals[0] == pytest.approx(-totals[1])
    assert totals[2] > abs(totals[0])
    assert {each.unit_words for each in answers.values()} == {
        "USD of underlying to trade for each 1.00 it moves"
    }
    assert len({each.formula for each in answers.values()}) == 3
    assert answers["gross"].reasons["zero_gamma"] == "one_sign"


async def test_analytics_of_an_earlier_time_and_of_one_expiry(client: httpx.AsyncClient) -> None:
    response = await get(
        client, "/options/SPX/analytics", as_of=YESTERDAY.isoformat(), expiry=NEAR, iv_days=0
    )
    answer = AnalyticsAnswer.model_validate_json(response.content)
    assert answer.as_of == YESTERDAY
    assert [each.atm_iv for each in answer.expiries] == [pytest.approx(0.20, abs=1e-3)]
    assert answer.iv_rank.reasons["rank"] == "not_asked"


async def test_analytics_leave_as_a_table_of_strikes(client: httpx.AsyncClient) -> None:
    answer = AnalyticsAnswer.model_validate_json((await get(client, "/options/SPX/analytics")).content)
    rows = read_table(await get(client, "/options/SPX/analytics", format="arrow"))
    assert [row["strike"] for row in rows] == [
        *answer.expiries[0].strikes.strike,
        *answer.expiries[1].strikes.strike,
    ]
    assert [row["call_pain"] for row in rows][:9] == answer.expiries[0].strikes.call_pain
    assert rows[0]["expiry"] == NEAR


@pytest.mark.parametrize(
    "query", [{"gex_sign": "mine"}, {"gex_unit": "euro"}, {"iv_days": "-1"}, {"iv_days": "253"}]
)
async def test_analytics_refuse_what_they_do_not_know(
    client: httpx.AsyncClient, query: dict[str, str]
) -> None:
    assert (await get(client, "/options/SPX/analytics", **query)).status_code == 422
