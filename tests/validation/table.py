"""A plain-text table for a terminal."""

from __future__ import annotations


class Table:
    """Rows under headings; numbers to the right, words to the left."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        self._headings = headings
        self._rows: list[tuple[object, ...]] = []

    def add(self, *cells: object) -> None:
        assert len(cells) == len(self._headings)
        self._rows.append(cells)

    def __str__(self) -> str:
        written = [[_text(cell) for cell in row] for row in self._rows]
        columns = list(zip(self._headings, *written, strict=True))
        widths = [max(map(len, column)) for column in columns]
        numeric = [
            bool(self._rows) and all(isinstance(row[i], int | float) or row[i] == "" for row in self._rows)
            for i in range(len(widths))
        ]
        lines = [self._headings, tuple("-" * width for width in widths), *map(tuple, written)]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if right else cell.ljust(width)
                for cell, width, right in zip(line, widths, numeric, strict=True)
            ).rstrip()
            for line in lines
        )


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:.3g}"
    return str(cell)
