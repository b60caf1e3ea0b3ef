"""The options desk: chains, smiles, heatmaps and surfaces of stored options, and the calculators."""

from tradesense.market.options.routes import calculators_router, options_router
from tradesense.market.options.service import OptionsDesk

__all__ = ["OptionsDesk", "calculators_router", "options_router"]
