"""Pages to print: the poster for the door with the QR code that checks in, and slips without one.

The one place that draws a QR code; the words are written with the font of the charts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import category

from handlers.digests.chart import INK, PAPER, font_of

if TYPE_CHECKING:  # loaded by the first poster
    from PIL import Image, ImageDraw

WIDTH = 1240
"""Pixels: a page of A4 at 150 dots an inch."""
EDGE = 70
TITLE, LINE, HINT = 76, 54, 46
GAP = 1.4
"""From one line to the next, in heights of its letters."""
LINES_AT_MOST = 4
"""Of one sentence; a longer one is cut."""
PIXELS = 20
"""Of one square of the code: of 37 squares it is some 900 pixels wide."""
QUIET_ZONE = 4
"""Squares left white around it, as ISO/IEC 18004 asks."""
CORRECTION = "q"
"""A quarter of it may be dirty or torn."""

NOT_IN_FONT = frozenset({"So", "Cn", "Cs", "Co", "Mn"})
"""Kinds of character, such as 🙂, that would be boxes."""

NEVER_FIRST = tuple("，。、；：！？）》”")
"""Signs that no line begins with."""

NAME = "door.png"


@dataclass(frozen=True)
class Poster:
    """All words of a poster, in one language, and where its code leads."""

    title: str
    lines: Sequence[str]
    """When, where, and what is talked about."""
    hint: str
    """What scanning is for; it stands below the code."""
    url: str = ""
    """'' on a slip, which is for somebody without a phone."""


def draw(poster: Poster) -> bytes:
    """Draw a poster; gives PNG. It takes some tenths of a second of computing."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - see above

    code = _code(poster.url) if poster.url else None
    measuring = ImageDraw.Draw(Image.new("L", (1, 1)))
    above = [(line, TITLE) for line in _wrapped(measuring, poster.title, TITLE)]
    for sentence in poster.lines:
        above += [(line, LINE) for line in _wrapped(measuring, sentence, LINE)]
    below = [(line, HINT) for line in _wrapped(measuring, poster.hint, HINT)]
    height = 2 * EDGE + _height(above) + (code.height if code else 0) + _height(below)
    page = Image.new("RGB", (WIDTH, height), PAPER)
    y = _write(ImageDraw.Draw(page), above, EDGE)
    if code:
        page.paste(code, ((WIDTH - code.width) // 2, y))
    _write(ImageDraw.Draw(page), below, y + (code.height if code else 0))
    drawn = BytesIO()
    page.quantize(16).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _code(url: str) -> "Image.Image":
    import segno  # noqa: PLC0415 - not before a poster is asked for
    from PIL import Image  # noqa: PLC0415

    drawn = BytesIO()
    code = segno.make_qr(url, error=CORRECTION)
    code.save(drawn, kind="png", scale=PIXELS, border=QUIET_ZONE)
    drawn.seek(0)
    return Image.open(drawn).convert("RGB")


def _wrapped(draw: "ImageDraw.ImageDraw", text: str, size: int) -> list[str]:
    """Break a sentence into lines: between words where there are any, else between characters."""
    font, room = font_of(size), WIDTH - 2 * EDGE
    lines: list[str] = []
    rest = "".join(char for char in text if category(char) not in NOT_IN_FONT).strip()
    while rest and len(lines) < LINES_AT_MOST:
        end = len(rest)
        while draw.textlength(rest[:end], font=font) > room:
            end -= 1
        space = rest.rfind(" ", 0, end) if end < len(rest) else -1
        end = space if space > end // 2 else end
        end -= end > 1 and rest[end : end + 1] in NEVER_FIRST
        lines.append(rest[:end].strip())
        rest = rest[end:].strip()
    if rest:
        lines[-1] = lines[-1][:-1] + "…"
    return lines


def _height(lines: Sequence[tuple[str, int]]) -> int:
    return sum(int(size * GAP) for _line, size in lines)


def _write(draw: "ImageDraw.ImageDraw", lines: Sequence[tuple[str, int]], y: int) -> int:
    for line, size in lines:
        bold = int(size == TITLE)
        middle = (WIDTH // 2, y + int(size * GAP) // 2)
        draw.text(middle, line, font=font_of(size), fill=INK, anchor="mm", stroke_width=bold)
        y += int(size * GAP)
    return y
