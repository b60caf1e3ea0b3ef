"""TradeSense: a self-hosted futures and options analytics desk."""

from tradesense._kernels import name_kernel_cache

__version__ = "0.1.0"

name_kernel_cache()
