"""DOCX: its text as blocks, its own format, and its pages in a given one.

The pages that the file says of itself are whatever its last program thought: the text
is laid out anew.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from courses.formats.blocks import (
    Block,
    Break,
    Cell,
    Note,
    Paragraph,
    Picture,
    Piece,
    Row,
    Table,
    Text,
)
from courses.formats.docx_styles import (
    Styles,
    is_on,
    number_of,
    points,
    setting_of,
    type_of,
    value_of,
)
from courses.formats.flow import pages_of_blocks
from courses.formats.measures import Layout, Measures
from courses.formats.office import W, opened, part, part_if_any
from courses.formats.pages import HUNDREDTH, POINTS_PER_CM, PageFormat

EMU_PER_POINT = 12_700
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# What runs and blocks stand in; deleted text (w:del) stands in none of them.
_HOLDERS = {
    W + name
    for name in (
        *("hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple"),
        *("customXml", "moveTo", "bdo", "dir"),
    )
}
_SIGNS = {"noBreakHyphen": "-", "sym": "•", "footnoteReference": "1"}
_BREAKS = {"page": Break.PAGE, "column": Break.PAGE}
_VML_SIZE = re.compile(r"(width|height):([\d.]+)pt")
# Word's own, where a file states none.
_MARGIN_PT = 72.0
_SIDES = ("top", "right", "bottom", "left")
_TABLE_WIDTH_PT = 450.0
# Word itself takes no more.
_MOST_COLUMNS = 63
_TENTH = Decimal("0.1")


def measure_docx(path: Path, page: PageFormat) -> Measures:
    """Return the pages of the text laid out in a format, and its own format.

    Raises:
        FileUnreadable: cut, damaged, or larger than is read.
    """
    with opened(path) as archive:
        blocks, layout = read_docx(archive)
        pages = pages_of_blocks(blocks, page)
    return Measures("docx", pages=pages, layout=layout)


def read_docx(archive: zipfile.ZipFile) -> tuple[list[Block], Layout]:
    """Return the text as blocks, and the format that most of it is set in."""
    body = part(archive, "word/document.xml").find(W + "body")
    if body is None:
        raise KeyError("w:body")
    styles = Styles(archive)
    blocks = list(_Reader(styles, _notes(archive, styles)).blocks(body))
    return blocks, _layout(blocks, body)


class _Reader:
    """Turns elements into blocks by the styles of the document."""

    def __init__(self, styles: Styles, notes: Mapping[str, Note]) -> None:
        self._styles = styles
        self._notes = notes

    def blocks(self, holder: etree._Element, table_style: str = "") -> Iterator[Block]:
        begins_page = False
        for element in holder:
            if element.tag == W + "p":
                yield self._paragraph(element, table_style, begins_page=begins_page)
                begins_page = _ends_section(element)
            elif element.tag == W + "tbl":
                yield self._table(element)
            elif element.tag in _HOLDERS:
                yield from self.blocks(element, table_style)

    def _paragraph(
        self, element: etree._Element, table_style: str, *, begins_page: bool
    ) -> Paragraph:
        own = element.find(W + "pPr")
        known = self._styles.of_paragraph(own, table_style=table_style)
        if begins_page:
            known["pageBreakBefore"] = True
        mark = None if own is None else own.find(W + "rPr")
        return Paragraph(
            pieces=tuple(self._pieces(element, known)),
            setting=setting_of(known),
            mark=type_of(self._styles.of_letters(known, mark)),
        )

    def _pieces(self, holder: etree._Element, known: Any) -> Iterator[Piece]:
        for element in holder:
            if element.tag == W + "r":
                yield from self._run(element, known)
            elif element.tag in _HOLDERS:
                yield from self._pieces(element, known)
            elif element.tag.startswith(_MATH):
                letters = "".join(text.text or "" for text in element.iter(_MATH + "t"))
                yield Text(letters, type_of(known))

    def _run(self, run: etree._Element, known: Any) -> Iterator[Piece]:
        own = self._styles.of_letters(known, run.find(W + "rPr"))
        if own.get("vanish"):
            return
        kind = type_of(own)
        for element in run:
            name = element.tag.rpartition("}")[2]
            if name == "t":
                yield Text(element.text or "", kind)
            elif name in _SIGNS:
                yield Text(_SIGNS[name], kind)
                if note := self._notes.get(value_of(element, "id")):
                    yield note
            elif name == "tab":
                yield Break.TAB
            elif name in {"br", "cr"}:
                yield _BREAKS.get(value_of(element, "type"), Break.LINE)
            else:
                yield from _pictures(element)

    def _table(self, table: etree._Element) -> Table:
        style = value_of(table.find(f"{W}tblPr/{W}tblStyle"))
        grid = [
            points(value_of(column, "w"))
            for column in table.iterfind(f"{W}tblGrid/{W}gridCol")
        ]
        rows = list(_inside(table, "tr"))
        below = _rows_below([_columns_of(row) for row in rows])
        return Table(
            [
                self._row(row, grid, style, below[number])
                for number, row in enumerate(rows)
            ]
        )

    def _row(
        self, row: etree._Element, grid: list[float], style: str, below: list[int]
    ) -> Row:
        own = row.find(W + "trPr")
        height = None if own is None else own.find(W + "trHeight")
        return Row(
            cells=list(self._cells(row, grid, style, below)),
            height_pt=points(value_of(height)),
            is_header=own is not None and is_on(own.find(W + "tblHeader")),
            is_whole=own is not None and is_on(own.find(W + "cantSplit")),
        )

    def _cells(
        self, row: etree._Element, grid: list[float], style: str, below: list[int]
    ) -> Iterator[Cell]:
        columns = _columns_of(row)
        for column, more in zip(columns, below, strict=True):
            stated = column.cell.find(f"{W}tcPr/{W}tcW")
            width = sum(grid[column.first : column.first + column.count])
            if value_of(stated, "type") == "dxa" and value_of(stated, "w") != "0":
                width = points(value_of(stated, "w"))
            width = width or _TABLE_WIDTH_PT / len(columns)
            held = [] if column.is_below else list(self.blocks(column.cell, style))
            yield Cell(width, held, rows=1 + more)


@dataclass(frozen=True, slots=True)
class _Column:
    """A cell and the columns of the grid that it stands in."""

    cell: etree._Element
    first: int
    count: int
    is_below: bool


def _columns_of(row: etree._Element) -> list[_Column]:
    columns, at = [], 0
    for cell in _inside(row, "tc"):
        span = value_of(cell.find(f"{W}tcPr/{W}gridSpan"))
        count = min(max(1, int(number_of(span))), _MOST_COLUMNS)
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        is_below = merged is not None and value_of(merged) != "restart"
        columns.append(_Column(cell, at, count, is_below))
        at += count
    return columns


def _rows_below(table: list[list[_Column]]) -> list[list[int]]:
    """Return for each cell how many rows below it go on with it."""
    running: dict[int, int] = {}
    told: list[list[int]] = []
    for row in reversed(table):
        told.append(
            [0 if cell.is_below else running.get(cell.first, 0) for cell in row]
        )
        running = {
            cell.first: running.get(cell.first, 0) + 1 for cell in row if cell.is_below
        }
    return told[::-1]


def _notes(archive: zipfile.ZipFile, styles: Styles) -> dict[str, Note]:
    """Return the footnotes by their marks; notes in notes are left out."""
    root = part_if_any(archive, "word/footnotes.xml")
    reader = _Reader(styles, {})
    return {
        value_of(note, "id"): Note(
            [block for block in reader.blocks(note) if isinstance(block, Paragraph)]
        )
        for note in ([] if root is None else root.findall(W + "footnote"))
    }


def _inside(holder: etree._Element, name: str) -> Iterator[etree._Element]:
    for element in holder:
        if element.tag == W + name:
            yield element
        elif element.tag in _HOLDERS:
            yield from _inside(element, name)


def _ends_section(paragraph: etree._Element) -> bool:
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    return section is not None and value_of(section.find(W + "type")) != "continuous"


def _pictures(element: etree._Element) -> Iterator[Picture]:
    """Yield the pictures of a drawing, of its first variant where it has several."""
    if element.tag == _MC + "AlternateContent":
        for child in element.iterfind(f"{_MC}Choice[1]/*"):
            yield from _pictures(child)
        return
    for shape in element.iter(_WP + "inline", _WP + "anchor"):
        extent = shape.find(_WP + "extent")
        is_over = shape.find(_WP + "wrapNone") is not None
        if extent is not None and not is_over:
            is_aside = shape.find(_WP + "wrapTopAndBottom") is None
            yield Picture(
                number_of(extent.get("cx", "")) / EMU_PER_POINT,
                number_of(extent.get("cy", "")) / EMU_PER_POINT,
                is_floating=is_aside and shape.tag == _WP + "anchor",
            )
    if element.tag in {W + "pict", W + "object"}:
        sizes = dict(_VML_SIZE.findall(" ".join(e.get("style", "") for e in element)))
        if len(sizes) == 2:  # noqa: PLR2004 - a width and a height
            yield Picture(float(sizes["width"]), float(sizes["height"]))


def _layout(blocks: Iterable[Block], body: etree._Element) -> Layout:
    """Tell the size of type and the spacing of most letters, and the margins."""
    sizes: Counter[float] = Counter()
    spacings: Counter[float] = Counter()
    for paragraph in _paragraphs(blocks):
        count = 0
        for piece in paragraph.pieces:
            if isinstance(piece, Text):
                sizes[piece.type.size_pt] += len(piece.letters)
                count += len(piece.letters)
        spacings[_spacing(paragraph)] += count
    margins = body.find(f"{W}sectPr/{W}pgMar")
    return Layout(
        _rounded(_most(sizes, 0), _TENTH),
        _rounded(_most(spacings, 1), HUNDREDTH),
        _margins(margins),
    )


def _margins(
    element: etree._Element | None,
) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    top, right, bottom, left = (
        _rounded(_margin(value_of(element, side)) / POINTS_PER_CM, HUNDREDTH)
        for side in _SIDES
    )
    return top, right, bottom, left


def _margin(text: str) -> float:
    return abs(points(text)) if text else _MARGIN_PT


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        for row in block.rows:
            for cell in row.cells:
                yield from _paragraphs(cell.blocks)


def _spacing(paragraph: Paragraph) -> float:
    """Return the spacing; one given in points, as a share of the usual line."""
    setting = paragraph.setting
    if setting.exact_pt is None:
        return setting.spacing
    sizes = [p.type.size_pt for p in paragraph.pieces if isinstance(p, Text)]
    return setting.exact_pt / (1.15 * max([*sizes, 1.0]))


def _most(counted: "Counter[float]", otherwise: float) -> float:
    return counted.most_common(1)[0][0] if counted else otherwise


def _rounded(number: float, step: Decimal) -> Decimal:
    return Decimal(str(number)).quantize(step)
