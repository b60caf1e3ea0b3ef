"""QR codes: one harmless SVG element that says what it should."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import segno

from tradesense.auth.qr import draw_qr

URI = (
    "otpauth://totp/TradeSense:north%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=TradeSense"
)
SVG = "{http://www.w3.org/2000/svg}"


def dark_modules(svg: str) -> set[tuple[int, int]]:
    """Return the squares that the drawing's strokes fill, as (row, column) with the quiet zone."""
    path = next(each for each in ET.fromstring(svg) if each.get("stroke"))
    x, y, filled = 0.0, 0.0, set()
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path.get("d", "")):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            filled |= {(int(y), column) for column in range(int(x), int(x + float(first)))}
            x += float(first)
    return filled


def test_the_drawing_says_the_text() -> None:
    expected = segno.make(URI, error="m", micro=False).matrix_iter(border=4)

    assert dark_modules(draw_qr(URI)) == {
        (row, column) for row, line in enumerate(expected) for column, dark in enumerate(line) if dark
    }


def test_the_drawing_is_one_svg_without_scripts_styles_or_addresses() -> None:
    svg = draw_qr(URI)
    root = ET.fromstring(svg)

    assert root.tag == SVG + "svg"
    assert {child.tag for child in root} == {SVG + "path"}
    assert not {"style", "class", "href", "onload"} & {name for each in root.iter() for name in each.attrib}
    assert svg.count("http") == 1  # the namespace


def test_the_drawing_is_dark_on_light_whatever_is_behind_it_and_takes_the_size_it_is_given() -> None:
    root = ET.fromstring(draw_qr(URI))

    assert [child.get("fill") or child.get("stroke") for child in root] == ["#fff", "#000"]
    assert root.get("viewBox")
    assert root.get("width") is None
