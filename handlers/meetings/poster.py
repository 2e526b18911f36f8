"""The QR code for the door: the one place that draws one."""

from io import BytesIO

PIXELS = 14
"""Of one square: a code of 37 squares is some 600 pixels wide, and prints sharply on a page."""
QUIET_ZONE = 4
"""Squares left white around it, as ISO/IEC 18004 asks."""
CORRECTION = "q"
"""A quarter of it may be dirty or torn."""

NAME = "door.png"


def poster(url: str) -> bytes:
    """Draw a link as a PNG."""
    import segno  # noqa: PLC0415 - not before a poster is asked for

    drawn = BytesIO()
    code = segno.make_qr(url, error=CORRECTION)
    code.save(drawn, kind="png", scale=PIXELS, border=QUIET_ZONE)
    return drawn.getvalue()
