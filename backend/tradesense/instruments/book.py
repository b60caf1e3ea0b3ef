"""The book of contract specifications, and instruments made by it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tradesense.instruments.errors import BadSpecification, NotListed, UnknownRoot
from tradesense.instruments.expiry_rules import RULES, shift_month
from tradesense.instruments.specs import MONTH_CODES, ContractSpec
from tradesense.instruments.symbols import (
    future_symbol,
    is_root,
    option_symbol,
    parse_symbol,
    perpetual_symbol,
)
from tradesense.instruments.values import Instrument, Kind, Right, Settlement

_YEARS_SEARCHED = 40
_UNDERLYINGS_KEPT = 10_000


class SpecBook:
    """Every specification known, keyed by root and, where venues differ, by source.

    A root is answered in this order: a specification that names the source, the root's default
    (which names none), the first that names any source, a template for stocks of that source.
    So `get("BTC", "deribit")` is Deribit's, `get("BTC")` CME's, `get("RELIANCE", "nse")` an NSE stock's.
    """

    def __init__(self) -> None:
        self._specs: dict[tuple[str, str | None], ContractSpec] = {}
        self._templates: dict[str, ContractSpec] = {}
        self._underlyings: dict[tuple[str, date, str | None], str] = {}
        self._fingerprint: str | None = None

    @property
    def fingerprint(self) -> str:
        """A hash of every specification: the same in two books with the same contents."""
        if self._fingerprint is None:
            digest = blake2b(digest_size=16)
            for spec in (*self.all(), *self._templates.values()):
                digest.update(spec.model_dump_json().encode())
            self._fingerprint = digest.hexdigest()
        return self._fingerprint

    def declare(self, spec: ContractSpec) -> None:
        """Add a specification; a later one replaces an earlier of the same root and source."""
        self._underlyings.clear()
        self._fingerprint = None
        if spec.template is not None:
            for source in spec.sources:
                self._templates[source] = spec
            self._templates[spec.template] = spec
            return
        keys: tuple[str | None, ...] = spec.sources or (None,)
        for key in keys:
            self._specs[spec.root, key] = spec

    def declare_stock(self, root: str, template: str) -> ContractSpec:
        """Declare a stock like the template of a name or source (`us_stock`, `nse_stock`).

        Raises `BadSpecification` for an unknown template or a root no symbol can hold.
        """
        if template not in self._templates or not is_root(root):
            raise BadSpecification(f"No stock {root!r} can be made from template {template!r}.")
        spec = _stock(self._templates[template], root)
        self.declare(spec)
        return spec

    def find(self, root: str, source: str | None = None) -> ContractSpec | None:
        """Return the specification of a root for a source, or `None`."""
        own = self._specs.get((root, source)) or self._specs.get((root, None))
        if own is not None:
            return own
        named = next((spec for (known, _), spec in self._specs.items() if known == root), None)
        if named is not None:
            return named
        template = self._templates.get(source) if source else None
        return _stock(template, root) if template is not None and is_root(root) else None

    def get(self, root: str, source: str | None = None) -> ContractSpec:
        """Return the specification of a root for a source. Raises `UnknownRoot`."""
        spec = self.find(root, source)
        if spec is None:
            raise UnknownRoot(root, source)
        return spec

    def all(self) -> tuple[ContractSpec, ...]:
        """Return every declared specification once, by root; templates left out."""
        distinct = {id(spec): spec for spec in self._specs.values()}.values()
        return tuple(sorted(distinct, key=lambda spec: (spec.root, spec.sources)))

    def listed_months(
        self, root: str, on: date, count: int, *, source: str | None = None
    ) -> list[tuple[int, int]]:
        """Return the next `count` delivery months whose futures still trade on a day, nearest first."""
        spec = self.get(root, source)
        months = spec.future_terms().months
        return [month for month, _ in zip(_months_alive(spec, months, on), range(count), strict=False)]

    def future(
        self,
        root: str,
        year: int,
        month: int,
        *,
        source: str,
        source_symbol: str,
        day: int | None = None,
    ) -> Instrument:
        """Make the future of a delivery month, or of an expiry day where the product lists several a month.

        Raises `UnknownRoot`, `NotListed` (no futures, or a day missing where the product needs one),
        `BadSymbol`.
        """
        spec = self.get(root, source)
        terms = spec.future_terms()
        if terms.dated and day is None:
            raise NotListed(f"Futures of {root} at {source} are named by day.")
        expiry = date(year, month, day) if day is not None else spec.last_trade_of(year, month)
        return Instrument(
            source=source,
            symbol=future_symbol(root, year, month, day),
            source_symbol=source_symbol,
            kind=Kind.FUTURE,
            root=root,
            expiry=expiry,
            expires_at=spec.future_expires_at(expiry),
            first_notice=None if day is not None else spec.first_notice_of(year, month),
            last_trade=expiry,
            settlement=terms.settlement,
            multiplier=terms.multiplier,
            tick=terms.tick,
            inverse=terms.inverse,
            **_place(spec),
        )

    def option(
        self,
        root: str,
        expiry: date,
        strike: float,
        right: Right | str,
        *,
        source: str,
        source_symbol: str,
        underlying: str | None = None,
    ) -> Instrument:
        """Make an option. Where `underlying` is not given it is the product's own: its index, its stock, or
        the future an option of that expiry delivers. Raises `UnknownRoot`, `NotListed`, `BadSymbol`.
        """
        spec = self.get(root, source)
        terms = spec.option_terms()
        return Instrument(
            source=source,
            symbol=option_symbol(root, expiry, strike, right),
            source_symbol=source_symbol,
            kind=Kind.OPTION,
            root=root,
            underlying=underlying or self.underlying_of(root, expiry, source=source),
            expiry=expiry,
            expires_at=spec.option_expires_at(expiry),
            last_trade=expiry,
            strike=float(strike),
            right=Right(right),
            exercise=terms.exercise,
            settlement=terms.settlement,
            multiplier=terms.multiplier,
            tick=terms.tick,
            inverse=terms.inverse,
            **_place(spec),
        )

    def underlying_of(self, root: str, expiry: date, *, source: str | None = None) -> str:
        """Return the symbol of what an option of a root and expiry delivers or settles to.

        An option on futures delivers the nearest future that neither ends nor comes into delivery before
        the option does. Raises `UnknownRoot`, `NotListed`.
        """
        key = (root, expiry, source)
        if key not in self._underlyings:
            if len(self._underlyings) >= _UNDERLYINGS_KEPT:
                self._underlyings.clear()
            self._underlyings[key] = self._find_underlying(root, expiry, source)
        return self._underlyings[key]

    def _find_underlying(self, root: str, expiry: date, source: str | None) -> str:
        spec = self.get(root, source)
        terms = spec.option_terms()
        if terms.on != "future":
            return terms.underlying or root
        future = self.get(terms.underlying or root, source)
        if future.future_terms().dated:
            return future_symbol(future.root, expiry.year, expiry.month, expiry.day)
        months = terms.future_months or future.future_terms().months
        alive = _months_alive(future, months, expiry, cutoff=terms.future_cutoff, notice=True)
        return future_symbol(future.root, *next(alive))

    def describe(self, symbol: str, *, source: str, source_symbol: str | None = None) -> Instrument:
        """Make the instrument a canonical symbol names, stored or not; a plain symbol is what its
        specification says, an index or an equity.

        Raises `BadSymbol`, `UnknownRoot`, `NotListed` (also for a delivery month the product never lists).
        """
        parsed = parse_symbol(symbol)
        name = source_symbol or symbol
        if parsed.kind is Kind.PERPETUAL:
            return self.perpetual(parsed.root, source=source, source_symbol=name)
        if parsed.kind is None:
            kind = self.get(parsed.root, source).kind or Kind.INDEX
            return self._plain(parsed.root, kind, source, name)
        if parsed.strike is not None and parsed.right is not None and parsed.expiry is not None:
            return self.option(
                parsed.root, parsed.expiry, parsed.strike, parsed.right, source=source, source_symbol=name
            )
        assert parsed.year is not None
        assert parsed.month is not None
        months = self.get(parsed.root, source).future_terms().months
        if parsed.day is None and MONTH_CODES[parsed.month - 1] not in months:
            raise NotListed(f"{parsed.root} lists the months {months}, not {symbol}.")
        return self.future(
            parsed.root, parsed.year, parsed.month, source=source, source_symbol=name, day=parsed.day
        )

    def perpetual(self, root: str, *, source: str, source_symbol: str) -> Instrument:
        """Make a perpetual. Raises `UnknownRoot`, `NotListed`."""
        spec = self.get(root, source)
        if spec.perpetual is None:
            raise NotListed(f"{root} on {spec.exchange} has no perpetual.")
        terms = spec.perpetual
        return Instrument(
            source=source,
            symbol=perpetual_symbol(root),
            source_symbol=source_symbol,
            kind=Kind.PERPETUAL,
            root=root,
            settlement=Settlement.CASH,
            multiplier=terms.multiplier,
            tick=terms.tick,
            inverse=terms.inverse,
            **_place(spec),
        )

    def index(self, root: str, *, source: str, source_symbol: str) -> Instrument:
        """Make an index. Raises `UnknownRoot`."""
        return self._plain(root, Kind.INDEX, source, source_symbol)

    def equity(self, root: str, *, source: str, source_symbol: str) -> Instrument:
        """Make a stock or fund. Raises `UnknownRoot`."""
        return self._plain(root, Kind.EQUITY, source, source_symbol)

    def _plain(self, root: str, kind: Kind, source: str, source_symbol: str) -> Instrument:
        spec = self.get(root, source)
        return Instrument(
            source=source,
            symbol=root,
            source_symbol=source_symbol,
            kind=kind,
            root=root,
            multiplier=1.0,
            tick=spec.tick,
            **_place(spec),
        )


def load_specs(declared: Path | None = None) -> SpecBook:
    """Return a new book of every specification the program ships, and of a user's own file after them.

    Raises `BadSpecification` naming the file, the product and what is wrong with it.
    """
    book = SpecBook()
    for spec in _shipped():
        book.declare(spec)
    if declared is not None:
        try:
            text = declared.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as wrong:
            raise BadSpecification(f"The specifications in {declared.name} can't be read.") from wrong
        for spec in parse_specs(text, declared.name):
            book.declare(spec)
    return book


def parse_specs(text: str, file_name: str) -> list[ContractSpec]:
    """Read the products of a TOML text (`[[product]]` tables, optional `[defaults]`).

    Raises `BadSpecification`.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadSpecification(f"{file_name} is no TOML: {wrong}") from wrong
    defaults = data.get("defaults", {})
    return [_spec(_merged(defaults, product), file_name) for product in data.get("product", [])]


@cache
def _shipped() -> tuple[ContractSpec, ...]:
    folder = files(__package__).joinpath("products")
    tables = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name
    )
    return tuple(spec for table in tables for spec in parse_specs(table.read_text("utf-8"), table.name))


def _spec(raw: dict[str, Any], file_name: str) -> ContractSpec:
    try:
        return ContractSpec.model_validate(raw)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise BadSpecification(
            f"{file_name}, product {raw.get('root')!r}, {where or 'as a whole'}: {first['msg']}."
        ) from wrong


def _merged(defaults: dict[str, Any], product: dict[str, Any]) -> dict[str, Any]:
    # A section of the defaults fills in a product's section only where the product has one.
    merged = {key: value for key, value in defaults.items() if not isinstance(value, dict)}
    for key, value in product.items():
        shared = defaults.get(key)
        merged[key] = {**shared, **value} if isinstance(shared, dict) and isinstance(value, dict) else value
    return merged


def _stock(template: ContractSpec, root: str) -> ContractSpec:
    return template.model_copy(
        update={"root": root, "name": root, "template": None, "sources": template.sources}
    )


def _place(spec: ContractSpec) -> dict[str, Any]:
    return {"currency": spec.currency, "exchange": spec.exchange, "time_zone": spec.time_zone}


def _months_alive(
    spec: ContractSpec, months: str, on: date, *, cutoff: str | None = None, notice: bool = False
) -> Iterator[tuple[int, int]]:

    for step in range(-3, _YEARS_SEARCHED * 12):
        year, month = shift_month(on.year, on.month, step)
        if MONTH_CODES[month - 1] not in months:
            continue
        ends = RULES[cutoff](year, month, spec.calendar) if cutoff else spec.last_trade_of(year, month)
        first_notice = spec.first_notice_of(year, month) if notice and not cutoff else None
        if min(ends, first_notice or ends) >= on:
            yield year, month
