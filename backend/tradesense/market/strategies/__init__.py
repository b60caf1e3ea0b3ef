"""The strategies desk: several options and futures valued as one position."""

from tradesense.market.strategies.routes import router as strategies_router
from tradesense.market.strategies.service import StrategiesDesk

__all__ = ["StrategiesDesk", "strategies_router"]
