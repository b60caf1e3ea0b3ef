"""Makes instruments out of a venue's names, with the specifications of that venue.

The rows may carry another source label than the venue's (a user's choice); the specification is
the venue's all the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tradesense.base.errors import Invalid
from tradesense.feeds.files.format import Context
from tradesense.feeds.files.names import ContractName
from tradesense.instruments import ContractSpec, Instrument, Kind, NotListed, parse_symbol


class Namer:
    """Builds the instruments of one file. Its methods raise `AppError` for what nothing is known of."""

    def __init__(self, context: Context, native: str) -> None:
        self._specs = context.specs
        self._native = native
        self.source = context.options.source or native

    def spec(self, root: str) -> ContractSpec:
        """Return the specification of a root at this venue."""
        return self._specs.get(root, self._native)

    def option(self, name: ContractName, source_symbol: str, underlying: str | None = None) -> Instrument:
        """Make an option from a name that says its expiry, strike and right."""
        if name.kind != "option" or name.expiry is None or name.strike is None or name.right is None:
            raise Invalid(f"{source_symbol!r} names no option")
        made = self._specs.option(
            name.root,
            name.expiry,
            name.strike,
            name.right,
            source=self._native,
            source_symbol=source_symbol,
            underlying=underlying,
        )
        return self._labelled(made)

    def future(
        self, root: str, year: int, month: int, source_symbol: str, day: int | None = None
    ) -> Instrument:
        """Make a future of a delivery month, or of a day where the venue lists several a month."""
        made = self._specs.future(
            root, year, month, source=self._native, source_symbol=source_symbol, day=day
        )
        return self._labelled(made)

    def ending(self, made: Instrument, expiry: date) -> Instrument:
        """Return a future with the expiry date its venue states, where the rule says another day."""
        if made.expiry == expiry:
            return made
        spec = self.spec(made.root)
        return replace(made, expiry=expiry, last_trade=expiry, expires_at=spec.future_expires_at(expiry))

    def coin_contract(self, name: ContractName, source_symbol: str) -> Instrument:
        """Make what a coin venue's name says; an undeclared coin gets terms like the venue's Bitcoin."""
        self._declare_coin(name.root)
        if name.kind == "option":
            return self.option(name, source_symbol)
        if name.kind == "perpetual":
            made = self._specs.perpetual(name.root, source=self._native, source_symbol=source_symbol)
            return self._labelled(made)
        if name.expiry is None:
            raise Invalid(f"{source_symbol!r} names no expiry")
        day: date = name.expiry
        return self.future(name.root, day.year, day.month, source_symbol, day.day)

    def plain(self, root: str, source_symbol: str) -> Instrument:
        """Make an index, stock or fund: what the root itself is."""
        spec = self.spec(root)
        if spec.kind is None:
            raise NotListed(f"{root} is neither an index nor a stock")
        make = self._specs.index if spec.kind is Kind.INDEX else self._specs.equity
        return self._labelled(make(root, source=self._native, source_symbol=source_symbol))

    def canonical(self, symbol: str) -> Instrument:
        """Make what a canonical symbol says. Raises `BadSymbol`, `UnknownRoot`, `NotListed`."""
        said = parse_symbol(symbol)
        if said.kind is Kind.OPTION:
            name = ContractName(said.root, "option", said.expiry, strike=said.strike, right=said.right)
            return self.option(name, symbol)
        if said.kind is Kind.PERPETUAL:
            made = self._specs.perpetual(said.root, source=self._native, source_symbol=symbol)
            return self._labelled(made)
        if said.kind is Kind.FUTURE and said.year is not None and said.month is not None:
            return self.future(said.root, said.year, said.month, symbol, said.day)
        return self.plain(said.root, symbol)

    def stock(self, root: str) -> Instrument:
        """Make a US stock or fund; one that is not declared gets the terms of any other."""
        if self._specs.find(root, self._native) is None:
            self._specs.declare_stock(root, "us_stock")
        return self.plain(root, root)

    def declare_series(self, root: str, future_root: str) -> None:
        """Make sure of a series of options on a future, like the future's own where it is not declared."""
        if self._specs.find(root, self._native) is not None:
            return
        like = self._specs.get(future_root, self._native)
        terms = like.option_terms().model_copy(update={"underlying": future_root, "expiry": None})
        update = {"root": root, "name": f"{like.name}, options {root}", "future": None, "option": terms}
        self._specs.declare(like.model_copy(update=update))

    def _labelled(self, made: Instrument) -> Instrument:
        return made if self.source == self._native else replace(made, source=self.source)

    def _declare_coin(self, root: str) -> None:
        known = self._specs.find(root, self._native)
        if known is not None and self._native in known.sources:
            return
        like = self._specs.get("BTC", self._native)
        linear = "_" in root
        terms = {
            part: None
            if value is None
            else value.model_copy(update={"inverse": not linear, "multiplier": 1.0})
            for part, value in (
                ("future", like.future),
                ("option", like.option),
                ("perpetual", like.perpetual),
            )
        }
        currency = {"currency": root.partition("_")[2]} if linear else {}
        note = (
            f"{root.partition('_')[2]} per coin"
            if linear
            else f"futures USD per {root}, options {root} per {root}"
        )
        shared = {"root": root, "name": f"{root} on {like.exchange}", "price_note": note, "kind": None}
        self._specs.declare(like.model_copy(update={**shared, **currency, **terms}))
