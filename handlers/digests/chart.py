"""Drawing the rates as a picture for a phone, with a font of our own: no system font is needed.

Drawn with Pillow, line by line: it is the best kept of what can draw, measures its own text, and
leaves the layout to us; a chart library would bring a renderer of SVG along. The font is Noto Sans
SC (SIL OFL 1.1), the whole of it: names of places can have any character.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from models.digests.rules.rates import Count

if TYPE_CHECKING:  # loaded by the first chart: most processes draw none
    from PIL import ImageDraw, ImageFont

WIDTH = 1080
"""Pixels; a phone shows that about 360 points wide, so a third of these sizes is what is read."""

EDGE = 48
BAR_LEFT, BAR_RIGHT = 350, 740
ROW = 104
PANEL_HEAD = 96
TITLE, HEAD, LABEL, SMALL = 54, 44, 38, 30

PAPER, INK, FAINT = "#ffffff", "#1c2b26", "#5d6b66"
TRACK, NOW, BEFORE = "#e6ece9", "#12724d", "#8a9691"

ELLIPSIS = "…"
PROBE = "响"
MISSING = "\uffff"
"""No character: the font shows its sign for a missing one."""


@dataclass(frozen=True)
class Bar:
    """One line of a panel: what it is about, this week and the week before."""

    label: str
    now: Count
    before: Count


@dataclass(frozen=True)
class Panel:
    """One rate."""

    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Chart:
    """All words of a picture, in the reader's language, and its numbers."""

    title: str
    subtitle: str
    now: str
    before: str
    """What the full and the thin bars are called."""
    nothing: str
    """Stands where there is nothing to count."""
    panels: Sequence[Panel]


@dataclass
class _Sheet:
    """The paper, the pens, and how far down it is filled. Fonts belong to one drawing alone:
    they may not be shared between threads."""

    draw: "ImageDraw.ImageDraw"
    y: int = EDGE
    fonts: "dict[int, ImageFont.FreeTypeFont]" = field(default_factory=dict)

    def font(self, size: int) -> "ImageFont.FreeTypeFont":
        if size not in self.fonts:
            self.fonts[size] = font_of(size)
        return self.fonts[size]

    def write(
        self, x: int, y: int, text: str, size: int, *, ink: str = INK, heavy: bool = False
    ) -> None:
        """Write a line; `y` is the middle of it."""
        self.draw.text(
            (x, y), text, font=self.font(size), fill=ink, anchor="lm", stroke_width=int(heavy)
        )

    def fitted(self, text: str, size: int, room: int) -> str:
        """Cut a text to a width, marking the cut."""
        font = self.font(size)
        if font.getlength(text) <= room:
            return text
        while text and font.getlength(text + ELLIPSIS) > room:
            text = text[:-1]
        return text + ELLIPSIS


def draw(chart: Chart) -> bytes:
    """Draw a chart; gives PNG. It takes some tenths of a second of computing."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - see above

    rows = sum(len(panel.bars) for panel in chart.panels)
    height = 3 * EDGE + 200 + len(chart.panels) * PANEL_HEAD + rows * ROW
    image = Image.new("RGB", (WIDTH, height), PAPER)
    sheet = _Sheet(ImageDraw.Draw(image))
    _head(sheet, chart)
    for panel in chart.panels:
        _panel(sheet, chart, panel)
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def complaint() -> str | None:
    """Return what keeps a chart from being drawn; None where Chinese can be written."""
    try:
        font = font_of(LABEL)
    except OSError as error:
        return f"the font cannot be opened ({type(error).__name__})"
    if bytes(font.getmask(PROBE)) == bytes(font.getmask(MISSING)):
        return "the font has no Chinese"
    return None


def font_of(size: int) -> "ImageFont.FreeTypeFont":
    """Open the font at a size, for one drawing alone."""
    from PIL import ImageFont  # noqa: PLC0415 - see above
    from pylopdf_fonts_zh_cn import sans_path  # noqa: PLC0415

    return ImageFont.truetype(sans_path(), size, layout_engine=ImageFont.Layout.BASIC)


def _head(sheet: _Sheet, chart: Chart) -> None:
    room = WIDTH - 2 * EDGE
    sheet.write(EDGE, sheet.y + 30, sheet.fitted(chart.title, TITLE, room), TITLE, heavy=True)
    sheet.write(EDGE, sheet.y + 92, sheet.fitted(chart.subtitle, LABEL, room), LABEL, ink=FAINT)
    y, x = sheet.y + 156, EDGE
    for name, before in ((chart.now, False), (chart.before, True)):
        _stripe(sheet, x, x + 70, y, before=before)
        sheet.write(x + 86, y, name, SMALL + 4)
        x += 86 + int(sheet.font(SMALL + 4).getlength(name)) + 60
    sheet.y += 200


def _panel(sheet: _Sheet, chart: Chart, panel: Panel) -> None:
    sheet.draw.line((EDGE, sheet.y + 14, WIDTH - EDGE, sheet.y + 14), fill=TRACK, width=4)
    sheet.write(EDGE, sheet.y + 58, panel.title, HEAD, heavy=True)
    sheet.y += PANEL_HEAD
    for bar in panel.bars:
        _bar(sheet, chart, bar)
    sheet.y += EDGE // 3


def _bar(sheet: _Sheet, chart: Chart, bar: Bar) -> None:
    top, below = sheet.y + 34, sheet.y + 76
    label = sheet.fitted(bar.label, LABEL, BAR_LEFT - EDGE - 20)
    sheet.write(EDGE, (top + below) // 2 - 6, label, LABEL)
    for y, count, before in ((top, bar.now, False), (below, bar.before, True)):
        _stripe(sheet, BAR_LEFT, BAR_RIGHT, y, before=before, ink=TRACK)
        if count.good:
            length = (BAR_RIGHT - BAR_LEFT) * count.good // count.all
            _stripe(sheet, BAR_LEFT, BAR_LEFT + max(length, 6), y, before=before)
        size, ink = (SMALL, FAINT) if before else (LABEL, INK)
        numbers = sheet.fitted(_numbers(count, chart.nothing), size, WIDTH - BAR_RIGHT - 36)
        sheet.write(BAR_RIGHT + 24, y, numbers, size, ink=ink)
    sheet.y += ROW


def _stripe(
    sheet: _Sheet, left: int, right: int, y: int, *, before: bool, ink: str | None = None
) -> None:
    """Draw a full bar for this week, a thin one for the week before: not told by colour alone."""
    half = 7 if before else 20
    ink = ink or (BEFORE if before else NOW)
    sheet.draw.rounded_rectangle((left, y - half, right, y + half), radius=half // 2, fill=ink)


def _numbers(count: Count, nothing: str) -> str:
    if count.percent is None:
        return nothing
    return f"{count.good}/{count.all}  {count.percent}%"
