"""Small files of every format, made up for tests: no row of them was ever traded."""

from __future__ import annotations

import io
import json
import struct
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import databento_dbn
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True)
class Sample:
    """A file by name, the format it has, and how many rows it reads and stores by table."""

    file_name: str
    content: bytes
    format: str
    rows: int
    stored: dict[str, int]
    beside: dict[str, bytes] = field(default_factory=dict)

    def write(self, folder: Path, name: str | None = None, content: bytes | None = None) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for other, data in self.beside.items():
            (folder / other).write_bytes(data)
        path = folder / (name or self.file_name)
        path.write_bytes(self.content if content is None else content)
        return path


def _csv(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def cboe() -> bytes:
    header = (
        "Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,"
        "Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest"
    )
    return _csv(
        "",
        "Standard & Poors 500 Index,Last: 4100.5,Change:  -12.25",
        '"Date: January 17, 2023 at 4:31 PM EST",Bid: 4090.25,Ask: 4110.75,Size: 1*1,"Volume: 1,200"',
        header,
        "Fri Jan 20 2023,SPX230120C04000000,101,1,110.5,112.5,7,0.2105,0.81,0.002,1200,4000.00,"
        "SPX230120P04000000,9.1,-1,9,9.4,30,0.2107,-0.19,0.002,800",
        "Fri Jan 20 2023,SPXW230120C04000000,0,0,109.5,113.5,0,0,1,0,0,4000.00,"
        "SPXW230120P04000000,0,0,0,0.05,0,0,0,0,5",
        "Fri Feb 17 2023,SPX230217C04100000,80,0,79.5,80.5,3,0.19,0.51,0.0021,10,4100.00,"
        "SPX230217P04100000,70,0,69.5,70.5,4,0.19,-0.48,0.0021,20",
    )


_CHAIN = (
    "file_date,snapshot_utc,exchange,underlying,instrument,expiry,strike,type,mark_price,bid,ask,mark_iv,"
    "delta,gamma,vega,theta,open_interest,volume_24h,underlying_price"
)


def deribit_chain() -> bytes:
    return _csv(
        _CHAIN,
        "2025-03-03,2025-03-03 10:00:01,deribit,BTC,BTC-28MAR25-90000-C,2025-03-28,90000,call,"
        "0.05,0.0495,0.0505,55.5,,,,,12.5,3.0,91000.5",
        "2025-03-03,2025-03-03 10:00:01,deribit,ETH,ETH-28MAR25-2000-P,2025-03-28,2000,put,"
        "0.02,,0.021,70.25,,,,,100.0,0.0,2210.5",
        "2025-03-04,2025-03-04 10:00:02,deribit,BTC,BTC-28MAR25-90000-C,2025-03-28,90000,call,"
        "0.06,0.0595,,56,,,,,13.5,1.0,92000.5",
    )


def okx_chain() -> bytes:
    return _csv(
        _CHAIN,
        "2025-03-03,2025-03-03 10:00:01,okx,BTC,BTC-USD-250328-90000-C,2025-03-28,90000,call,"
        "0.05,0.0495,0.0505,0.555,0.45,1.5,0.0011,-0.0002,12,3,91000.5",
        "2025-03-03,2025-03-03 10:00:01,okx,BTC,BTC-USD-250328-90000-P,2025-03-28,90000,put,"
        "0.04,0.039,,0.555,-0.55,1.5,0.0011,-0.0002,1,0,91000.5",
        "2025-03-03,2025-03-03 10:00:01,okx,ETH,ETH-USD-250328-2000-C,2025-03-28,2000,call,"
        "0.1,0.099,0.101,0.65,0.7,1.5,0.0009,-0.0003,3,1,2210.5",
    )


def deribit_recording() -> bytes:
    ticker = {
        "jsonrpc": "2.0",
        "method": "subscription",
        "params": {
            "channel": "ticker.BTC-28MAR25-90000-C.raw",
            "data": {
                "instrument_name": "BTC-28MAR25-90000-C",
                "timestamp": 1741000000123,
                "best_bid_price": 0.0495,
                "best_bid_amount": 3.5,
                "best_ask_price": 0.0,
                "best_ask_amount": 0.0,
                "last_price": None,
                "mark_price": 0.05,
                "mark_iv": 55.5,
                "underlying_price": 91000.5,
                "open_interest": 12.5,
                "stats": {"volume": 3.0},
                "greeks": {"delta": 0.45, "gamma": 0.00002, "vega": 90.1, "theta": -70.5, "rho": 20.0},
            },
        },
    }
    perpetual = {
        "jsonrpc": "2.0",
        "method": "subscription",
        "params": {
            "channel": "quote.BTC-PERPETUAL",
            "data": {
                "instrument_name": "BTC-PERPETUAL",
                "timestamp": 1741000000500,
                "best_bid_price": 91000.5,
                "best_bid_amount": 1000.0,
                "best_ask_price": 91001.0,
                "best_ask_amount": 500.0,
            },
        },
    }
    book = {"jsonrpc": "2.0", "method": "subscription", "params": {"channel": "book.X.raw", "data": {}}}
    return _csv(
        "wss://www.deribit.com/ws/api/v2 <-> 1741000000.1",
        'wss://www.deribit.com/ws/api/v2 <- 1741000000.2: {"jsonrpc":"2.0","id":0,"method":"public/test"}',
        '1741000000.3: {"jsonrpc":"2.0","id":0,"result":["ticker.BTC-28MAR25-90000-C.raw"]}',
        f"1741000000.4: {json.dumps(ticker)}",
        f"1741000000.5: {json.dumps(book)}",
        f"1741000000.6: {json.dumps(perpetual)}",
        "",
    )


def deribit_instruments() -> bytes:
    def future(name: str, expiry: int, **more: object) -> dict[str, object]:
        shared = {"kind": "future", "tick_size": 0.5, "contract_size": 10.0, "is_active": True}
        return {"instrument_name": name, "expiration_timestamp": expiry, **shared, **more}

    option = {
        "instrument_name": "SOL-28MAR25-150-P",
        "kind": "option",
        "strike": 150.0,
        "option_type": "put",
        "tick_size": 0.001,
        "contract_size": 1.0,
        "expiration_timestamp": 1743148800000,
    }
    first = {"jsonrpc": "2.0", "result": [future("BTC-28MAR25", 1743148800000), option]}
    linear = future("XRP_USDC-PERPETUAL", 32503708800000, contract_size=1, tick_size=0.001)
    spread = {**future("BTC-FS-28MAR25_PERP", 1743148800000), "kind": "future_combo"}
    second = {"jsonrpc": "2.0", "result": [linear, spread]}
    url = "https://www.deribit.com/api/v2/public/get_instruments?currency="
    return _csv(
        f"{url}BTC&expired=false -> 1741000000.1: {json.dumps(first)}",
        f"{url}USDC&expired=false -> 1741000001.1: {json.dumps(second)}",
        'configuration: {"trades": []}',
    )


def deribit_document() -> bytes:
    rows = [
        {
            "instrument_name": "ETH-28MAR25-2000-P",
            "bid_price": 0.02,
            "ask_price": None,
            "mark_price": 0.021,
            "mark_iv": 70.5,
            "last": 0.02,
            "open_interest": 10.0,
            "volume": 2.0,
            "underlying_price": 2210.5,
            "creation_timestamp": 1741000000123,
        },
        {
            "instrument_name": "ETH-28MAR25",
            "bid_price": 2210.0,
            "ask_price": 2211.0,
            "mark_price": 2210.5,
            "last": None,
            "open_interest": 10.0,
            "volume": 2.0,
            "creation_timestamp": 1741000000123,
        },
    ]
    return (json.dumps({"jsonrpc": "2.0", "result": rows, "testnet": False}, indent=2) + "\n").encode()


def deribit_summary() -> bytes:
    return _csv(
        "instrument_name,bid_price,ask_price,mark_price,mid_price,last,high,low,open_interest,volume,volume_usd,"
        "price_change,estimated_delivery_price,creation_timestamp_ms",
        "BTC-7MAR25,90810.0,90825.0,90815.5,90817.5,90930.0,91445.0,90145.0,1047880,1.5,129670.0,-0.1,90815.0,"
        "1741000000123",
        "BTC-28MAR25,91810.0,,91815.5,,,91445.0,90145.0,47880,1.5,129670.0,-0.1,90815.0,1741000000123",
        "BTC-PERPETUAL,90800.0,90801.0,90800.5,90800.5,90800.5,,,7880,1.5,129670.0,-0.1,90815.0,1741000000123",
    )


def lean_future_quote() -> bytes:
    at = [datetime(2020, 1, 6, 14, 30, tzinfo=UTC)] * 2 + [datetime(2020, 1, 6, 14, 31, tzinfo=UTC)]
    bid, ask = [3200.25, None, 3200.5], [3200.5, 3210.0, None]
    columns: dict[str, pa.Array] = {
        "ts_utc": pa.array(at, pa.timestamp("us", "UTC")),
        "contract_month": pa.array(["202003", "202006", "202003"], pa.large_string()),
    }
    for side, prices in (("bid", bid), ("ask", ask)):
        for part in ("open", "high", "low", "close"):
            columns[f"{side}_{part}"] = pa.array(prices, pa.float64())
        columns[f"{side}_size"] = pa.array([0 if price is None else 7 for price in prices], pa.int64())
    return parquet(pa.table(columns))


def lean_option_quote() -> bytes:
    at = [datetime(2020, 1, 6, 14, 30, tzinfo=UTC)] * 2
    columns: dict[str, pa.Array] = {
        "ts_utc": pa.array(at, pa.timestamp("us", "UTC")),
        "root": pa.array(["ES", "ES"]).dictionary_encode(),
        "expiry": pa.array([datetime(2020, 3, 20)] * 2, pa.timestamp("us")),  # noqa: DTZ001 - as the files have it
        "strike": pa.array([3200.0, 3210.5]),
        "right": pa.array(["C", "P"]).dictionary_encode(),
    }
    for side, prices in (("bid", [50.25, None]), ("ask", [50.75, 61.0])):
        for part in ("open", "high", "low", "close"):
            columns[f"{side}_{part}"] = pa.array(prices, pa.float64())
        columns[f"{side}_size"] = pa.array([0 if price is None else 7 for price in prices], pa.int64())
    return parquet(pa.table(columns))


def parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def nse_legacy() -> bytes:
    return _csv(
        "INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTION_TYP,OPEN,HIGH,LOW,CLOSE,SETTLE_PR,CONTRACTS,VAL_INLAKH,"
        "OPEN_INT,CHG_IN_OI,TIMESTAMP",
        "FUTIDX,NIFTY,27-Feb-2020,0,XX,12000,12100,11900,12050,12051.5,1000,1,75000,-750,03-FEB-2020",
        "FUTSTK,BAJAJ-AUTO,27-Feb-2020,0,XX,3000,3100,2900,3050,3051.5,10,1,2500,250,03-FEB-2020",
        "OPTIDX,NIFTY,06-Feb-2020,12000,CE,100,120,90,110,110.5,10,1,7500,75,03-FEB-2020",
        "OPTIDX,NIFTY,06-Feb-2020,12100,CE,0,0,0,60,55.5,0,0,0,0,03-FEB-2020",
        "OPTIDX,NIFTY,06-Feb-2020,12000,PE,80,90,70,85,0,10,1,7500,75,03-FEB-2020",
    )


def nse_udiff() -> bytes:
    return _csv(
        "TradDt,BizDt,Sgmt,Src,FinInstrmTp,FinInstrmId,ISIN,TckrSymb,SctySrs,XpryDt,FininstrmActlXpryDt,StrkPric,"
        "OptnTp,FinInstrmNm,OpnPric,HghPric,LwPric,ClsPric,LastPric,PrvsClsgPric,UndrlygPric,SttlmPric,OpnIntrst,"
        "ChngInOpnIntrst,TtlTradgVol,TtlTrfVal,TtlNbOfTxsExctd,SsnId,NewBrdLotQty,Rmks,Rsvd1,Rsvd2,Rsvd3,Rsvd4",
        "2025-01-06,2025-01-06,FO,NSE,IDF,1,,NIFTY,,2025-01-30,2025-01-30,,,NIFTY25JANFUT,24000.00,24100.00,"
        "23900.00,24050.00,24051.00,23990.00,24010.50,24050.00,750000,-750,1000,1.0,900,F1,75,,,,,",
        "2025-01-06,2025-01-06,FO,NSE,IDO,2,,NIFTY,,2025-01-30,2025-01-30,24000.00,CE,NIFTY25JAN24000CE,0.00,0.00,"
        "0.00,300.00,290.00,300.00,24010.50,310.25,7500,0,0,0.0,0,F1,75,,,,,",
    )


def nse_live() -> bytes:
    header = (
        "contract,expiryDate,optionType,strikePrice,lastPrice,change,pChange,openPrice,highPrice,lowPrice,"
        "closePrice,volume,totalTurnover,value,premiumTurnOver,underlyingValue,openInterest,noOfTrades,datetime"
    )
    row = "NIFTY 30-Jan-2025,30-Jan-2025,Call,24000,57.5,-1,-1,60,61,50,0,7500,1,1,1,23950.5,20.0,100,"
    return _csv(header, row + "2025-01-06 09:05:00.5+05:30", row + "2025-01-06 09:30:00+05:30")


def multiple_prices() -> bytes:
    return _csv(
        "DATETIME,CARRY,CARRY_CONTRACT,PRICE,PRICE_CONTRACT,FORWARD,FORWARD_CONTRACT",
        "2001-05-01 23:00:00,27.5,20011100,26.5,20011200,,20021200",
        "2001-05-02 23:00:00,27.25,20011100,26.25,20011200,25.5,20021200",
    )


def yahoo() -> bytes:
    return _csv(
        "folder_date,underlying,contractSymbol,expiry,type,strike,lastPrice,bid,ask,volume,openInterest,"
        "impliedVolatility,inTheMoney,lastTradeDate,spot,session",
        "2025-01-06,SPY,SPY250117C00590000,2025-01-17,C,590.0,4.5,4.4,4.6,10.0,100.0,0.15,False,"
        "2025-01-07 15:00:00+00:00,588.5,2025-01-06",
        "2025-01-06,SPY,SPY250117P00590000,2025-01-17,P,590.0,5.5,0.0,,,,0.00001,True,"
        "2025-01-06 20:00:00+00:00,588.5,2025-01-06",
    )


YAHOO_META = json.dumps(
    {
        "2025-01-06": {
            "utc": "2025-01-07T15:10:00+00:00",
            "tickers": {"SPY": {"spot": 588.5, "spot_live": 591.25}},
        }
    }
).encode()


def globex_bars() -> bytes:
    return _csv(
        "timestamp_utc,open,high,low,close,volume,pricetype",
        "2024-01-01 23:01:00,1.1076,1.1079,1.1076,1.1078,205,Last",
        "2024-01-01 23:02:00,1.1078,1.1078,1.1077,1.1077,86,Last",
    )


def nse_half_hours() -> bytes:
    return _csv(
        "ts_ist,open,high,low,close,volume,open_interest",
        "2026-02-18T09:15:00+0530,26080.0,26089.5,26033.0,26073.5,16965,485355",
        "2026-02-18T09:45:00+0530,26073.5,26075.5,25989.0,26000.0,14040,488800",
    )


def dbn(schema: str, records: np.ndarray, symbol: str, number: int, day: date) -> bytes:
    """Return a DBN file (version 3) of raw records, with one instrument in its metadata."""
    metadata = databento_dbn.Metadata(
        dataset="GLBX.MDP3",
        start=1,
        stype_in=databento_dbn.SType.RAW_SYMBOL,
        stype_out=databento_dbn.SType.INSTRUMENT_ID,
        schema=databento_dbn.Schema(schema),
        symbols=[symbol],
        partial=[],
        not_found=[],
        mappings=[
            SimpleNamespace(
                raw_symbol=symbol,
                intervals=[
                    SimpleNamespace(start_date=day, end_date=day + timedelta(days=1), symbol=str(number))
                ],
            )
        ],
    )
    header = bytes(metadata.encode())
    assert header[:3] == b"DBN"
    assert struct.unpack_from("<I", header, 4)[0] == len(header) - 8
    return header + records.tobytes()


def databento_quotes() -> bytes:
    records = np.zeros(3, dtype=databento_dbn.BBOMsg._dtypes)
    records["length"], records["rtype"], records["instrument_id"] = 20, 196, 77
    start = int(datetime(2024, 5, 9, 10, tzinfo=UTC).timestamp())
    records["ts_recv"] = [(start + 60 * minute) * 10**9 for minute in range(3)]
    records["ts_event"] = records["ts_recv"]
    records["price"] = 5200_250000000
    records["bid_px_00"], records["ask_px_00"] = 5200_000000000, 5200_500000000
    records["ask_px_00"][2] = np.iinfo(np.int64).max
    records["bid_sz_00"], records["ask_sz_00"] = 5, 6
    return dbn("bbo-1m", records, "ESM4", 77, date(2024, 5, 9))


def databento_trades() -> bytes:
    records = np.zeros(3, dtype=databento_dbn.TradeMsg._dtypes)
    records["length"], records["rtype"], records["instrument_id"], records["action"] = 12, 0, 77, b"T"
    start = int(datetime(2024, 5, 9, 10, tzinfo=UTC).timestamp()) * 10**9
    records["ts_recv"] = [start + 1000, start + 1500, start + 5000]
    records["ts_event"] = [start, start + 1, start + 4000]
    records["price"], records["size"] = [5200_250000000, 5200_500000000, 5200_250000000], [1, 2, 3]
    return dbn("trades", records, "ESM4", 77, date(2024, 5, 9))


def lean_daily_quote() -> bytes:
    return _csv(
        "date,contract_month,bid_open,bid_high,bid_low,bid_close,bid_size,ask_open,ask_high,ask_low,ask_close,ask_size",
        "2020-01-06,202003,1,1,1,3200.25,7.0,1,1,1,3200.5,8.0",
        "2020-01-06,202006,1,1,1,3201.25,7.0,,,,,0.0",
    )


SAMPLES = [
    Sample("spx.csv", cboe(), "cboe_quotes", 3, {"option_snapshots": 6, "quotes": 1, "instruments": 7}),
    Sample("d.csv", deribit_chain(), "deribit_chain", 3, {"option_snapshots": 3, "instruments": 2}),
    Sample("o.csv", okx_chain(), "okx_chain", 3, {"option_snapshots": 3, "instruments": 3}),
    Sample(
        "ws.txt",
        deribit_recording(),
        "deribit_recording",
        7,
        {"option_snapshots": 1, "quotes": 1, "instruments": 2},
    ),
    Sample("get.txt", deribit_instruments(), "deribit_recording", 4, {"instruments": 3}),
    Sample(
        "summary.json",
        deribit_document(),
        "deribit_document",
        2,
        {"option_snapshots": 1, "quotes": 1, "instruments": 2},
    ),
    Sample("summary.csv", deribit_summary(), "deribit_book_summary", 3, {"quotes": 3, "instruments": 3}),
    Sample(
        "es_minute_quote.parquet",
        lean_future_quote(),
        "lean_future_minute_quote",
        3,
        {"quotes": 3, "instruments": 2},
    ),
    Sample(
        "fop.parquet",
        lean_option_quote(),
        "lean_option_minute_quote",
        2,
        {"option_snapshots": 2, "instruments": 2},
    ),
    Sample(
        "es_daily_quote.csv",
        lean_daily_quote(),
        "lean_future_daily_quote",
        2,
        {"quotes": 2, "instruments": 2},
    ),
    Sample(
        "es_daily_trade.csv",
        _csv("date,contract_month,open,high,low,close,volume", "2020-01-06,202003,10,12,9,11,5"),
        "lean_future_daily_trade",
        1,
        {"bars": 1, "instruments": 1},
    ),
    Sample(
        "es_daily_openinterest.csv",
        _csv("date,contract_month,open_interest", "2020-01-06,202003,10.0", "2020-01-06,202006,3.0"),
        "lean_future_daily_open_interest",
        2,
        {"settlements": 2, "instruments": 2},
    ),
    Sample(
        "grains.csv",
        _csv(
            "date,open_interest,root,contract_month",
            "20210101 00:00,10,zc,202103",
            "20210101 00:00,3,zw,202103",
        ),
        "lean_open_interest_by_root",
        2,
        {"settlements": 2, "instruments": 2},
    ),
    Sample(
        "spx_index_minute.csv",
        _csv("ts_utc,open,high,low,close", "2021-01-04 14:30:00+00:00,10,12,9,11"),
        "lean_index_minute",
        1,
        {"bars": 1, "instruments": 1},
    ),
    Sample(
        "goog_equity_minute_trade.csv",
        _csv("ts_utc,open,high,low,close,volume", "2021-01-04 14:30:00+00:00,10,12,9,11,5"),
        "lean_equity_minute_trade",
        1,
        {"bars": 1, "instruments": 1},
    ),
    Sample(
        "fo.csv",
        nse_legacy(),
        "nse_bhavcopy",
        5,
        {"settlements": 5, "bars": 4, "quotes": 2, "option_snapshots": 3, "instruments": 5},
    ),
    Sample(
        "bhav.csv",
        nse_udiff(),
        "nse_udiff",
        2,
        {"settlements": 2, "bars": 1, "quotes": 1, "option_snapshots": 1, "instruments": 2},
    ),
    Sample("live.csv", nse_live(), "nse_live_options", 2, {"option_snapshots": 1, "instruments": 1}),
    Sample(
        "CRUDE_W_multiple_prices.csv",
        multiple_prices(),
        "multiple_prices",
        2,
        {"multiple_prices": 2, "instruments": 3},
    ),
    Sample(
        "yahoo.csv",
        yahoo(),
        "yahoo_chain",
        2,
        {"option_snapshots": 2, "quotes": 1, "instruments": 3},
        beside={"collection_meta.json": YAHOO_META},
    ),
    Sample("6EH4_GLBX_1min_x.csv", globex_bars(), "globex_minute_bars", 2, {"bars": 2, "instruments": 1}),
    Sample(
        "nifty_apr2026_future_30min.csv",
        nse_half_hours(),
        "nse_half_hour_bars",
        2,
        {"bars": 2, "instruments": 1},
    ),
    Sample("bbo.dbn", databento_quotes(), "databento_dbn", 3, {"quotes": 3, "instruments": 1}),
    Sample("trades.dbn", databento_trades(), "databento_dbn", 3, {"quotes": 3, "instruments": 1}),
]
BY_FORMAT = {sample.format: sample for sample in reversed(SAMPLES)}
