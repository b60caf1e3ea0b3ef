"""Draws QR codes as SVG, here and with nothing from outside."""

from __future__ import annotations

from io import BytesIO

import segno


def draw_qr(text: str) -> str:
    """Return the code of `text` as one `<svg>` element, black on white, that fits whatever holds it."""
    drawing = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing,
        kind="svg",
        light="#fff",
        border=4,
        omitsize=True,
        xmldecl=False,
        nl=False,
        svgclass=None,
        lineclass=None,
    )
    return drawing.getvalue().decode()
