"""Blocks of a text laid out page by page, in one format.

Source: MIN 3.3.3.8. Checked against LibreOffice: `docs/materials.md`.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice, takewhile

from courses.formats.blocks import Block, Paragraph, Row, Table
from courses.formats.lines import LineBreaker
from courses.formats.pages import HUNDREDTH, PageFormat

# What office programs leave free at both sides of a cell, and the rule below a row.
_CELL_SIDES_PT, _RULE_PT = 10.8, 0.5
# Fewer lines of a paragraph do not stand alone on a page.
_FEWEST = 2
# Longer chains of headings are no headings.
_MOST_HEADS = 10


def pages_of_blocks(blocks: Sequence[Block], page: PageFormat) -> Decimal:
    """Return the pages that blocks fill, to a hundredth."""
    flow = _Flow(page)
    flow.add(blocks, width_pt=page.width_pt)
    return flow.pages()


class _Flow:
    """The page being filled: how many are full, how far down it is written."""

    def __init__(self, page: PageFormat) -> None:
        self._page = page
        self._height = page.height_pt
        self._line = float(page.font_pt * page.spacing) * 1.15
        self._full = 0
        self._at = 0.0
        self._below: Paragraph | None = None

    def pages(self) -> Decimal:
        share = Decimal(str(min(1.0, self._at / self._height)))
        return (self._full + share).quantize(HUNDREDTH)

    def add(self, blocks: Sequence[Block], *, width_pt: float) -> None:
        for number, block in enumerate(blocks):
            if isinstance(block, Table):
                self._add_table(block)
            else:
                self._keep_with_next(blocks, number, width_pt)
                self._add_paragraph(block, width_pt)

    def _new_page(self) -> None:
        self._full += 1
        self._at = 0.0
        self._below = None

    def _keep_with_next(
        self, blocks: Sequence[Block], number: int, width_pt: float
    ) -> None:
        """Begin a page where headings would stand without what they head."""
        if self._below is not None and _keeps(self._below):
            return  # the first of them has decided
        heads = list(islice(takewhile(_keeps, blocks[number:]), _MOST_HEADS))
        if not heads or not self._at:
            return
        needed = sum(
            height_of([head], page=self._page, width_pt=width_pt) for head in heads
        )
        needed += _FEWEST * self._line
        if self._at + needed > self._height >= needed:
            self._new_page()

    def _add_paragraph(self, paragraph: Paragraph, width_pt: float) -> None:
        setting = paragraph.setting
        if setting.begins_page and (self._at or self._below):
            self._new_page()
        broken = LineBreaker(paragraph, width_pt=width_pt, page=self._page)
        self._at += gap_between(self._below, paragraph)
        for number, lines in enumerate(broken.pages):
            if number:
                self._new_page()
            self._add_lines(lines, is_together=setting.keeps_together)
        self._below = paragraph

    def _add_lines(self, lines: list[float], *, is_together: bool) -> None:
        while lines:
            fitting = self._fitting(lines)
            if fitting < len(lines) and self._at:
                fitting = _without_lonely(fitting, len(lines), is_together=is_together)
            elif not fitting:
                fitting = 1  # higher than a page
            self._at += sum(lines[:fitting])
            lines = lines[fitting:]
            if lines:
                self._new_page()

    def _fitting(self, lines: list[float]) -> int:
        at = self._at
        for number, line in enumerate(lines):
            at += line
            if at > self._height + 0.01:
                return number
        return len(lines)

    def _add_table(self, table: Table) -> None:
        heights = row_heights(table, page=self._page)
        count = sum(1 for _row in takewhile(lambda row: row.is_header, table.rows))
        heads = sum(heights[:count])
        self._at += self._below.setting.after_pt if self._below else 0
        self._below = None
        for row, height in zip(table.rows, heights, strict=True):
            self._add_row(row, height, heads)

    def _add_row(self, row: Row, height: float, heads: float) -> None:
        room = self._height - self._at
        if height > room and self._at:
            if not row.is_whole and room >= _FEWEST * self._line:
                height -= room // self._line * self._line
            self._new_page()
            self._at = heads if heads < self._height / 2 else 0.0
        full, rest = divmod(self._at + height, self._height)
        self._full += int(full)
        self._at = rest


def _keeps(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.setting.keeps_with_next


def _without_lonely(fitting: int, count: int, *, is_together: bool) -> int:
    """Return how many lines stay on the page so that neither part is one line alone."""
    if is_together:
        return 0
    if count - fitting < _FEWEST:
        fitting = count - _FEWEST
    return fitting if fitting >= _FEWEST else 0


def gap_between(above: Paragraph | None, below: Paragraph) -> float:
    """Return the space between two paragraphs: the larger, none between two of a list."""
    if above is None:
        return below.setting.before_pt
    is_alike = above.setting.style == below.setting.style
    after = 0.0 if is_alike and above.setting.is_contextual else above.setting.after_pt
    before = (
        0.0 if is_alike and below.setting.is_contextual else below.setting.before_pt
    )
    return max(after, before)


def row_heights(table: Table, *, page: PageFormat) -> list[float]:
    """Return the height of each row: that of its highest cell.

    What a cell merged downwards needs beyond its rows, the last of them gives.
    """
    heights: list[float] = []
    needed: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for number, row in enumerate(table.rows):
        own = [row.height_pt]
        for cell in row.cells:
            width = cell.width_pt - _CELL_SIDES_PT
            height = height_of(cell.blocks, page=page, width_pt=width)
            if cell.rows > 1:
                needed[number + cell.rows - 1].append((number, height))
            else:
                own.append(height)
        own += [height - sum(heights[first:]) for first, height in needed[number]]
        heights.append(max(own) + _RULE_PT)
    return heights


def height_of(blocks: Sequence[Block], *, page: PageFormat, width_pt: float) -> float:
    """Return the height of blocks on a page without an end."""
    height, above = 0.0, None
    for block in blocks:
        if isinstance(block, Table):
            height += above.setting.after_pt if above else 0
            height += sum(row_heights(block, page=page))
            above = None
            continue
        height += gap_between(above, block)
        broken = LineBreaker(block, width_pt=width_pt, page=page)
        height += sum(map(sum, broken.pages))
        above = block
    return height + (above.setting.after_pt if above else 0)
