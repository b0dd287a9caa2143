"""A sheet of A4, and how much of it a plain text fills.

Source: MIN 3.3.3.8 (pages of theory are counted as laid out in one given format).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from courses.formats.typefaces import Typeface, typeface

POINTS_PER_CM = 72 / 2.54
A4_WIDTH_CM, A4_HEIGHT_CM = Decimal(21), Decimal("29.7")
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PageFormat:
    """The format in which an edition counts pages: A4, one size, one margin."""

    font_pt: Decimal = Decimal(12)
    spacing: Decimal = Decimal("1.5")
    margin_cm: Decimal = Decimal(2)

    @property
    def width_pt(self) -> float:
        """Return the width of the text on a page."""
        return float(A4_WIDTH_CM - 2 * self.margin_cm) * POINTS_PER_CM

    @property
    def height_pt(self) -> float:
        """Return the height of the text on a page."""
        return float(A4_HEIGHT_CM - 2 * self.margin_cm) * POINTS_PER_CM


def pages_of_text(
    text: str, *, font_pt: Decimal, spacing: Decimal, margin_cm: Decimal
) -> Decimal:
    """Return the A4 pages that a plain text fills, to a hundredth.

    Each line of the text is a paragraph; empty ones are left out, so that nothing is
    gained by them. Set in type as wide as Times New Roman, broken at spaces.
    """
    page = PageFormat(font_pt, spacing, margin_cm)
    face = typeface()
    line_pt = face.line * float(font_pt * spacing)
    lines_per_page = max(1, floor(page.height_pt / line_pt))
    width = page.width_pt / float(font_pt)
    lines = sum(
        count_lines(words, width=width, face=face)
        for words in map(str.split, text.splitlines())
        if words
    )
    return (Decimal(lines) / lines_per_page).quantize(HUNDREDTH)


def count_lines(words: Iterable[str], *, width: float, face: Typeface) -> int:
    """Return how many lines words fill, broken as early as they must be.

    `width` is that of a line in parts of the type's size; a word that is wider fills
    lines of its own.
    """
    widths, space = face.widths, face.space
    lines, used = 1, -space
    for word in words:
        own = widths[word]
        used += space + own
        if used > width:
            lines += own < used  # the first word of a line breaks none before it
            used = own
            if own > width:
                extra = ceil(own / width) - 1
                lines += extra
                used = own - extra * width
    return lines
