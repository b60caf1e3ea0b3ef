"""What the change of a contract is measured from, hour by hour over a turn of the session."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tradesense.instruments import load_specs
from tradesense.market.futures.rules import PriceKind
from tradesense.market.futures.states import ContractState, session_of
from tradesense.market.history.futures import ContractRow, QuoteRow, SettlementRow, TradeRow
from tradesense.market.live.background import contract_of

SPECS = load_specs()
CRUDE = contract_of(SPECS.future("CL", 2026, 12, source="simulated", source_symbol="CLZ6"))
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
SETTLED = {FRIDAY: 88.0, MONDAY: 87.0}
CLOSE = 87.1
"""Of Monday's session, which ends at 22:00 UTC; Tuesday's opens at 23:00."""


def state(at: datetime, *days: date, close: float | None = CLOSE) -> ContractState:
    contract: ContractRow = CRUDE
    quote = QuoteRow(at, 87.2, 87.4, 1.0, 1.0, None, None, None, None)
    settlements = [SettlementRow(day, SETTLED[day], None, None) for day in sorted(days, reverse=True)]
    trade = TradeRow(at - timedelta(minutes=1), 87.3, 10.0, None, close)
    return ContractState(
        contract, at, quote, quote, trade, settlements, None, session_of(SPECS.find("CL", "simulated"), at)
    )


@pytest.mark.parametrize(
    ("at", "days", "close", "told"),
    [
        # Monday: Friday's settlement, not Friday's last trade.
        (datetime(2026, 11, 23, 15, tzinfo=UTC), (FRIDAY,), 87.9, (88.0, PriceKind.SETTLEMENT)),
        # Tuesday's session has begun and Monday's settlement is not out: Monday's last trade, not Friday.
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), (FRIDAY,), CLOSE, (CLOSE, PriceKind.LAST)),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), (FRIDAY,), None, (88.0, PriceKind.SETTLEMENT)),
        # Now it is.
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), (FRIDAY, MONDAY), CLOSE, (87.0, PriceKind.SETTLEMENT)),
        (datetime(2026, 11, 24, 0, 30, tzinfo=UTC), (FRIDAY, MONDAY), CLOSE, (87.0, PriceKind.SETTLEMENT)),
    ],
)
def test_a_change_is_measured_from_the_session_before(
    at: datetime, days: tuple[date, ...], close: float | None, told: tuple[float, PriceKind]
) -> None:
    assert state(at, *days, close=close).previous == told
